"""Canvases as Markdown: a text that people read as it is, and that other programs and machines read too.

What people wrote is printed, never followed: what Markdown would take for its own is escaped, and only that.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from babel.dates import format_date

from app.canvas.follow_up import ActionItemView
from app.canvas.views import BlockView, NoteView
from app.errors import N_
from app.export.columns import EVIDENCE, SIDES
from app.export.on_paper import CanvasOnPaper
from app.rupiah import rupiah
from app.web.i18n import translate, translate_plural
from app.web.rendering import CONVENTIONS

_SIGNS = re.compile(
    r"""[\\`*_\[\]<>|~&^$]  # anywhere
    | ^[#+\-=:]             # at the beginning of a line: headings, lists, rules
    | (?<=^\d)[.)] | (?<=^\d\d)[.)] | (?<=^\d{3})[.)]
    | :(?=//) | (?<=www)[.]  # addresses""",
    re.VERBOSE | re.IGNORECASE,
)
# A line that ends in a backslash goes on in the next one.
_BREAK = "\\\n  "


def markdown(title: str, held_on: date, canvases: Sequence[CanvasOnPaper], credit: str, locale: str) -> bytes:
    """A whole text: a title, then one chapter for each canvas."""
    pieces = [f"# {plain(title)}", _long_date(held_on, locale)]
    for one in canvases:
        pieces += _chapter(one, locale)
    pieces += ["---", plain(credit)]
    return ("\n\n".join(pieces) + "\n").encode()


def plain(text: str) -> str:
    """Text as Markdown prints it, on one line or on several of one item."""
    kept = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")
    lines = [" ".join(line.split()) for line in kept.splitlines()]
    return _BREAK.join(_SIGNS.sub(r"\\\g<0>", line) for line in lines if line)


def _chapter(one: CanvasOnPaper, locale: str) -> Iterator[str]:
    canvas, fields = one.canvas, one.fields
    names = dict.fromkeys((canvas.group_name, canvas.title))
    yield f"## {' · '.join(map(plain, names))}"
    if fields.vocational_field:
        yield f"{translate(locale, N_('Vocational field'))}: {plain(fields.vocational_field)}"
    for block in canvas.places:
        if block.number or block.notes:
            yield f"### {f'{block.number}. ' if block.number else ''}{plain(block.name)}"
            yield "\n".join(_block(block, locale))
    if canvas.plan and canvas.plan.items:
        yield f"### {translate(locale, N_('Follow-up plan (RTL)'))}"
        yield "\n".join(
            f"{number}. {_step(item, locale)}" for number, item in enumerate(canvas.plan.items, start=1)
        )


def _block(block: BlockView, locale: str) -> Iterator[str]:
    for note in block.notes:
        yield f"- {_note(note, locale)}"
    if block.veiled:
        waiting = translate_plural(locale, "%(num)s not shown yet", "%(num)s not shown yet", block.veiled)
        yield f"- _{waiting}_"
    elif not block.notes:
        yield "–"


def _note(note: NoteView, locale: str) -> str:
    exchange = ((N_("Gives"), note.gives), (N_("Gets"), note.gets))
    lines = [
        plain(note.text),
        *(f"{translate(locale, name)}: {plain(said)}" for name, said in exchange if said.strip()),
        " · ".join(_marks(note, locale)),
    ]
    return _BREAK.join(filter(None, lines))


def _marks(note: NoteView, locale: str) -> Iterator[str]:
    if note.segments:
        yield " ".join(f"**S{number}**" for number in note.segments)
    if note.inclusion:
        yield f"**{translate(locale, N_('Inclusion (GEDSI)'))}**"
    if note.evidence:
        yield EVIDENCE[note.evidence].of(locale)
    if note.side:
        yield SIDES[note.side].of(locale)
    if note.amount is not None:
        yield plain(_amounts(note, locale))
    if note.cluster:
        yield f"{translate(locale, N_('Group of ideas'))}: {plain(note.cluster)}"
    if note.votes:
        yield translate_plural(locale, "%(num)s vote", "%(num)s votes", note.votes)
    if note.author:
        yield f"_{plain(note.author)}_"


def _amounts(note: NoteView, locale: str) -> str:
    likely = note.amount or 0
    low = likely if note.amount_low is None else note.amount_low
    high = likely if note.amount_high is None else note.amount_high
    around = f" ({rupiah(low, locale)}–{rupiah(high, locale)})" if low != high else ""
    return rupiah(likely, locale) + around


def _step(item: ActionItemView, locale: str) -> str:
    said = (
        (N_("Output"), item.output),
        (N_("Responsible at the training centre"), item.centre_owner),
        (N_("Responsible at the industry partner"), item.partner_owner),
        (N_("Due"), _long_date(item.due, locale) if item.due else ""),
        (N_("Resources"), item.resources),
        (N_("Indicator of success"), item.indicator),
        (N_("Status"), item.status_name),
        (N_("Helps the block"), item.linked_name),
    )
    told = (f"{translate(locale, name)}: {plain(words)}" for name, words in said if words.strip())
    return _BREAK.join((plain(item.text), *told))


def _long_date(day: date, locale: str) -> str:
    return format_date(day, "EEEE, d MMMM y", locale=CONVENTIONS[locale])
