"""What a note says on a slide: its marks in letters first, then its words, then what else was said of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.canvas.views import BlockView, NoteView
from app.errors import N_
from app.export.lettering import printable
from app.rupiah import short_rupiah
from app.web.i18n import translate, translate_plural

_LETTERS = {"fact": "F", "assumption": "A", "tested": "✓"}
_SIDES = {"blk": N_("BLK"), "industry": N_("Industry"), "joint": N_("Joint")}


@dataclass(frozen=True, slots=True)
class Sticker:
    """A note, or the name above a group of ideas (`is_heading`). `segment` gives it its colour, 0 none."""

    words: str
    marks: str = ""
    more: tuple[str, ...] = ()
    segment: int = 0
    is_unsure: bool = False
    is_heading: bool = False


def stickers(block: BlockView, locale: str) -> Iterator[Sticker]:
    """The notes of a block, with the name of each group of ideas before the first of its notes."""
    cluster = ""
    for note in block.notes:
        if note.cluster and note.cluster != cluster:
            yield Sticker(printable(note.cluster), is_heading=True)
        cluster = note.cluster
        yield Sticker(
            words=printable(note.text).strip("\n"),
            marks=" · ".join(_marks(note, locale)),
            more=tuple(_more(note, locale)),
            segment=note.segments[0] if note.segments else 0,
            is_unsure=note.evidence == "assumption",
        )


def legend(locale: str) -> str:
    """What the letters mean."""
    words = (
        ("S1–S6", N_("Segments")),
        ("I", N_("Inclusion (GEDSI)")),
        ("F", N_("Fact")),
        ("A", N_("Assumption")),
        ("✓", N_("Tested")),
    )
    return "    ".join(f"{letter} {translate(locale, word)}" for letter, word in words)


def _marks(note: NoteView, locale: str) -> Iterator[str]:
    yield from (f"S{segment}" for segment in note.segments)
    if note.inclusion:
        yield "I"
    if note.evidence:
        yield _LETTERS[note.evidence]
    if note.side:
        yield translate(locale, _SIDES[note.side])


def _more(note: NoteView, locale: str) -> Iterator[str]:
    for name, said in ((N_("Gives"), note.gives), (N_("Gets"), note.gets)):
        if said.strip():
            yield f"{translate(locale, name)}: {printable(said)}"
    if note.amount is not None:
        low = note.amount if note.amount_low is None else note.amount_low
        high = note.amount if note.amount_high is None else note.amount_high
        around = f" ({short_rupiah(low, locale)}–{short_rupiah(high, locale)})" if low != high else ""
        yield short_rupiah(note.amount, locale) + around
    if note.votes:
        yield translate_plural(locale, "%(num)s vote", "%(num)s votes", note.votes)
    if note.rival:
        yield translate(locale, N_("Two versions. Choose one"))
