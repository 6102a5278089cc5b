"""Changes to partnerships."""

from sqlmodel import Session, select

from app.partnership.models import IndustryPartner, Partnership, TrainingCentre, TrainingCentreKind

_KIND_BY_PREFIX = {
    "BBPVP": TrainingCentreKind.BBPVP,
    "BPVP": TrainingCentreKind.BPVP,
    "BLK KOMUNITAS": TrainingCentreKind.BLK_COMMUNITY,
    "BLKK": TrainingCentreKind.BLK_COMMUNITY,
    "UPTD": TrainingCentreKind.BLK_PROVINCE,
    "UPT": TrainingCentreKind.BLK_PROVINCE,
    "BLK": TrainingCentreKind.BLK_REGENCY,
}


def partnership_between(
    session: Session,
    training_centre: str,
    industry_partner: str,
    vocational_field: str = "",
    province: str = "",
) -> Partnership:
    """Add a partnership; the two parties are found by name or added. An empty partner is "not known yet"."""
    centre = session.exec(select(TrainingCentre).where(TrainingCentre.name == training_centre)).first()
    if centre is None:
        centre = TrainingCentre(name=training_centre, kind=_kind(training_centre), province=province)
        session.add(centre)
    partner: IndustryPartner | None = None
    if industry_partner:
        partner = session.exec(
            select(IndustryPartner).where(IndustryPartner.name == industry_partner)
        ).first()
        if partner is None:
            partner = IndustryPartner(name=industry_partner)
            session.add(partner)
    session.flush()
    partnership = Partnership(
        training_centre_id=centre.id,
        industry_partner_id=partner.id if partner else None,
        title=f"{training_centre} × {industry_partner}" if industry_partner else training_centre,
        vocational_field=vocational_field,
    )
    session.add(partnership)
    session.flush()
    return partnership


def _kind(name: str) -> TrainingCentreKind:
    upper = name.upper()
    return next(
        (kind for prefix, kind in _KIND_BY_PREFIX.items() if upper.startswith(prefix)),
        TrainingCentreKind.OTHER,
    )
