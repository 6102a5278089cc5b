"""Following an agenda through the desk, for tests."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.workshop.agenda_steps import steps_of
from app.workshop.at_step import StageView, stage_view
from app.workshop.models import AgendaStep, Workshop
from tests.factories import Room


@dataclass
class Leader:
    """A host with the run sheet in front of them."""

    room: Room

    @property
    def steps(self) -> list[AgendaStep]:
        with self.room.house.db.read() as session:
            return list(steps_of(session, self.room.workshop_id))

    def step(self, title: str) -> AgendaStep:
        """The first step whose title contains this."""
        return next(step for step in self.steps if title in step.title["id"])

    @property
    def seen(self) -> str:
        """The step that the desk shows."""
        found = re.search(r'id="desk-now"[^>]*data-step="(\w*)"', self.room.desk())
        assert found
        return found[1]

    @property
    def mark(self) -> str:
        """The timer that the desk shows."""
        found = re.search(r'name="mark" value="([^"]*)"', self.room.desk())
        assert found
        return found[1]

    def enter(self, title: str, seen: str | None = None, group: int | None = None) -> None:
        """Go to a step, from the one that the desk shows or from `seen`."""
        form = {
            "step": self.step(title).id,
            "seen": self._present(group) if seen is None else seen,
            "group": "" if group is None else self.room.groups[group]["id"],
        }
        assert self.room.on_desk("step", **form).status_code == 303

    def _present(self, group: int | None) -> str:
        stage = self.at(group)
        return stage.step_id if stage else ""

    def timer(self, deed: str, mark: str = "") -> None:
        """Press one of the buttons of the timer."""
        assert self.room.on_desk("timer", deed=deed, mark=mark).status_code == 303

    def at(self, group: int | None = None) -> StageView | None:
        """Where everybody is, or a group."""
        with self.room.house.db.read() as session:
            workshop = session.get_one(Workshop, self.room.workshop_id)
            group_id = "" if group is None else self.room.groups[group]["id"]
            return stage_view(session, workshop, group_id, "id")

    def scene(self) -> str:
        """The wall's HTML."""
        return self.room.facilitator.get(self.room.projector()).text


def at_clock(text: str) -> datetime:
    """A moment of the day on which the workshop is held."""
    return datetime.fromisoformat(f"2024-09-10T{text}+07:00")
