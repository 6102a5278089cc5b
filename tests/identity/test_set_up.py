"""The first facilitator, and signing in."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.db import Topic
from app.identity import actions
from app.identity.actions import invite_facilitator
from app.identity.queries import facilitator_to_act
from app.parts import Parts
from tests.factories import PASSWORD, Room, fresh_browser, sign_up, write
from tests.identity.turns import waits_of


def setup_path(http: TestClient) -> str:
    return f"/setup/{write(http, invite_facilitator)}"


def answers(**changes: str) -> dict[str, str]:
    return {"name": "Rina", "password": PASSWORD, "password_again": PASSWORD, **changes}


def test_a_set_up_link_makes_a_facilitator_once(anonymous: TestClient) -> None:
    path = setup_path(anonymous)
    assert anonymous.get(path).status_code == 200

    assert anonymous.post(path, data=answers()).headers["location"] == "/"

    assert anonymous.get("/").status_code == 200
    assert fresh_browser(anonymous).post(path, data=answers(name="Budi")).status_code == 410
    assert anonymous.get(path).status_code == 410


def test_two_people_with_one_link_make_one_facilitator(anonymous: TestClient) -> None:
    path = setup_path(anonymous)
    browsers = [fresh_browser(anonymous) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        codes = list(
            pool.map(lambda i: browsers[i].post(path, data=answers(name=f"Orang {i}")).status_code, range(4))
        )

    assert sorted(codes) == [303, 410, 410, 410]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"password": "pendek", "password_again": "pendek"}, "password"),
        ({"password": "password", "password_again": "password"}, "password"),
        ({"password_again": "lain sekali"}, "password_again"),
    ],
)
def test_a_bad_answer_is_named_at_its_field_and_the_link_still_works(
    anonymous: TestClient, changes: dict[str, str], field: str
) -> None:
    path = setup_path(anonymous)

    response = anonymous.post(path, data=answers(**changes))

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert anonymous.post(path, data=answers()).status_code == 303


def test_a_facilitator_signs_in_and_out(anonymous: TestClient) -> None:
    sign_up(anonymous, "Rina")
    laptop = fresh_browser(anonymous)
    assert laptop.get("/").headers["location"] == "/join"

    wrong = laptop.post("/sign-in", data={"name": "Rina", "password": "bukan ini"})
    right = laptop.post("/sign-in", data={"name": " rina ", "password": PASSWORD})

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert laptop.get("/").status_code == 200
    token = laptop.cookies["kanvas_facilitator"]
    laptop.post("/sign-out")
    thief = fresh_browser(anonymous)
    thief.cookies.set("kanvas_facilitator", token)
    assert thief.get("/").status_code == 303, "signing out must end the session on the server"


def test_guessing_a_password_costs_a_second_a_guess_after_ten(anonymous: TestClient, house: Parts) -> None:
    sign_up(anonymous, "Rina")
    laptop, waits = fresh_browser(anonymous), waits_of(house.sign_in_throttle)

    for _ in range(14):
        assert laptop.post("/sign-in", data={"name": "Rina", "password": "tebakan"}).status_code == 422

    assert waits == [0, 1, 2, 3]
    assert laptop.post("/sign-in", data={"name": "Rina", "password": PASSWORD}).status_code == 303


def test_the_cookie_is_out_of_reach_for_scripts(anonymous: TestClient) -> None:
    cookie = sign_up(anonymous).headers["set-cookie"].lower()

    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie


def test_a_made_up_link_costs_no_password_hash(
    anonymous: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hash_password(password: str, name: str) -> str:
        raise AssertionError("hashed for a stranger")

    monkeypatch.setattr(actions, "hash_password", hash_password)

    assert anonymous.post("/setup/made-up", data=answers()).status_code == 410


def test_a_new_password_ends_old_sessions_and_what_they_watch(room: Room) -> None:
    ended = watch_for_ends(room)
    old = fresh_browser(room.facilitator)
    old.cookies.update(room.facilitator.cookies)
    assert old.get(f"/workshops/{room.workshop_id}").status_code == 200

    def invite(session: Session) -> str:
        return invite_facilitator(session, facilitator_to_act(session, None).id)

    link = f"/setup/{write(room.facilitator, invite)}"
    assert fresh_browser(room.facilitator).post(link, data=answers(name="Fasilitator")).status_code == 303

    assert old.get(f"/workshops/{room.workshop_id}").status_code == 401
    assert len(ended) == 1


def test_signing_out_ends_what_was_watched(room: Room) -> None:
    ended = watch_for_ends(room)

    room.facilitator.post("/sign-out")

    assert len(ended) == 1


def watch_for_ends(room: Room) -> list[Topic]:
    """Filled with the facilitators whose streams have to end."""
    ended: list[Topic] = []
    before = room.house.db.on_commit

    def note(topics: Iterable[Topic]) -> None:
        topics = list(topics)
        ended.extend(topic for topic in topics if topic.kind == "facilitator")
        before(topics)

    room.house.db.on_commit = note
    return ended


def test_a_second_first_start_ends_the_link_of_the_first(anonymous: TestClient) -> None:
    first = f"/setup/{write(anonymous, actions.invite_first_facilitator)}"
    second = f"/setup/{write(anonymous, actions.invite_first_facilitator)}"

    assert anonymous.get(first).status_code == 410
    assert anonymous.get(second).status_code == 200


def test_a_password_of_the_proxy_in_front_leaves_our_cookies_alone(room: Room) -> None:
    desk = f"/workshops/{room.workshop_id}"

    assert room.facilitator.get(desk, headers={"authorization": "Basic cHJveHk6eHl6"}).status_code == 200
    assert room.facilitator.get(desk, headers={"authorization": "Bearer made-up"}).status_code == 401
    crossed = {"authorization": "Basic cHJveHk6eHl6", "origin": "http://elsewhere.example"}
    assert room.facilitator.post(f"{desk}/joining", data={"open": "0"}, headers=crossed).status_code == 403


def test_over_https_the_cookie_demands_https(anonymous: TestClient) -> None:
    secret = write(anonymous, invite_facilitator)
    secure = fresh_browser(anonymous)
    secure.base_url = "https://testserver"
    secure.headers["origin"] = "https://testserver"

    response = secure.post(f"/setup/{secret}", data=answers())

    assert "secure" in response.headers["set-cookie"].lower()
