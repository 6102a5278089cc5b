from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    async def change(request: Request) -> JSONResponse:
        return JSONResponse({"cookies": request.cookies})

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    client = tiny_client(
        Route("/notes", change, methods=methods), Route("/api/join", change, methods=methods)
    )
    client.headers["cookie"] = "session=secret"
    return client


OUR_OWN = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "none", "origin": "http://testserver"},
    {"origin": "http://testserver"},
    {"origin": "http://TESTSERVER"},
    {"origin": "http://testserver:80"},
    {"origin": "https://testserver"},
    {"origin": "http://192.168.1.5:8000", "host": "192.168.1.5:8000"},
    {"origin": "http://[fe80::1]:8000", "host": "[fe80::1]:8000"},
]
FOREIGN = [
    {},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    {"sec-fetch-site": "none", "origin": "http://evil.example"},
    {"sec-fetch-site": "none", "origin": "null"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://evil.example"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:8001"},
    {"origin": "http://testserver@evil.example"},
    {"origin": "file://testserver"},
    {"origin": "testserver"},
    {"origin": "http://[testserver"},
    {"origin": "http://192.168.1.6:8000", "host": "192.168.1.5:8000"},
    {"origin": "http://192.168.1.5", "host": "192.168.1.5:8000"},
]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("headers", OUR_OWN, ids=str)
def test_our_own_pages_may_change_something(client: TestClient, method: str, headers: dict[str, str]) -> None:
    answer = client.request(method, "/notes", headers=headers)
    assert answer.status_code == 200
    assert answer.json() == {"cookies": {"session": "secret"}}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_page_may_not(client: TestClient, method: str, headers: dict[str, str]) -> None:
    assert client.request(method, "/notes", headers={"sec-fetch-site": "same-origin"}).status_code == 200
    answer = client.request(method, "/notes", headers={"accept": "application/json", **headers})
    assert answer.status_code == 403
    assert answer.json()["error"] == "cross_origin"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_reading_is_open_from_everywhere(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/notes", headers=headers).status_code == 200


def test_two_origins_are_as_good_as_none(client: TestClient) -> None:
    ours = ("origin", "http://testserver")
    assert client.post("/notes", headers=[ours]).status_code == 200
    assert client.post("/notes", headers=[ours, ours]).status_code == 403


def test_a_bearer_token_needs_no_origin_and_makes_cookies_invisible(client: TestClient) -> None:
    assert client.post("/notes").status_code == 403
    answer = client.post("/notes", headers={"authorization": "Bearer token"})
    assert answer.status_code == 200
    assert answer.json() == {"cookies": {}}


@pytest.mark.parametrize("value", ["Bearer", "Bearer ", "Basic dXNlcg==", "bearer\t", "token"])
def test_only_a_bearer_token_does(client: TestClient, value: str) -> None:
    assert client.post("/notes", headers={"authorization": "bearer token"}).status_code == 200
    assert client.post("/notes", headers={"authorization": value}).status_code == 403


def test_a_program_may_use_the_api_without_a_browser_but_never_with_cookies(client: TestClient) -> None:
    assert client.post("/api/join", headers={"origin": "http://testserver"}).json()["cookies"]
    answer = client.post("/api/join")
    assert answer.status_code == 200
    assert answer.json() == {"cookies": {}}


def test_a_foreign_page_may_not_use_the_api(client: TestClient) -> None:
    assert client.post("/api/join").status_code == 200
    assert client.post("/api/join", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/api/join", headers={"sec-fetch-site": "cross-site"}).status_code == 403
