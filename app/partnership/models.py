"""Who works together: a training centre (BLK), an industry partner, and what they plan as partners."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from app.clock import now
from app.ids import new_id


class TrainingCentreKind(StrEnum):
    """Kinds of Indonesian training centres (domain.md §2.1)."""

    BBPVP = "bbpvp"
    BPVP = "bpvp"
    BLK_PROVINCE = "blk_province"
    BLK_REGENCY = "blk_regency"
    BLK_COMMUNITY = "blk_community"
    OTHER = "other"


class TrainingCentre(SQLModel, table=True):
    """A BLK, BBPVP or other training centre, known by its name."""

    __tablename__ = "training_centre"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True, max_length=120)
    kind: str = TrainingCentreKind.OTHER
    province: str = ""


class IndustryPartner(SQLModel, table=True):
    """A company or an association of companies, known by its name."""

    __tablename__ = "industry_partner"

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True, max_length=120)


class Partnership(SQLModel, table=True):
    """One training centre and one industry partner; it owns canvases over time."""

    id: str = Field(default_factory=new_id, primary_key=True)
    training_centre_id: str = Field(foreign_key="training_centre.id", index=True)
    industry_partner_id: str | None = Field(default=None, foreign_key="industry_partner.id", index=True)
    title: str = Field(max_length=250)
    vocational_field: str = Field(default="", max_length=120)
    created_at: datetime = Field(default_factory=now)
