"""The first facilitator, and signing in."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from app.identity.actions import invite_facilitator
from tests.factories import PASSWORD, fresh_browser, sign_up, write


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


def test_guessing_a_password_costs_a_second_a_guess_after_ten(anonymous: TestClient) -> None:
    sign_up(anonymous, "Rina")
    laptop = fresh_browser(anonymous)

    def guess(times: int) -> float:
        start = time.monotonic()
        for _ in range(times):
            assert laptop.post("/sign-in", data={"name": "Rina", "password": "tebakan"}).status_code == 422
        return time.monotonic() - start

    guess(10)

    assert guess(4) > 2.5
    assert laptop.post("/sign-in", data={"name": "Rina", "password": PASSWORD}).status_code == 303


def test_the_cookie_is_out_of_reach_for_scripts(anonymous: TestClient) -> None:
    cookie = sign_up(anonymous).headers["set-cookie"].lower()

    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
