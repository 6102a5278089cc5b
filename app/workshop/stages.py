"""What people do during a step of the agenda, and where they may write meanwhile. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from app.errors import N_


class Stage(StrEnum):
    """What is going on in the room."""

    BRIEFING = "briefing"
    WRITE_ALONE = "write_alone"
    OPEN = "open"
    CLUSTER = "cluster"
    VOTE = "vote"
    GALLERY = "gallery"
    PLENARY = "plenary"
    FOLLOW_UP = "follow_up"
    BREAK = "break"


class Writing(StrEnum):
    """Where participants may write, move and delete notes."""

    EVERYWHERE = "everywhere"
    FOCUS = "focus"
    NOWHERE = "nowhere"


class Wall(StrEnum):
    """What the projector shows when a step begins; `keep` leaves it as it is."""

    WELCOME = "welcome"
    PROMPT = "prompt"
    BREAK = "break"
    CANVASES = "wall"
    PLANS = "plans"
    PRESENTATION = "presentation"
    THANKS = "thanks"
    KEEP = "keep"


STAGE_NAMES: Mapping[Stage, str] = {
    Stage.BRIEFING: N_("Introduction"),
    Stage.WRITE_ALONE: N_("Write on your own"),
    Stage.OPEN: N_("Discussion"),
    Stage.CLUSTER: N_("Group ideas"),
    Stage.VOTE: N_("Vote"),
    Stage.GALLERY: N_("Gallery walk"),
    Stage.PLENARY: N_("Plenary"),
    Stage.FOLLOW_UP: N_("Follow-up plan"),
    Stage.BREAK: N_("Break"),
}
# What a step asks of participants when it says nothing of its own.
TASKS: Mapping[Stage, str] = {
    Stage.BRIEFING: N_("Listen, and ask what is not clear yet."),
    Stage.WRITE_ALONE: N_("Write on your own first: one idea, one note."),
    Stage.OPEN: N_("Talk about it at your table, and write down what is missing."),
    Stage.CLUSTER: N_("Put together what is alike, and give it a name."),
    Stage.VOTE: N_("Give your votes to the notes that matter most."),
    Stage.GALLERY: N_("Visit the canvases of other groups, and leave them your thoughts."),
    Stage.PLENARY: N_("Listen to the groups."),
    Stage.FOLLOW_UP: N_("Agree on who does what, and by when."),
    Stage.BREAK: N_("Take a break."),
}
# Where people have something to be done with; a vote counts who has voted.
WORKED_ON = frozenset({Stage.WRITE_ALONE, Stage.OPEN, Stage.CLUSTER})
_WRITING = {
    Stage.WRITE_ALONE: Writing.FOCUS,
    Stage.VOTE: Writing.NOWHERE,
    Stage.PLENARY: Writing.NOWHERE,
}
_WALLS = {
    Stage.PLENARY: Wall.CANVASES,
    Stage.GALLERY: Wall.CANVASES,
    Stage.FOLLOW_UP: Wall.PLANS,
    Stage.BREAK: Wall.BREAK,
}


_MINUTES_A_VISIT = 5


def visits_in(minutes: int, groups: int) -> int:
    """How many canvases each of so many groups visits: about five minutes each, and none twice."""
    return max(0, min(groups - 1, max(1, round(minutes / _MINUTES_A_VISIT))))


def usual_writing(stage: Stage) -> Writing:
    """Where people write in a step that does not say otherwise."""
    return _WRITING.get(stage, Writing.EVERYWHERE)


def usual_wall(stage: Stage) -> Wall:
    """What the wall shows in a step that does not say otherwise."""
    return _WALLS.get(stage, Wall.PROMPT)


def open_places(writing: Writing, focus: Sequence[str], parking: str) -> list[str] | None:
    """The blocks participants may write in; None for all. An idea for elsewhere can always be parked."""
    if writing == Writing.EVERYWHERE:
        return None
    return [*focus, parking] if writing == Writing.FOCUS else []
