from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from app.web.contrast import contrast_of, router

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(*router.routes)


@pytest.mark.parametrize("contrast", ["high", "normal"])
def test_the_choice_is_kept_for_a_year_and_leads_back(client: TestClient, contrast: str) -> None:
    answer = client.post("/contrast", data={"contrast": contrast, "path": "/join"}, headers=SAME_ORIGIN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/join")
    cookie = answer.headers["set-cookie"]
    assert cookie == f"contrast={contrast}; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"


def test_only_contrasts_we_have_can_be_chosen(client: TestClient) -> None:
    answer = client.post("/contrast", data={"contrast": "neon"}, headers=SAME_ORIGIN)
    assert answer.status_code == 422 and "set-cookie" not in answer.headers


@pytest.mark.parametrize(("cookie", "chosen"), [("contrast=high", "high"), ("contrast=neon", ""), ("", "")])
def test_whoever_never_chose_leaves_it_to_the_device(cookie: str, chosen: str) -> None:
    assert contrast_of(Request({"type": "http", "headers": [(b"cookie", cookie.encode())]})) == chosen
