"""What undo and redo have to leave: a model that knows only who changed which aspect of which note, in order.

It looks through all that happened every time, where the product keeps stacks.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from app.canvas.operations import NoteState
from app.canvas.standing import ASPECTS, PRESENCE, SIGHT, Aspect

FACILITATOR = 9
Values = tuple[object, ...]
States = dict[str, NoteState]


@dataclass
class Event:
    """Somebody's operation came to stand (or, undone, to fall) in one aspect of one note."""

    operation: int
    person: int
    note: str
    aspect: Aspect
    before: Values
    after: Values
    falls: bool = False


@dataclass
class Deed:
    """One ordinary operation: whether it stands, what it did when it last came to stand or fell, and when."""

    effect: list[Event]
    moment: int
    stands: bool = True


@dataclass
class Model:
    """Who did what, in order."""

    events: list[Event] = field(default_factory=list)
    deeds: dict[int, list[Deed]] = field(default_factory=dict)
    undone: dict[int, list[Deed]] = field(default_factory=dict)

    def change(self, person: int, operation: int, before: States, after: States) -> None:
        found = differences(before, after)
        if not found:
            return
        effect = [Event(operation, person, *difference) for difference in found]
        self.events += effect
        self.deeds.setdefault(person, []).append(Deed(effect, len(self.events)))
        self.undone[person] = []

    def undo(self, person: int, now: States) -> States | None:
        for deed in reversed(self.deeds.get(person, [])):
            if deed.stands and (parts := self._parts(deed, person, now)):
                deed.stands = False
                self.undone.setdefault(person, []).append(deed)
                return self._apply(deed, parts, now, falls=True)
        return None

    def redo(self, person: int, now: States) -> States | None:
        for deed in reversed(self.undone.get(person, [])):
            if parts := self._parts(deed, person, now):
                deed.stands = True
                self.undone[person].remove(deed)
                return self._apply(deed, parts, now, falls=False)
        return None

    def _parts(self, deed: Deed, person: int, now: States) -> list[Event]:
        return [event for event in deed.effect if self._may_turn(event, deed, person, now)]

    def _may_turn(self, event: Event, deed: Deed, person: int, now: States) -> bool:
        note = now[event.note]
        moderates = person == FACILITATOR
        if (note.hidden and not moderates) or (event.aspect == SIGHT and not moderates):
            return False
        if self._lasting(event.note, event.aspect) != self._lasting(event.note, event.aspect, deed.moment):
            return False
        goes = event.aspect == PRESENCE and event.before == (True,)
        if goes and self._used_by_others(event.note, person, deed.moment):
            return False
        comes = any(
            other.note == event.note and other.aspect == PRESENCE and other.before == (False,)
            for other in deed.effect
        )
        return event.aspect == PRESENCE or not note.deleted or comes

    def _lasting(self, note: str, aspect: Aspect, moment: int | None = None) -> list[int]:
        """The operations that stand in an aspect, in the order they came to."""
        standing: list[int] = []
        for event in self.events[:moment]:
            if (event.note, event.aspect) == (note, aspect):
                if event.operation in standing:
                    standing.remove(event.operation)
                if not event.falls:
                    standing.append(event.operation)
        return standing

    def _used_by_others(self, note: str, person: int, moment: int) -> bool:
        later = [event for event in self.events[moment:] if event.note == note and event.person != person]
        return any(
            not event.falls and event.operation in self._lasting(note, event.aspect) for event in later
        )

    def _apply(self, deed: Deed, parts: list[Event], now: States, *, falls: bool) -> States:
        after = dict(now)
        deed.effect = []
        for event in parts:
            values: dict[str, Any] = dict(zip(event.aspect, event.before, strict=True))
            after[event.note] = replace(after[event.note], **values)
            deed.effect.append(replace(event, before=event.after, after=event.before, falls=falls))
        self.events += deed.effect
        deed.moment = len(self.events)
        return after


def part(state: NoteState, aspect: Aspect) -> Values:
    return tuple(
        tuple(value) if isinstance(value := getattr(state, name), list) else value for name in aspect
    )


def differences(before: States, after: States) -> list[tuple[str, Aspect, Values, Values]]:
    """Note, aspect, old and new. A new note was as good as deleted before."""
    found = []
    for note_id, state in after.items():
        old = before.get(note_id) or replace(state, deleted=True)
        for aspect in ASPECTS:
            if part(old, aspect) != part(state, aspect):
                found.append((note_id, aspect, part(old, aspect), part(state, aspect)))
    return found


def meaning(states: States) -> States:
    """Without the version of the words, which only counts up."""
    return {
        note_id: replace(state, version=0, segments=list(state.segments)) for note_id, state in states.items()
    }
