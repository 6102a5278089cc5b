"""What a group is called: the name it was given, else its number in the language of whoever reads."""

from app.errors import N_
from app.web.i18n import translate
from app.workshop.models import Group


def group_name(group: Group, locale: str) -> str:
    """The name on every surface; a row without one is "Kelompok 1" to one reader and "Group 1" to another."""
    return group.name or translate(locale, N_("Group %(number)s"), number=group.number)


def folded(name: str) -> str:
    """A name as it is compared: blanks and capitals make no other one."""
    return " ".join(name.casefold().split())
