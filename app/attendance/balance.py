"""Who is heard at each table, for its host: by what people have said about themselves."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from app.attendance.answers import Sex
from app.attendance.fairness import Voice, quiet, shares
from app.attendance.models import Origin, SelfDescription
from app.attendance.queries import descriptions_of, notes_by_author, votes_by_voter
from app.attendance.views import ShareView, TableBalance
from app.errors import N_
from app.web.i18n import translate
from app.workshop.models import Participant
from app.workshop.names import group_name
from app.workshop.queries import Table

SEXES: Mapping[str, str] = {
    Sex.FEMALE: N_("Women"),
    Sex.MALE: N_("Men"),
}
ORIGINS: Mapping[str, str] = {
    Origin.BLK: N_("BLK"),
    Origin.INDUSTRY: N_("Industry"),
    Origin.GOVERNMENT: N_("Government"),
    Origin.ALUMNI: N_("Alumni"),
    Origin.OTHER: N_("Others"),
}
_HINTS: Mapping[str, str] = {
    Sex.FEMALE: N_("Few notes from women; let people speak in turn."),
    Sex.MALE: N_("Few notes from men; let people speak in turn."),
    Origin.BLK: N_("Few notes from the BLK; let people speak in turn."),
    Origin.INDUSTRY: N_("Few notes from industry; let people speak in turn."),
    Origin.GOVERNMENT: N_("Few notes from government; let people speak in turn."),
    Origin.ALUMNI: N_("Few notes from alumni; let people speak in turn."),
    "": N_("Not everybody is heard yet; let people speak in turn."),
}


def room_balance(session: Session, tables: Sequence[Table], locale: str) -> tuple[TableBalance, ...]:
    """Each table with people; empty while nobody has said anything.

    No sum over the room: whoever takes the tables that have figures away from it is left with the others.
    """
    everybody = [member for table in tables for member in table.members]
    said = descriptions_of(session, [member.id for member in everybody])
    if not said:
        return ()
    canvases = [table.canvas.id for table in tables]
    counts = notes_by_author(session, canvases), votes_by_voter(session, canvases)
    return tuple(
        _balance(group_name(table.group, locale), table.members, said, counts, locale)
        for table in tables
        if table.members
    )


def _balance(
    name: str,
    members: Sequence[Participant],
    said: Mapping[str, SelfDescription],
    counts: tuple[Mapping[str, int], Mapping[str, int]],
    locale: str,
) -> TableBalance:
    notes, votes = counts
    sides = [
        (
            names,
            [
                Voice(
                    answer if (answer := getattr(said.get(member.id), question, None)) in names else None,
                    notes.get(member.id, 0),
                    votes.get(member.id, 0),
                )
                for member in members
            ],
        )
        for question, names in (("sex", SEXES), ("origin", ORIGINS))
    ]
    written = sum(notes.get(member.id, 0) for member in members)
    few = next((found for _, voices in sides if (found := quiet(voices)) is not None), None)
    return TableBalance(
        name=name,
        people=len(members),
        answered=sum(1 for member in members if member.id in said),
        shares=tuple(
            tuple(
                ShareView(translate(locale, names[each.answer]), each.people, each.notes, each.votes, written)
                for each in shares(voices)
            )
            for names, voices in sides
        ),
        hint=translate(locale, _HINTS.get(few, _HINTS[""])) if few is not None else "",
    )
