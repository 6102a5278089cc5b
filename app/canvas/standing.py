"""Which changes of a note still stand, and what taking one of them back leaves. Pure; the rule is ADR 15.

A change is taken apart into aspects: words, each tag, place, whether the note is there, whether it is hidden.
Every aspect of a note has a stack of the changes that stand: a change is put on top, undoing one takes it
off, doing it again puts it back. A change can be taken back where everything stands as it left it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.canvas.models import Change
from app.canvas.operations import PLANNED, NoteState, Wording

Aspect = tuple[str, ...]
WORDS: Aspect = ("text", "gives", "gets")
PRESENCE: Aspect = ("deleted",)
AMOUNTS: Aspect = ("amount", "amount_low", "amount_high")
SIGHT: Aspect = ("hidden",)
# Whether a note is there comes first: the rest of one that stays deleted is nobody's to see.
ASPECTS: tuple[Aspect, ...] = (
    PRESENCE,
    WORDS,
    *((name,) for name in PLANNED),
    ("segments",),
    ("inclusion",),
    ("evidence",),
    ("side",),
    AMOUNTS,
    ("block", "position"),
    ("cluster",),
    SIGHT,
)


class Entry(NamedTuple):
    """A change that stands: the operation it belongs to, when it came to stand, and whose it is."""

    operation: int
    since: int
    actor: tuple[str, str | None]


Stack = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What one revision did to one note. Before it was written, a note was as good as deleted."""

    revision: int
    operation: int
    kind: str
    actor: tuple[str, str | None]
    before: NoteState
    after: NoteState

    @classmethod
    def of(cls, change: Change) -> "Trace":
        """A row of the log."""
        after = NoteState(**(change.after or {}))
        return cls(
            revision=change.revision,
            operation=change.operation,
            kind=change.kind,
            actor=(change.actor_kind, change.actor_id),
            before=NoteState(**change.before) if change.before else replace(after, deleted=True),
            after=after,
        )

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """What it changed."""
        return tuple(each for each in ASPECTS if _part(self.before, each) != _part(self.after, each))


@dataclass(slots=True)
class Standing:
    """The stacks of one note now, and as each revision left those it touched."""

    now: dict[Aspect, Stack] = field(default_factory=dict)
    left: dict[int, Mapping[Aspect, Stack]] = field(default_factory=dict)

    @classmethod
    def after(cls, log: Iterable[Trace]) -> "Standing":
        """The whole log of a note, oldest first, without neighbours stepping aside."""
        standing = cls()
        for trace in log:
            for aspect in trace.aspects:
                others = tuple(e for e in standing.now.get(aspect, ()) if e.operation != trace.operation)
                own = Entry(trace.operation, trace.revision, trace.actor)
                standing.now[aspect] = others if trace.kind == "undo" else (*others, own)
            standing.left[trace.revision] = {each: standing.now[each] for each in trace.aspects}
        return standing

    def is_as_left_by(self, trace: Trace, aspect: Aspect) -> bool:
        """Whether nothing else stands on top of what `trace` did, and nothing beneath it has gone."""
        return _operations(self.now.get(aspect)) == _operations(self.left[trace.revision].get(aspect))

    def is_used_by_others(self, trace: Trace) -> bool:
        """Whether anybody else has changed anything of the note since `trace`."""
        stacks = self.now.values()
        return any(e.since > trace.revision and e.actor != trace.actor for stack in stacks for e in stack)


def taken_back(trace: Trace, standing: Standing, note: NoteState, *, moderates: bool) -> NoteState:
    """`note` without what `trace` did, as far as that may be taken back; `note` itself where nothing may."""
    if note.hidden and not moderates:
        return note
    state = note
    for aspect in trace.aspects:
        if not standing.is_as_left_by(trace, aspect) or (aspect == SIGHT and not moderates):
            continue
        if aspect == PRESENCE and trace.before.deleted and standing.is_used_by_others(trace):
            continue
        if aspect != PRESENCE and note.deleted and state.deleted:
            continue
        state = replace(state, **{name: getattr(trace.before, name) for name in aspect})
    return replace(state, version=note.version + 1) if Wording.of(state) != Wording.of(note) else state


def _operations(stack: Stack | None) -> list[int]:
    # Not since when: what was undone and done again stands as it stood.
    return [entry.operation for entry in stack or ()]


def _part(state: NoteState, aspect: Aspect) -> tuple[object, ...]:
    return tuple(getattr(state, name) for name in aspect)
