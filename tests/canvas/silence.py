"""A room that writes alone first, and everybody in it who must not read a word of that yet.

Every veiled word contains SECRET, so it is enough to look for that in what anybody gets.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from httpx2 import Client

from app.live.stages import StageKey
from tests.canvas.ballots import open_vote
from tests.canvas.test_api import Program
from tests.canvas.test_authors import register
from tests.canvas.test_hidden_notes import Watching
from tests.factories import Person, Room, fresh_browser
from tests.identity.test_every_door import doors

SECRET = "Rahasia"
# Drawn from pages for print and from the archive, which are looked at: what is in them no byte tells. And a
# workbook says when it was made.
DRAWN = (".pdf", ".png", ".xlsx", "/everything.zip")


def hide_writing(room: Room, **fields: str) -> None:
    """The host has everybody write alone; every table unless `canvas` names one."""
    assert room.on_desk("silence", **fields).status_code == 303


def reveal(room: Room, **fields: str) -> None:
    """The host shows all notes."""
    assert room.on_desk("silence/reveal", **fields).status_code == 303


@dataclass
class Watched:
    """A room that Sari writes in, and everybody who must not read it yet."""

    room: Room
    sari: Person
    program: Program
    note: str = ""
    deleted: str = ""
    seen: str = ""
    readers: dict[str, Client] = field(default_factory=dict)

    @property
    def revision(self) -> int:
        return int(self.program.get()["rev"])

    def paths(self) -> list[str]:
        """Every address that may be asked for, and some that tell more of a note."""
        names: defaultdict[str, str] = defaultdict(lambda: "unknown")
        names |= {"canvas_id": self.sari.canvas_id, "workshop_id": self.room.workshop_id, "block": "channels"}
        names["token"] = self.room.projector().rsplit("/", 1)[1]
        found = set()
        for method, path in doors(self.room.facilitator.app.routes):  # type: ignore[attr-defined]
            is_endless = path.startswith("/api") and path.endswith("/events")
            if method != "GET" or is_endless or path.endswith(DRAWN):
                continue
            for note in (self.note, self.deleted):
                asked = path.format_map(names | {"note_id": note})
                found.add(asked + ("?wait=0&since=" if path.endswith("/events") else ""))
        canvas = f"/canvases/{self.sari.canvas_id}"
        for revision in range(self.revision + 1):
            found |= {f"{canvas}?turned={revision}", f"{canvas}/replay?rev={revision}"}
        found |= {f"{canvas}?deleted={self.deleted}", f"{canvas}/selection?block=channels&notes={self.note}"}
        return sorted(found)

    def told(self) -> dict[str, str]:
        """All that anybody but Sari gets, by who asks and for what."""
        found = {"log": self.log()}
        for who, http in self.readers.items():
            for path in self.paths():
                answer = http.get(path)
                found[f"{who} {path}"] = f"{answer.headers}{answer.text}"
        return found

    def log(self) -> str:
        """What the stream for programs says to whoever asks for all of it."""
        stages, portal = self.room.house.stages, self.room.facilitator.portal
        assert portal

        async def said() -> str:
            async with stages.watch(StageKey("log", self.sari.canvas_id, ""), Watching()) as log:
                await log.look()
                return str((await log.frame(0))[1], "utf-8")

        return str(portal.call(said))


def watched_room(room: Room) -> Watched:
    """A silent canvas: Sari has written, moved, reworded and deleted on it, also in another's name."""
    sari, budi, cici = room.join("Sari"), room.join("Budi"), room.join("Cici", group=1)
    # Cici's group has been here as guests, and may go on reading.
    room.on_desk("attention", to=f"canvas:{sari.canvas_id}")
    room.on_desk("attention", to="")
    assert cici.http.get(f"/canvases/{sari.canvas_id}").status_code == 200
    found = Watched(room, sari, Program(room), seen=str(sari.add("Terlihat sejak awal")["id"]))
    program = fresh_browser(room.facilitator)
    program.headers |= found.program.headers
    found.readers = {"host": room.facilitator, "Budi": budi.http, "Cici": cici.http, "program": program}
    found.readers["nobody"] = fresh_browser(room.facilitator)
    open_vote(room)
    room.on_desk("scene", kind="canvas", group=room.groups[0]["id"])
    hide_writing(room)
    note = sari.add(f"{SECRET} pertama", gives=f"{SECRET} memberi", segments=["1"], block="key_partnerships")
    found.note = str(note["id"])
    sari.post(f"notes/{note['id']}", base_version=1, text=f"{SECRET} kedua", gets=f"{SECRET} mendapat")
    sari.post(f"notes/{note['id']}/placement", block="channels")
    sari.add(f"{SECRET} segmen", block="customer_segments", as_segment="1")
    found.deleted = str(sari.add(f"{SECRET} dihapus")["id"])
    sari.post(f"notes/{found.deleted}/deletion")
    sari.add(f"{SECRET} titipan", author_id=register(sari, "Pak Hasan"))
    return found
