"""Rooms, people and notes with sensible defaults: a test says only what it is about."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi.testclient import TestClient
from httpx2 import Client, Response
from sqlmodel import Session

from app.identity.actions import invite_facilitator, issue_token
from app.identity.models import TokenKind
from app.identity.queries import facilitator_to_act
from app.parts import Parts
from app.workshop.models import Workshop
from app.workshop.queries import tables

T = TypeVar("T")
PASSWORD = "rahasia serang 2024"


@dataclass
class Person:
    """A participant with a browser of their own."""

    http: Client
    canvas_id: str
    name: str

    def add(self, text: str = "Satu ide", block: str = "channels", **fields: Any) -> dict[str, Any]:
        """Write a note; the answer's note."""
        response = self.post("notes", note_id=new_uuid(), block=block, text=text, **fields)
        assert response.status_code == 200, response.text
        note: dict[str, Any] = response.json()["note"]
        return note

    def post(self, path: str, **fields: Any) -> Response:
        """Post a form of the canvas as a script does; `op_id` is fresh unless given."""
        form = {"op_id": new_uuid(), **fields}
        return self.http.post(
            f"/canvases/{self.canvas_id}/{path}", data=form, headers={"accept": "application/json"}
        )

    def board(self, **query: Any) -> str:
        """The board as this person sees it."""
        response = self.http.get(f"/canvases/{self.canvas_id}", params=query)
        assert response.status_code == 200, response.text
        return response.text


@dataclass
class Room:
    """A workshop in progress."""

    facilitator: TestClient
    house: Parts
    workshop_id: str
    join_code: str
    join_path: str
    groups: list[dict[str, str]] = field(default_factory=list)

    def join(self, name: str = "Sari", group: int = 0, **fields: str) -> Person:
        """Somebody joins at a table, in a browser of their own."""
        http = fresh_browser(self.facilitator)
        form = {"name": name, "group": self.groups[group]["id"], **fields}
        response = http.post(self.join_path, data=form)
        assert response.status_code == 303, response.text
        return Person(http, response.headers["location"].split("/")[2], name)

    def host(self, group: int = 0) -> Person:
        """The facilitator at a group's canvas."""
        return Person(self.facilitator, self.groups[group]["canvas_id"], "Fasilitator")

    def desk(self) -> str:
        """The desk's HTML."""
        return self.facilitator.get(f"/workshops/{self.workshop_id}").text

    def on_desk(self, path: str, **form: str) -> Response:
        """Press a button of the desk."""
        return self.facilitator.post(f"/workshops/{self.workshop_id}/{path}", data=form)

    def projector(self) -> str:
        """The address of the wall."""
        found = re.search(r'href="(/projector/[\w-]+)"', self.desk())
        assert found
        return found[1]

    def bearer(self) -> dict[str, str]:
        """The facilitator's API headers."""

        def make_token(session: Session) -> str:
            facilitator = facilitator_to_act(session, "Fasilitator")
            return issue_token(session, TokenKind.API, facilitator_id=facilitator.id)

        token = write(self.facilitator, make_token)
        return {"authorization": f"Bearer {token}"}


def open_room(
    http: TestClient, partnerships: str = "BBPVP Serang × Petrokimia\nBLK Lebak × Alas kaki"
) -> Room:
    """Set up a facilitator and a workshop through the pages a facilitator uses."""
    sign_up(http)
    form = {
        "title": "Lokakarya Banten",
        "held_on": "2024-09-10",
        "partnerships": partnerships,
        "expected": "26",
    }
    response = http.post("/workshops", data=form)
    assert response.status_code == 303, response.text
    return room_of(http, response.headers["location"].rsplit("/", 1)[1])


def open_another(room: Room, groups: int = 1) -> Room:
    """A further workshop of the same facilitator."""
    form = {"title": "Lagi", "held_on": "2026-11-24", "group_count": str(groups), "expected": "26"}
    path = room.facilitator.post("/workshops", data=form).headers["location"]
    return room_of(room.facilitator, path.rsplit("/", 1)[1])


def room_of(http: TestClient, workshop_id: str) -> Room:
    """A workshop of the facilitator who is signed in in this browser."""
    parts: Parts = http.app.state.parts  # type: ignore[attr-defined]
    with parts.db.read() as session:
        workshop = session.get_one(Workshop, workshop_id)
        groups = [
            {"id": table.group.id, "canvas_id": table.canvas.id, "name": table.group.name}
            for table in tables(session, workshop_id)
        ]
    return Room(http, parts, workshop_id, workshop.join_code, f"/j/{workshop.join_token}", groups)


def sign_up(http: TestClient, name: str = "Fasilitator") -> Response:
    """Take a set-up link and become a facilitator in this browser."""
    secret = write(http, invite_facilitator)
    response = http.post(
        f"/setup/{secret}", data={"name": name, "password": PASSWORD, "password_again": PASSWORD}
    )
    assert response.status_code == 303, response.text
    return response


def fresh_browser(known: TestClient) -> TestClient:
    """Another browser at the same application, with no cookies."""
    http = TestClient(
        known.app,
        base_url=str(known.base_url),
        headers={"origin": str(known.base_url).rstrip("/")},
        follow_redirects=False,
    )
    # The same event loop as the browser that runs the application.
    http.portal = known.portal
    return http


def write(http: TestClient, action: Callable[[Session], T]) -> T:
    """Run an action in the writer of the application behind `http`."""
    parts: Parts = http.app.state.parts  # type: ignore[attr-defined]
    assert http.portal
    return http.portal.call(parts.db.write, action)


def new_uuid() -> str:
    return str(uuid.uuid4())
