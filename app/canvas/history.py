"""The log of a canvas as people read it: who did what when, latest first, nobody's hidden words in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from babel.dates import format_datetime
from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from app.canvas import catalog, queries
from app.canvas.definition import Definition
from app.canvas.models import Change, Version
from app.canvas.operations import ABOUT_CANVAS
from app.canvas.queries import CanvasFacts
from app.canvas.sentences import HIDDEN, VEILED, Deed, about_canvas, described, told
from app.canvas.standing import Trace
from app.canvas.undo import tell
from app.canvas.veiled import veiled_note_ids
from app.canvas.voting_models import VotingRound
from app.errors import N_
from app.identity.models import Facilitator
from app.web.i18n import translate
from app.web.rendering import CONVENTIONS
from app.workshop.models import Participant

PAGE = 60
# The last revision of each operation, without neighbours stepping aside and edits that changed nothing.
IS_OPERATION = and_(
    or_(
        col(Change.step) == col(Change.revision),
        and_(col(Change.step).is_(None), col(Change.request_digest) != ""),
    ),
    or_(col(Change.before).is_distinct_from(col(Change.after)), col(Change.kind).in_(ABOUT_CANVAS)),
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One operation. `version`: the name that the canvas was given after it, if any."""

    revision: int
    who: str
    at: datetime
    sentence: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class HistoryGroup:
    """What one person did within one minute."""

    who: str
    at: datetime
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Groups, latest first; `older` is the revision before which the next page begins, none on the last."""

    groups: tuple[HistoryGroup, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, as far as it matters: in which language, and whether hidden notes are theirs to see.

    `person`: the participant or facilitator whose own veiled notes are; none where a room reads along.
    """

    locale: str
    sees_hidden: bool
    person: str | None = None


def history_page(
    session: Session, canvas_id: str, definition: Definition, reader: Reader, before: int | None = None
) -> HistoryPage:
    """A page of the history: what came before the revision `before`, or the latest."""
    found = select(Change).where(Change.canvas_id == canvas_id, IS_OPERATION)
    if before is not None:
        found = found.where(Change.revision < before)
    changes = session.exec(found.order_by(col(Change.revision).desc()).limit(PAGE + 1)).all()
    lines = lines_of(session, canvas_id, definition, reader, changes[:PAGE])
    groups = groupby(lines, lambda line: (line.who, line.at.replace(second=0, microsecond=0)))
    return HistoryPage(
        tuple(HistoryGroup(who, minute, tuple(members)) for (who, minute), members in groups),
        changes[PAGE - 1].revision if len(changes) > PAGE else None,
    )


def turn_of(session: Session, facts: CanvasFacts, revision: int, reader: Reader) -> str:
    """What an undo or redo did, or an operation that is undone by one press; empty for all others."""
    change = session.get(Change, (facts.canvas.id, revision)) if revision > 0 else None
    if change is None:
        return ""
    if what := tell(session, facts.canvas.id, revision):
        return told(what, reader.locale)
    if change.kind not in ("clear", "reinstate", "cluster", "rename") and change.step is None:
        return ""
    definition = catalog.definition(facts.canvas.definition_key)
    return f"{lines_of(session, facts.canvas.id, definition, reader, [change])[0].sentence}."


def lines_of(
    session: Session, canvas_id: str, definition: Definition, reader: Reader, changes: Sequence[Change]
) -> list[HistoryLine]:
    """What happened in these operations, each given by its last revision."""
    past = _past_of(session, canvas_id, changes)
    every = [*changes, *past.values()]
    counts = _counts(session, canvas_id, every)
    hidden = set() if reader.sees_hidden else queries.hidden_note_ids(session, canvas_id)
    veiled = veiled_note_ids(session, canvas_id, reader.person)
    secret = dict.fromkeys(hidden, HIDDEN) | dict.fromkeys(veiled, VEILED)
    names = version_names(session, canvas_id, (change.revision for change in every), reader.locale)
    people = names_of(session, ((change.actor_kind, change.actor_id) for change in changes), reader.locale)
    asked = _questions(session, canvas_id, changes)

    def sentence(change: Change) -> str:
        if change.kind in ABOUT_CANVAS:
            return about_canvas(change, asked, reader.locale)
        instead = secret.get(change.note_id, "") if change.step is None else ""
        deed = Deed(Trace.of(change), counts.get(change.revision, 1), target(change), instead)
        return described(deed, definition, reader.locale)

    def target(change: Change) -> str:
        about = past.get(change.target or 0)
        if change.kind != "reinstate":
            return sentence(about) if about else ""
        if about is None:
            return translate(reader.locale, N_("empty canvas"))
        return names.get(about.revision) or moment_of(about.at, reader.locale)

    return [
        HistoryLine(
            change.revision,
            people[change.actor_kind, change.actor_id],
            change.at,
            sentence(change),
            names.get(change.revision, ""),
        )
        for change in changes
    ]


def moment_of(at: datetime, locale: str) -> str:
    """Day and time, short."""
    return format_datetime(at.astimezone(), "short", locale=CONVENTIONS[locale])


def version_names(session: Session, canvas_id: str, revisions: Iterable[int], locale: str) -> dict[int, str]:
    """What people and the server call these revisions; a name that people gave first."""
    versions = session.exec(
        select(Version)
        .where(Version.canvas_id == canvas_id, col(Version.revision).in_(list(revisions)))
        .order_by(col(Version.is_automatic).desc(), col(Version.at))
    )
    return {version.revision: version_name(version, locale) for version in versions}


def version_name(version: Version, locale: str) -> str:
    """The name as a reader gets it."""
    return translate(locale, version.name) if version.is_automatic else version.name


def names_of(
    session: Session, actors: Iterable[tuple[str, str | None]], locale: str
) -> dict[tuple[str, str | None], str]:
    """What the people who changed something are called."""
    wanted = set(actors)
    ids = {actor_id for _, actor_id in wanted}
    names: dict[tuple[str, str | None], str] = dict.fromkeys(wanted, translate(locale, N_("The server")))
    for person in session.exec(select(Participant).where(col(Participant.id).in_(ids))):
        names["participant", person.id] = person.name
    for facilitator in session.exec(select(Facilitator).where(col(Facilitator.id).in_(ids))):
        names["facilitator", facilitator.id] = facilitator.name
    return names


def _past_of(session: Session, canvas_id: str, changes: Iterable[Change]) -> dict[int, Change]:
    """What these are about, and what that in turn is about: an undo of going back to a version."""
    past: dict[int, Change] = {}
    for _ in range(2):
        wanted = {change.target for change in (*changes, *past.values()) if change.target} - past.keys()
        for change in session.exec(
            select(Change).where(Change.canvas_id == canvas_id, col(Change.revision).in_(wanted))
        ):
            past[change.revision] = change
    return past


def _questions(session: Session, canvas_id: str, changes: Iterable[Change]) -> dict[int, str]:
    """What was asked in the voting rounds of a canvas, by the revisions that opened them."""
    if not any(change.kind in ("open_voting", "close_voting") for change in changes):
        return {}
    rounds = session.exec(select(VotingRound).where(VotingRound.canvas_id == canvas_id))
    return {each.opened: each.question for each in rounds}


def _counts(session: Session, canvas_id: str, changes: Iterable[Change]) -> dict[int, int]:
    steps = {change.revision for change in changes if change.step is not None}
    counted = session.exec(
        select(Change.step, func.count())
        .where(Change.canvas_id == canvas_id, col(Change.step).in_(steps))
        .group_by(col(Change.step))
    )
    return {step: count for step, count in counted if step is not None}
