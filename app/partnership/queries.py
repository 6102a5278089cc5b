"""Reading partnerships. Short statements on a session of the caller's."""

from dataclasses import dataclass

from sqlmodel import Session

from app.partnership.models import IndustryPartner, Partnership, TrainingCentre


@dataclass(frozen=True, slots=True)
class Parties:
    """The two sides of a partnership by name; empty where one is not known yet."""

    centre: str = ""
    partner: str = ""


def parties_of(session: Session, partnership: Partnership | None) -> Parties:
    """Who works together, while there is a partnership."""
    if partnership is None:
        return Parties()
    centre = session.get_one(TrainingCentre, partnership.training_centre_id)
    partner = session.get(IndustryPartner, partnership.industry_partner_id or "")
    return Parties(centre.name, partner.name if partner else "")
