"""What an archive of a workshop is made of. Its schema: what is not named here is refused."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.canvas.models import MAX_CLUSTER_NAME, MAX_TEXT, Evidence, NoteSide
from app.canvas.voting_models import MAX_ROUNDS
from app.comment.models import MAX_COMMENTS
from app.export.archive_votes import RoundEntry
from app.export.archived_agenda import AgendaEntry
from app.export.archived_comments import CommentEntry
from app.export.archived_photographs import PhotographEntry
from app.photograph.models import MOST as MAX_PHOTOGRAPHS
from app.workshop.models import Side

FORMAT: Literal["kanvas-mitra-workshop"] = "kanvas-mitra-workshop"
VERSION: Literal[1] = 1
MAX_NOTES_IN_ARCHIVE = 5000
MAX_PEOPLE = 1000

Short = Annotated[str, Field(max_length=250)]
Words = Annotated[str, Field(max_length=MAX_TEXT)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NoteEntry(_Entry):
    """A note; `author` and `conflict_of` are the keys of entries of the same archive."""

    key: Short
    block: Short
    text: Words
    segments: Annotated[list[int], Field(max_length=6)] = []
    inclusion: bool = False
    evidence: Evidence | None = None
    side: NoteSide | None = None
    gives: Words = ""
    gets: Words = ""
    amount: int | None = None
    amount_low: int | None = None
    amount_high: int | None = None
    author: Short | None = None
    author_name: Short = ""
    conflict_of: Short | None = None
    cluster: Annotated[str, Field(max_length=MAX_CLUSTER_NAME)] = ""
    output: Words = ""
    centre_owner: Words = ""
    partner_owner: Words = ""
    due_on: Short = ""
    resources: Words = ""
    indicator: Words = ""
    status: Short = ""
    linked_block: Short = ""
    hidden: bool = False
    deleted: bool = False
    created_at: AwareDatetime


class PersonEntry(_Entry):
    """A participant as the canvas knows them."""

    key: Short
    name: Annotated[str, Field(min_length=1, max_length=60)]
    institution: Short = ""
    side: Side | None = None
    removed: bool = False
    has_device: bool = True


class GroupEntry(_Entry):
    """A table with its partnership, its people and its canvas."""

    name: Annotated[str, Field(max_length=80)]
    training_centre: Short = ""
    industry_partner: Short = ""
    vocational_field: Short = ""
    perspective: NoteSide = NoteSide.JOINT
    participants: Annotated[list[PersonEntry], Field(max_length=MAX_PEOPLE)] = []
    notes: Annotated[list[NoteEntry], Field(max_length=MAX_NOTES_IN_ARCHIVE)] = []
    comments: Annotated[list[CommentEntry], Field(max_length=MAX_COMMENTS)] = []
    voting: Annotated[list[RoundEntry], Field(max_length=MAX_ROUNDS)] = []


class Archive(_Entry):
    """One workshop."""

    format: Literal["kanvas-mitra-workshop"] = FORMAT
    version: Literal[1] = VERSION
    title: Short
    held_on: date
    place: Short = ""
    province: Short = ""
    organizer: Short = ""
    expected_participants: Annotated[int, Field(ge=1, le=500)] | None = None
    agenda: AgendaEntry | None = None
    wifi_name: Annotated[str, Field(max_length=32)] = ""
    photographs: Annotated[list[PhotographEntry], Field(max_length=MAX_PHOTOGRAPHS)] = []
    groups: Annotated[list[GroupEntry], Field(min_length=1, max_length=40)]
