"""What can be answered on the attendance list, and which answers are counted together. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.attendance.summary import UNDISCLOSED
from app.errors import N_


class Sex(StrEnum):
    """Declining is an answer as good as the others."""

    FEMALE = "female"
    MALE = "male"
    UNDISCLOSED = UNDISCLOSED


class Disability(StrEnum):
    """Whether somebody says of themselves that they have one."""

    YES = "yes"
    NO = "no"
    UNDISCLOSED = UNDISCLOSED


class InstitutionType(StrEnum):
    """What kind of institution somebody comes from."""

    BLK = "blk"
    INDUSTRY = "industry"
    GOVERNMENT = "government"
    EDUCATION = "education"
    ASSOCIATION = "association"
    COMMUNITY = "community"
    OTHER = "other"


ID_BANDS, DONOR_BANDS = "id", "donor"
# Adults and children are told apart everywhere: who asks about a child needs a guardian.
BANDS: Mapping[str, Sequence[str]] = {
    ID_BANDS: ("-17", "18-24", "25-30", "31-40", "41-50", "51-59", "60-"),
    DONOR_BANDS: ("-14", "15-17", "18-19", "20-24", "25-29", "30-"),
}
MINORS = frozenset({"-14", "15-17", "-17"})
# Donors count these two as one.
_COUNTED_AS: Mapping[str, str] = {"15-17": "15-19", "18-19": "15-19"}

NAMES: Mapping[str, Mapping[str, str]] = {
    "sex": {
        Sex.FEMALE: N_("Woman"),
        Sex.MALE: N_("Man"),
        Sex.UNDISCLOSED: N_("I would rather not say"),
    },
    "disability": {
        Disability.YES: N_("Yes"),
        Disability.NO: N_("No, none"),
        Disability.UNDISCLOSED: N_("I would rather not say"),
    },
    "institution_type": {
        InstitutionType.BLK: N_("BLK or other training centre"),
        InstitutionType.INDUSTRY: N_("Company"),
        InstitutionType.GOVERNMENT: N_("Government"),
        InstitutionType.EDUCATION: N_("School or university"),
        InstitutionType.ASSOCIATION: N_("Business association or union"),
        InstitutionType.COMMUNITY: N_("Community or disability organisation"),
        InstitutionType.OTHER: N_("Other"),
    },
}


def band_name(band: str) -> str:
    """An age group as it is printed: ≤17, 18–24, ≥60."""
    youngest, _, oldest = band.partition("-")
    if not youngest:
        return f"≤{oldest}"
    return f"{youngest}–{oldest}" if oldest else f"≥{youngest}"


def counted_band(band: str) -> str:
    """The age group in which an answer is counted."""
    return _COUNTED_AS.get(band, band)


def counted_bands(bands: str) -> tuple[str, ...]:
    """The age groups of a summary, youngest first."""
    return tuple(dict.fromkeys(counted_band(band) for band in BANDS[bands]))
