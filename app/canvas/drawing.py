"""Draws what templates see of a canvas, from rows. Asks for nothing: pure but for what it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from app.canvas.catalog import BlockDefinition, Definition, ParkingLot
from app.canvas.follow_up import PlanView
from app.canvas.models import Note
from app.canvas.money import money_view
from app.canvas.queries import CanvasFacts, NoteRow
from app.canvas.segment_names import segment_views
from app.canvas.views import BlockView, CanvasView, NoteView, PrintFields, QuestionView
from app.comment.queries import QUIET, Talk
from app.workshop.names import group_name

# How dark a block looks on a map, by its number of notes: 0, 1–2, 3–5, 6 and more.
_HEAT_FROM = (1, 3, 6)
_SILENCE: Mapping[str, Talk] = MappingProxyType({})
_ALL_SEEN: Mapping[str, int] = MappingProxyType({})


def initials(name: str) -> str:
    """Up to two letters for a name: "Sari" S, "Siti Aminah" SA."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def heat(count: int) -> int:
    """0–3, how full a block is on a map."""
    return sum(count >= start for start in _HEAT_FROM)


def note_view(
    note: Note | NoteRow,
    *,
    named: bool = True,
    talk: Talk = QUIET,
    is_votable: bool = False,
    is_veiled: bool = False,
) -> NoteView:
    """One row as templates see it; without its author where the whole room reads along."""
    author = note.author_name if named else ""
    return NoteView(
        id=note.id,
        canvas_id=note.canvas_id,
        block=note.block,
        text=note.text,
        author_id=(note.author_id or "") if named else "",
        author=author,
        initials=initials(author),
        segments=tuple(note.segments),
        side=note.side,
        inclusion=note.inclusion,
        evidence=note.evidence,
        gives=note.gives,
        gets=note.gets,
        conflict_of=note.conflict_of,
        version=note.version,
        talk=talk,
        votes=note.votes,
        is_votable=is_votable,
        cluster=note.cluster,
        amount=note.amount,
        amount_low=note.amount_low,
        amount_high=note.amount_high,
        is_veiled=is_veiled,
    )


def block_view(
    definition: Definition,
    block: BlockDefinition | ParkingLot,
    locale: str,
    notes: Sequence[NoteView],
    count: int | None = None,
    talk: Talk = QUIET,
    veiled: int = 0,
) -> BlockView:
    """A block with `notes` and so many veiled ones; `count` when only the number of all is known."""
    if isinstance(block, ParkingLot):
        return _parking_view(block, locale, notes, count, talk, veiled)
    other = "en" if locale == "id" else "id"
    total = len(notes) + veiled if count is None else count
    return BlockView(
        key=block.key,
        number=definition.number(block.key),
        name=block.name.of(locale),
        other_name=block.name.of(other),
        other_lang=other,
        sub=block.sub.of(locale),
        area=block.area,
        shape=block.shape,
        rows=len(definition.grid.row_indexes(block.area)),
        questions=tuple(QuestionView(q.number, q.kind, q.text.of(locale)) for q in block.questions),
        notes=_gathered(_with_rivals(notes)),
        count=total,
        heat=heat(total),
        has_exchange=block.exchange,
        names_segments=block.role == "segments",
        talk=talk,
        has_money=block.money,
        money=money_view(notes) if block.money else None,
        veiled=veiled,
    )


def _parking_view(
    parking: ParkingLot,
    locale: str,
    notes: Sequence[NoteView],
    count: int | None,
    talk: Talk,
    veiled: int,
) -> BlockView:
    other = "en" if locale == "id" else "id"
    return BlockView(
        key=parking.key,
        number=0,
        name=parking.name.of(locale),
        other_name=parking.name.of(other),
        other_lang=other,
        sub=parking.sub.of(locale),
        area="",
        shape="wide",
        rows=0,
        questions=(),
        notes=_gathered(_with_rivals(notes)),
        count=len(notes) + veiled if count is None else count,
        heat=0,
        has_exchange=False,
        names_segments=False,
        talk=talk,
        veiled=veiled,
    )


def _gathered(notes: Sequence[NoteView]) -> tuple[NoteView, ...]:
    """The notes of a cluster one after the other, where the first of them stands."""
    first: dict[str, int] = {}
    for place, note in enumerate(notes):
        first.setdefault(note.cluster, place)
    order = sorted(enumerate(notes), key=lambda at: (first[at[1].cluster] if at[1].cluster else at[0], at[0]))
    return tuple(note for _, note in order)


def _with_rivals(notes: Sequence[NoteView]) -> tuple[NoteView, ...]:
    here = {note.id for note in notes}
    rivals = {note.id: note.conflict_of for note in notes if note.conflict_of in here}
    rivals |= {older: newer for newer, older in rivals.items()}
    return tuple(
        replace(note, rival=rivals.get(note.id) or "") if note.id in rivals else note for note in notes
    )


def canvas_title(facts: CanvasFacts, locale: str) -> str:
    """The partnership a canvas is about; while there is none, the group."""
    return facts.partnership.title if facts.partnership else group_name(facts.group, locale)


def no_vote(block: str) -> bool:
    """Where nobody is asked to vote on the notes of `block`."""
    return False


def canvas_view(
    facts: CanvasFacts,
    definition: Definition,
    locale: str,
    notes: Sequence[NoteRow],
    counts: Mapping[str, int] | None = None,
    *,
    named: bool = True,
    talk: Mapping[str, Talk] = _SILENCE,
    can_vote_in: Callable[[str], bool] = no_vote,
    veiled: Mapping[str, int] = _ALL_SEEN,
    plan: PlanView | None = None,
) -> CanvasView:
    """A canvas with its visible notes and the number of `veiled` ones in its blocks; with `counts` for maps,
    where only the numbers are known.

    `talk`: see `talk_on`; without it nothing is told of comments. `can_vote_in`: whether a vote is open on
    the notes of a block.
    """
    by_block: dict[str, list[NoteView]] = {}
    for note in notes:
        said, is_votable = talk.get(note.id, QUIET), can_vote_in(note.block)
        view = note_view(note, named=named, talk=said, is_votable=is_votable)
        by_block.setdefault(note.block, []).append(view)
    *blocks, parking = (
        block_view(
            definition,
            block,
            locale,
            by_block.get(block.key, ()),
            None if counts is None else counts.get(block.key, 0),
            talk.get(block.key, QUIET),
            veiled.get(block.key, 0),
        )
        for block in definition.places
    )
    return CanvasView(
        id=facts.canvas.id,
        title=canvas_title(facts, locale),
        group_name=group_name(facts.group, locale),
        group_number=facts.group.number,
        workshop_id=facts.workshop.id,
        workshop_title=facts.workshop.title,
        revision=facts.revision,
        blocks=tuple(blocks),
        parking=parking,
        note_count=sum(block.count for block in blocks),
        segments=segment_views(definition, notes),
        is_silent=facts.canvas.is_silent,
        plan=plan,
    )


def print_fields(facts: CanvasFacts, locale: str) -> PrintFields:
    """The header fields of a canvas on paper."""
    return PrintFields(
        designed_for=facts.workshop.organizer or facts.workshop.title,
        designed_by=group_name(facts.group, locale),
        date=facts.held_on,
        version=str(facts.canvas.revision),
        partnership=canvas_title(facts, locale),
        vocational_field=facts.partnership.vocational_field if facts.partnership else "",
        perspective=facts.canvas.perspective,
        place=facts.workshop.place,
        organizer=facts.workshop.organizer,
    )
