"""Every route that names a canvas or a workshop, found in the application itself, is closed to strangers."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi.testclient import TestClient
from sqlmodel import Session

from app.identity.actions import invite_facilitator, issue_token
from app.identity.models import TokenKind
from app.identity.queries import facilitator_to_act
from app.workshop.remotes import offer_remote
from tests.factories import Person, Room, fresh_browser, new_uuid, open_another, sign_up, write
from tests.identity.hands import co_facilitator, paired

CLOSED = {401, 403, 404}
FORM = {
    "op_id": new_uuid(),
    "note_id": new_uuid(),
    "block": "channels",
    "text": "x",
    "base_version": "1",
    "open": "1",
    "kind": "wall",
    "deed": "resolve",
    "round_id": new_uuid(),
    "question": "x",
    "canvas": "x",
}


def doors(routes: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Method and path of all routes, through routers within routers."""
    for route in routes:
        inner = getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", None
        )
        if getattr(route, "methods", None):
            yield from ((method, route.path) for method in route.methods)
        elif inner:
            yield from doors(inner)


def guarded(http: TestClient) -> list[tuple[str, str]]:
    app: Any = http.app
    documented = [(m.upper(), path) for path, verbs in app.openapi()["paths"].items() for m in verbs]
    found = set(doors(app.routes)) | set(documented)
    return sorted((m, path) for m, path in found if "{canvas_id}" in path or "{workshop_id}" in path)


def knock(http: TestClient, method: str, path: str, **headers: str) -> int:
    is_api = path.startswith("/api/")
    body: dict[str, Any] = {}
    if method == "POST":
        op = {"op_id": new_uuid(), "kind": "add", "note_id": new_uuid(), "block": "channels", "text": "x"}
        body = {"json": op} if is_api else {"data": FORM}
    return http.request(method, path, headers=headers, params={"since": "x-1"}, **body).status_code


def dismissed(person: Person) -> str:
    """A question of the checks that is set aside."""
    form = {"op_id": new_uuid(), "finding": "K01:channels", "preset": "discussed"}
    assert person.http.post(f"/canvases/{person.canvas_id}/checks/dismissals", data=form).status_code == 303
    return form["op_id"]


def commented(person: Person) -> str:
    """A comment on a block."""
    answer = person.post("blocks/channels/comments", kind="ask", text="Kapan?")
    return str(answer.json()["comment"]["id"])


def steps_of_room(room: Room) -> list[str]:
    """The agenda's steps, by their ids."""
    page = room.facilitator.get(f"/workshops/{room.workshop_id}/agenda").text
    return re.findall(r'id="step-(\w+)"', page)


def paths_in(room: Room) -> list[tuple[str, str]]:
    sari = room.join("Sari")
    names = {
        "canvas_id": sari.canvas_id,
        "note_id": sari.add("Rahasia")["id"],
        "workshop_id": room.workshop_id,
        "dismissal_id": dismissed(sari),
        "comment_id": commented(sari),
        "block": "channels",
        "step_id": steps_of_room(room)[0],
        "remote_id": "x",
        "kind": "report",
        "run_id": "x",
        "facilitator_id": "x",
        "person_id": new_uuid(),
        "day": "1",
        "file": "workshop.json",
        "photograph_id": "x",
        "participant_id": re.findall(r"/participants/(\w+)/link", room.desk())[0],
    }
    return [(method, path.format(**names)) for method, path in guarded(room.facilitator)]


def test_no_door_opens_for_strangers_neighbours_or_another_facilitator(room: Room) -> None:
    paths = paths_in(room)
    nobody, other = fresh_browser(room.facilitator), fresh_browser(room.facilitator)
    elsewhere = open_another(room)
    helpers = (paired(elsewhere), co_facilitator(elsewhere))
    sign_up(other, "Fasilitator lain")
    neighbour: Any = room.join("Budi", group=1).http

    assert len(paths) >= 25
    for who in (nobody, neighbour, other, *helpers):
        for method, path in paths:
            assert knock(who, method, path) in CLOSED, f"{method} {path}"


def test_no_secret_opens_a_door_it_was_not_made_for(room: Room) -> None:
    paths = paths_in(room)

    def secrets(session: Session) -> dict[str, str]:
        facilitator = facilitator_to_act(session, None).id
        return {
            "api": issue_token(session, TokenKind.API, facilitator_id=facilitator),
            "browser": issue_token(session, TokenKind.BROWSER, facilitator_id=facilitator),
            "remote_link": offer_remote(session, room.workshop_id, facilitator),
            "setup": invite_facilitator(session, facilitator),
        }

    made = write(room.facilitator, secrets)
    made["projector"] = room.projector().rsplit("/", 1)[1]
    made["join"] = room.join_path.rsplit("/", 1)[1]
    read = ("GET", f"/canvases/{room.groups[0]['canvas_id']}")

    for kind, secret in made.items():
        with_cookie = fresh_browser(room.facilitator)
        for name in ("kanvas_facilitator", "kanvas_participant"):
            with_cookie.cookies.set(name, secret)
        bearer = {"authorization": f"Bearer {secret}"}
        for method, path in paths if kind not in ("api", "browser") else [read]:
            if kind != "browser":
                assert knock(with_cookie, method, path) in CLOSED, f"{kind} as a cookie: {method} {path}"
            if kind != "api":
                assert knock(fresh_browser(room.facilitator), method, path, **bearer) in CLOSED, (
                    f"{kind}: {path}"
                )
    # And each of the two works where it belongs.
    signed_in = fresh_browser(room.facilitator)
    signed_in.cookies.set("kanvas_facilitator", made["browser"])
    assert knock(signed_in, *read) == 200
    assert knock(fresh_browser(room.facilitator), *read, authorization=f"Bearer {made['api']}") == 200
