"""What somebody writes on the attendance list, and what keeps it from being kept. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.attendance.answers import BANDS, MINORS, Disability, InstitutionType, Sex
from app.attendance.summary import UNDISCLOSED
from app.errors import N_, Invalid

# Which mistake stands where, in the order of the form.
FIELDS: Mapping[str, str] = {
    "name_missing": "name",
    "name_too_long": "name",
    "institution_too_long": "institution",
    "role_too_long": "role",
    "phone_wrong": "phone",
    "email_wrong": "email",
    "unknown_answer": "sex",
    "too_young": "age_band",
    "guardian_missing": "guardian",
    "guardian_too_long": "guardian",
    "needs_too_long": "needs",
    "day_missing": "days",
    "not_agreed": "agrees",
    "disability_not_agreed": "agrees_to_disability",
}
_DIGITS = re.compile(r"\d")
_PHONE = re.compile(r"[-+\d\s().]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was said, "" where nothing was; what was agreed to, in which language, and who pressed the button.

    `days` of the workshop at which somebody is there.
    """

    name: str
    language: str
    institution: str = ""
    institution_type: str = ""
    role: str = ""
    sex: str = ""
    age_band: str = ""
    disability: str = ""
    needs: str = ""
    phone: str = ""
    email: str = ""
    guardian: str = ""
    days: tuple[int, ...] = (1,)
    agrees: bool = False
    agrees_to_disability: bool = False
    may_be_contacted: bool = False
    by_host: bool = False

    @property
    def tells_disability(self) -> bool:
        """Whether the question about a disability was answered, which needs a consent of its own."""
        return self.disability in (Disability.YES, Disability.NO)

    @property
    def is_minor(self) -> bool:
        return self.age_band in MINORS


def tidied(entry: Entry) -> Entry:
    """The same without blanks around and between the words; a consent that nobody needs is none."""

    def line(text: str) -> str:
        return " ".join(text.split())

    return replace(
        entry,
        name=line(entry.name),
        institution=line(entry.institution),
        role=line(entry.role),
        needs=line(entry.needs),
        phone=line(entry.phone),
        email=line(entry.email),
        guardian=line(entry.guardian) if entry.is_minor else "",
        agrees_to_disability=entry.agrees_to_disability and entry.tells_disability,
    )


def mistakes_in_entry(entry: Entry, bands: str) -> list[Invalid]:
    """Everything that is wrong with a tidied entry, where the age groups are those of `bands`."""
    return [Invalid(code, message) for code, message in _wrong(entry, bands)]


def _wrong(entry: Entry, bands: str) -> Iterator[tuple[str, str]]:
    yield from _too_long(entry)
    if not entry.name:
        yield "name_missing", N_("Please write the full name.")
    digits = len(_DIGITS.findall(entry.phone))
    if entry.phone and not (_PHONE.fullmatch(entry.phone) and 6 <= digits <= 16):
        yield "phone_wrong", N_("This does not look like a phone number. Example: 0812 3456 7890.")
    if entry.email and not _EMAIL.fullmatch(entry.email):
        yield "email_wrong", N_("This does not look like an e-mail address. Example: name@example.org.")
    if not _is_answered_with(entry, bands):
        yield "unknown_answer", N_("Please choose one of the answers.")
    if entry.is_minor and not entry.by_host:
        yield (
            "too_young",
            N_(
                "Below 18, a parent or guardian has to agree. Nothing was saved: please go to the "
                "facilitator together."
            ),
        )
    elif entry.is_minor and not entry.guardian:
        yield "guardian_missing", N_("Below 18, please write which parent or guardian agrees.")
    if not entry.days:
        yield "day_missing", N_("Please choose at least one day.")
    if not entry.agrees:
        yield "not_agreed", N_("Without this tick nothing is saved.")
    if entry.tells_disability and not entry.agrees_to_disability:
        yield (
            "disability_not_agreed",
            N_(
                "Please tick this too, or choose “I would rather not say” in the question about a disability."
            ),
        )


# Field, letters, code, and what is said when there are more.
_LONGEST = (
    ("name", 120, "name_too_long", N_("A name may have at most 120 characters.")),
    ("institution", 160, "institution_too_long", N_("An institution may have at most 160 characters.")),
    ("role", 120, "role_too_long", N_("A position may have at most 120 characters.")),
    ("guardian", 120, "guardian_too_long", N_("A name may have at most 120 characters.")),
    ("needs", 400, "needs_too_long", N_("Please say this in at most 400 characters.")),
    ("phone", 40, "phone_wrong", N_("This does not look like a phone number. Example: 0812 3456 7890.")),
    (
        "email",
        160,
        "email_wrong",
        N_("This does not look like an e-mail address. Example: name@example.org."),
    ),
)


def _too_long(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, longest, code, says in _LONGEST:
        if len(getattr(entry, name)) > longest:
            yield code, says


def _is_answered_with(entry: Entry, bands: str) -> bool:
    return (
        entry.sex in ("", *Sex)
        and entry.disability in ("", *Disability)
        and entry.institution_type in ("", *InstitutionType)
        and entry.age_band in ("", UNDISCLOSED, *BANDS[bands])
    )
