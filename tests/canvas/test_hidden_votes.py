"""While a vote is open, no byte that anybody else gets depends on who voted for what (T-CON-5).

The same people vote for one note, and then for another instead: everything that can be asked for is the same
in both states. Once the vote is closed it is not, so the comparison would notice.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from httpx2 import Client
from sqlmodel import Session

from app.canvas.log_api import read_log
from app.canvas.models import Canvas
from app.canvas.results import latest_rounds
from app.export.archive import export_workshop
from app.identity import queries as identity_queries
from app.workshop.models import Workshop
from app.workshop.queries import live_revision
from tests.canvas.ballots import close_vote, host_votes, open_vote, vote
from tests.canvas.silence import DRAWN
from tests.factories import Person, Room, write
from tests.identity.test_every_door import guarded

UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")


@dataclass
class Watched:
    """A room in which Sari and Hasan vote, while Budi, the host and the wall look."""

    room: Room
    sari: Person
    budi: Person
    notes: list[str]

    def choose(self, note: str) -> None:
        """Sari's only vote, and what the host enters for Pak Hasan."""
        for other in self.notes:
            vote(self.room, self.sari, other, value=other == note)
        assert host_votes(self.room, [note], participant_id=self.hasan()).status_code == 303

    def hasan(self) -> str:
        page = self.room.facilitator.get(f"/canvases/{self.sari.canvas_id}/host-votes").text
        found = re.search(r'<option value="(\w+)"[^>]*>Pak Hasan', page)
        assert found
        return found[1]

    def everything(self) -> dict[str, str]:
        """All that anybody but Sari can ask for, by who asks and for what."""
        found = {"archive": self._archive(), "log": self._log()}
        for who, http in (("host", self.room.facilitator), ("Budi", self.budi.http)):
            for path in self._paths():
                answer = http.get(path)
                found[f"{who} {path}"] = self._plain(f"{answer.status_code} {answer.text}")
        for path in (self.room.projector(), f"{self.room.projector()}/events?wait=0"):
            found[path] = self._plain(self.room.facilitator.get(path).text)
        return found

    def _paths(self) -> list[str]:
        known = {
            "canvas_id": self.sari.canvas_id,
            "workshop_id": self.room.workshop_id,
            "note_id": self.notes[0],
            "block": "channels",
        }
        # What a path names beside these is not there.
        names = defaultdict(lambda: "unknown", known)
        paths = [path for method, path in guarded(self.room.facilitator) if method == "GET"]
        open_ended = [path for path in paths if path.startswith("/api") and path.endswith("/events")]
        asked = [path for path in paths if not path.endswith(DRAWN) and path not in open_ended]
        return [
            path.format_map(names) + ("?wait=0&since=" if path.endswith("/events") else "")
            for path in asked
            if not path.endswith("/changes")
        ]

    def _archive(self) -> str:
        with self.room.house.db.read() as session:
            return export_workshop(session, self.room.workshop_id).model_dump_json()

    def _log(self) -> str:
        """What programs hear of every kind of change: how often it was, and of which notes."""
        _, entries = read_log(self.room.house.db, self.sari.canvas_id, 0)
        told = [json.loads(entry.told) for entry in entries]
        return "\n".join(sorted({f"{each['kind']} {each['note_id']} {each['note']}" for each in told}))

    def _plain(self, text: str) -> str:
        """Without what differs each time: revisions, the time, and ids made for this answer."""
        with self.room.house.db.read() as session:
            canvas = session.get_one(Canvas, self.sari.canvas_id).revision
            room = live_revision(session, self.room.workshop_id)
            epoch = identity_queries.epoch(session)
            rounds = {each.id for each in latest_rounds(session, self.room.workshop_id).values()}
        known = {*self.notes, *rounds}
        text = re.sub(r'(name="(?:person|step)_id" value=")\w+', r"\1", text)
        text = re.sub(r' data-now="\d+"', "", text)
        text = UUID.sub(lambda found: found[0] if found[0] in known else "U", text)
        return re.sub(rf"\b{epoch}-\d+\b|\b(?:{canvas}|{room})\b", "R", text)


@pytest.fixture
def watched(room: Room, monkeypatch: pytest.MonkeyPatch) -> Watched:
    # The room check tells of the laptop: its clock goes on, and others write to its disk. Before what was
    # written last it would tell the minute of that.
    monkeypatch.setattr("app.room.routes.free_room", lambda database: 5 * 1024**3)
    monkeypatch.setattr("app.room.routes.now", lambda: datetime(2099, 11, 26, 2, tzinfo=UTC))

    def count_on_from_far(session: Session) -> None:
        # Revisions are taken out of what is compared: let them be numbers that stand for nothing else.
        session.get_one(Canvas, room.groups[0]["canvas_id"]).revision = 50_000
        session.get_one(Workshop, room.workshop_id).revision = 900_000

    write(room.facilitator, count_on_from_far)
    sari, budi = room.join("Sari"), room.join("Budi")
    notes = [str(sari.add(f"Ide {letter}")["id"]) for letter in "abc"]
    room.on_desk("scene", kind="votes", group=room.groups[0]["id"])
    return Watched(room, sari, budi, notes)


@pytest.mark.parametrize("named", ["", "1"], ids=["anonymous", "named"])
def test_nothing_tells_who_votes_for_what_before_the_vote_is_closed(watched: Watched, named: str) -> None:
    open_vote(watched.room, **({"named": named} if named else {}))
    host_votes(watched.room, [watched.notes[2]], name="Pak Hasan")

    states = []
    for note in watched.notes[:2]:
        watched.choose(note)
        states.append(watched.everything())

    one, other = states
    assert len(one) > 30 and one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_the_comparison_would_notice_what_a_closed_vote_tells(watched: Watched) -> None:
    states: list[dict[str, str]] = []
    for note in watched.notes[:2]:
        if states:
            watched.room.on_desk("voting/reopening", canvas=watched.sari.canvas_id)
        else:
            open_vote(watched.room)
            host_votes(watched.room, [watched.notes[2]], name="Pak Hasan")
        watched.choose(note)
        close_vote(watched.room)
        states.append(watched.everything())

    one, other = states
    told = {name.rpartition("/")[2].partition("?")[0] for name in one if one[name] != other[name]}
    assert {"archive", "log", "print", "results", "events"} <= told


def test_ones_own_votes_come_only_to_oneself(watched: Watched, room: Room) -> None:
    open_vote(room)
    vote(room, watched.sari, watched.notes[0])

    def mine(http: Client) -> str:
        return str(http.get(f"/canvases/{watched.sari.canvas_id}/ballot").text)

    assert watched.notes[0] in mine(watched.sari.http)
    assert watched.notes[0] not in mine(watched.budi.http)
    assert watched.notes[0] not in mine(room.facilitator)
