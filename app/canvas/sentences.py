"""What happened to a canvas, in whole sentences of the reader's language: for history, undo and replay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.canvas.definition import Definition
from app.canvas.follow_up import STATUS_NAMES
from app.canvas.models import Change
from app.canvas.operations import PLANNED, NoteState
from app.canvas.standing import AMOUNTS, WORDS, Trace
from app.canvas.undo import Told
from app.errors import N_
from app.rupiah import rupiah
from app.web.i18n import translate, translate_plural

LONGEST = 120
HIDDEN = N_("Changed a note that a facilitator has hidden")
VEILED = N_("Wrote or changed a note that is not shown yet")
_UNDONE = {
    "add": N_("Your new note was taken off the canvas."),
    "edit": N_("The note is as it was before your change."),
    "move": N_("The note is back where it was."),
    "delete": N_("The note is back on the canvas."),
    "restore": N_("What you had restored is in the trash again."),
    "hide": N_("The note can be seen again."),
    "show": N_("The note is hidden again."),
    "clear": N_("The notes of the block are back on the canvas."),
    "reinstate": N_("The canvas is as it was before the version was restored."),
    "cluster": N_("The notes stand as they did before they were gathered."),
    "rename": N_("The group of ideas is as it was before."),
}
_ON_ONE_NOTE = {
    "add": N_("Added “%(text)s” to %(block)s"),
    "delete": N_("Deleted “%(text)s” from %(block)s"),
    "restore": N_("Restored “%(text)s” to %(block)s"),
    "hide": N_("Hid “%(text)s”"),
    "show": N_("Showed “%(text)s” again"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An operation: its last revision, on how many notes, and what its target is called.

    `target`: the sentence of what was undone or done again, or what the reinstated revision is called.
    `instead`: the message to be read in the place of its words, where those are secret.
    """

    trace: Trace
    notes: int = 1
    target: str = ""
    instead: str = ""


def told(what: Told, locale: str) -> str:
    """What an undo or redo has done, and what it has left alone."""
    message = _UNDONE[what.of] if what.kind == "undo" else N_("Your change was made again.")
    sentences = [translate(locale, message)]
    if what.left:
        sentences.append(translate(locale, N_("Some of it stays, because others have changed it since.")))
    if what.passed:
        sentences.append(
            translate(
                locale, N_("A later change of yours stays, because others have changed that note since.")
            )
        )
    return " ".join(sentences)


def described(deed: Deed, definition: Definition, locale: str) -> str:
    """The line of an operation in the history, without the name of whoever did it."""
    if deed.instead:
        return translate(locale, deed.instead)
    after, kind = deed.trace.after, deed.trace.kind
    block = _name(definition, after.block, locale)
    match kind:
        case "undo":
            return translate(locale, N_("Undid: %(what)s"), what=deed.target)
        case "redo":
            return translate(locale, N_("Did again: %(what)s"), what=deed.target)
        case "reinstate":
            return translate(locale, N_("Restored the canvas as it was: %(what)s"), what=deed.target)
        case "clear":
            return translate_plural(
                locale,
                "Cleared %(block)s: %(num)d note",
                "Cleared %(block)s: %(num)d notes",
                deed.notes,
                block=block,
            )
        case "add" if deed.notes > 1:
            return translate_plural(locale, "Added %(num)d note", "Added %(num)d notes", deed.notes)
        case "delete" if deed.notes > 1:
            return translate_plural(locale, "Deleted %(num)d note", "Deleted %(num)d notes", deed.notes)
        case "move" if deed.notes > 1:
            return translate_plural(
                locale,
                "Moved %(num)d note to %(block)s",
                "Moved %(num)d notes to %(block)s",
                deed.notes,
                block=block,
            )
        case "cluster" | "rename":
            return _clustered(deed, block, locale)
        case "restore" if deed.notes > 1:
            return translate_plural(locale, "Restored %(num)d note", "Restored %(num)d notes", deed.notes)
        case "edit":
            return _edited(deed.trace.before, after, deed.trace.aspects, locale)
        case "move":
            return _moved(deed.trace.before, after, definition, locale)
        case "add" if after.author_id and after.author_id != deed.trace.actor[1]:
            named = N_("Added “%(text)s” to %(block)s in the name of %(author)s")
            return translate(locale, named, text=excerpt(after.text), block=block, author=after.author)
    return translate(locale, _ON_ONE_NOTE[kind], text=excerpt(after.text), block=block)


def about_canvas(change: Change, asked: Mapping[int, str], locale: str) -> str:
    """What was done to the canvas itself; `asked`: what votes ask, by the revisions that opened them."""
    if change.kind == "hide_writing":
        return translate(locale, N_("Began writing alone: new notes were not shown"))
    if change.kind == "reveal_notes":
        return translate(locale, N_("Showed all notes"))
    question = asked.get(change.target or change.revision, "")
    if change.kind == "close_voting":
        return translate(locale, N_("Closed the vote “%(question)s”"), question=question)
    if change.target is not None:
        return translate(locale, N_("Opened the vote “%(question)s” again"), question=question)
    return translate(locale, N_("Opened a vote: “%(question)s”"), question=question)


def excerpt(text: str) -> str:
    """The beginning of a note, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def _edited(before: NoteState, after: NoteState, aspects: Sequence[tuple[str, ...]], locale: str) -> str:
    text = excerpt(after.text)
    if before.text != after.text:
        was = excerpt(before.text)
        return translate(locale, N_("Changed “%(was)s” to “%(text)s”"), was=was, text=text)
    if AMOUNTS in aspects:
        return translate(
            locale,
            N_("Changed the amount of “%(text)s” from %(old)s to %(new)s"),
            text=text,
            old=_amount(before, locale),
            new=_amount(after, locale),
        )
    if aspects == (("status",),):
        status = translate(locale, STATUS_NAMES[after.status])
        return translate(locale, N_("Set the status of “%(text)s” to: %(status)s"), text=text, status=status)
    if any(name in PLANNED for aspect in aspects for name in aspect):
        return translate(locale, N_("Changed who does “%(text)s”, by when or with what"), text=text)
    if WORDS in aspects:
        return translate(locale, N_("Changed what is given and got: “%(text)s”"), text=text)
    return translate(locale, N_("Changed the marks of “%(text)s”"), text=text)


def _clustered(deed: Deed, block: str, locale: str) -> str:
    was, name = deed.trace.before.cluster, deed.trace.after.cluster
    if deed.trace.kind == "cluster":
        return translate_plural(
            locale,
            "Gathered %(num)d note in %(block)s under “%(name)s”",
            "Gathered %(num)d notes in %(block)s under “%(name)s”",
            deed.notes,
            block=block,
            name=name,
        )
    if name:
        return translate(locale, N_("Renamed the group of ideas “%(was)s” to “%(name)s”"), was=was, name=name)
    return translate(locale, N_("Dissolved the group of ideas “%(was)s”"), was=was)


def _amount(state: NoteState, locale: str) -> str:
    if state.amount is None:
        return translate(locale, N_("none"))
    low, high = (state.amount if each is None else each for each in (state.amount_low, state.amount_high))
    around = f" ({rupiah(low, locale)}–{rupiah(high, locale)})" if low != high else ""
    return f"{rupiah(state.amount, locale)}{around}"


def _moved(before: NoteState, after: NoteState, definition: Definition, locale: str) -> str:
    text, block = excerpt(after.text), _name(definition, after.block, locale)
    if before.block == after.block:
        return translate(locale, N_("Moved “%(text)s” within %(block)s"), text=text, block=block)
    old = _name(definition, before.block, locale)
    return translate(
        locale, N_("Moved “%(text)s” from %(old)s to %(block)s"), text=text, old=old, block=block
    )


def _name(definition: Definition, block: str, locale: str) -> str:
    return definition.place(block).name.of(locale)
