import logging
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, FastAPI, Form, HTTPException
from pydantic import BaseModel, ConfigDict, FiniteFloat
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from app import errors
from app.web.errors import ErrorPages
from app.web.stack import middleware

KINDS = [
    (errors.Refused, 400),
    (errors.NotFound, 404),
    (errors.Forbidden, 403),
    (errors.Gone, 410),
    (errors.Conflict, 409),
    (errors.TooLong, 413),
    (errors.Invalid, 422),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
]
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
AS_JSON = {"accept": "application/json"}


def _raising(error: Exception) -> Route:
    async def route(request: Request) -> Response:
        raise error

    return Route("/p/{token}", route)


@pytest.mark.parametrize(("kind", "status"), KINDS)
def test_a_refusal_is_a_page_for_people_and_json_for_programs(
    tiny_client: Callable[..., TestClient], kind: Any, status: int
) -> None:
    client = tiny_client(_raising(kind("some_code", "Hello %(name)s", name="<b>")))
    page = client.get("/p/7K4M")
    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Hello &lt;b&gt;" in page.text
    assert 'href="/"' in page.text
    answer = client.get("/p/7K4M", headers=AS_JSON)
    assert answer.status_code == status
    assert answer.json() == {"error": "some_code", "message": "Hello <b>"}


@pytest.mark.parametrize(("kind", "status"), KINDS)
def test_every_kind_can_speak_for_itself(
    tiny_client: Callable[..., TestClient], kind: Any, status: int
) -> None:
    answer = tiny_client(_raising(kind())).get("/p/7K4M", headers=AS_JSON)
    assert answer.status_code == status
    assert answer.json()["error"] == kind.code
    assert answer.json()["message"]


def test_a_conflict_says_what_stands_now(tiny_client: Callable[..., TestClient]) -> None:
    conflict = errors.Conflict("version_conflict", payload={"rev": 7, "note": {"text": "😀\ud800"}})
    answer = tiny_client(_raising(conflict)).get("/p/7K4M", headers=AS_JSON)
    assert answer.json()["rev"] == 7
    assert answer.json()["error"] == "version_conflict"


@pytest.mark.parametrize(("wait", "header"), [(0.0, "1"), (0.2, "1"), (1.2, "2"), (30, "30")])
def test_who_is_too_fast_is_told_when_to_come_back(
    tiny_client: Callable[..., TestClient], wait: float, header: str
) -> None:
    client = tiny_client(_raising(errors.TooMany(retry_after=wait)))
    answer = client.get("/p/7K4M")
    assert answer.headers["retry-after"] == answer.headers["refresh"] == header
    assert "refresh" not in client.get("/p/7K4M", headers=AS_JSON).headers


def test_fastapis_own_errors_look_the_same(tiny_client: Callable[..., TestClient]) -> None:
    client = tiny_client(_raising(HTTPException(418, headers={"x-tea": "yes"})))
    teapot = client.get("/p/7K4M", headers=AS_JSON)
    assert (teapot.status_code, teapot.json()["error"], teapot.headers["x-tea"]) == (418, "http_418", "yes")
    assert client.get("/none", headers=AS_JSON).json()["error"] == "not_found"
    assert client.post("/p/7K4M", headers=SAME_ORIGIN).status_code == 405
    assert "GET" in client.post("/p/7K4M", headers=SAME_ORIGIN).headers["allow"]


class _Note(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    position: FiniteFloat


def _forms() -> list[Any]:
    router = APIRouter()

    @router.post("/form")
    async def form(text: Annotated[str, Form()]) -> str:
        return text

    @router.post("/api/ops")
    async def ops(note: _Note) -> int:
        return len(note.text.encode())

    return list(router.routes)


def test_an_incomplete_form_names_its_fields(tiny_client: Callable[..., TestClient]) -> None:
    client = tiny_client(*_forms())
    assert client.post("/form", data={"text": "a"}, headers=SAME_ORIGIN).status_code == 200
    answer = client.post("/form", data={"txt": "secret"}, headers=SAME_ORIGIN | AS_JSON)
    assert answer.status_code == 422
    assert answer.json()["fields"] == ["text"]
    assert "secret" not in answer.text


ODD_BODIES = [
    b'{"text": "a", "position": NaN}',
    b'{"text": "a", "position": 1e999}',
    b'{"text": "\\ud800", "position": 1}',
    b'{"\\ud800": 1, "text": "a", "position": 1}',
    b'{"' + b"k" * 5_000 + b'": 1}',
    b'{"text": "a", "text": "b"}',
    b"[" * 10_000,
    b"{",
    b"",
    b"\xff\xfe",
    b"null",
    b'{"text": 7, "position": "x"}',
]


@pytest.mark.parametrize("body", ODD_BODIES, ids=range(len(ODD_BODIES)))
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_odd_bodies_are_refused_and_never_an_accident(
    tiny_client: Callable[..., TestClient], body: bytes, kind: str
) -> None:
    client = tiny_client(*_forms())
    good = client.post("/api/ops", json={"text": "a", "position": 1})
    assert good.status_code == 200
    answer = client.post("/api/ops", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 422)
    assert len(answer.content) < 2_000
    assert set(answer.json()) <= {"error", "message", "fields"}


def test_an_accident_tells_a_reference_and_nothing_else(
    tiny_client: Callable[..., TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = tiny_client(_raising(RuntimeError("the code is SECRET")))
    with caplog.at_level(logging.ERROR, "app.web.errors"):
        answer = client.get("/p/7K4M")
    assert answer.status_code == 500
    assert "SECRET" not in answer.text
    assert "Traceback" not in answer.text
    found = re.search(r"Unexpected error ([0-9a-f]{8}) in (.+)", caplog.text)
    assert found
    assert found[1] in answer.text
    assert found[2] == "GET tests.web.test_errors._raising.<locals>.route"
    assert "7K4M" not in found[0]


def test_an_accident_is_json_for_programs(tiny_client: Callable[..., TestClient]) -> None:
    answer = tiny_client(_raising(RuntimeError())).get("/p/7K4M", headers=AS_JSON)
    assert answer.status_code == 500
    assert set(answer.json()) == {"error", "message", "reference"}


def test_a_broken_layout_still_leaves_a_page(tiny_client: Callable[..., TestClient], templates: Path) -> None:
    client = tiny_client(_raising(errors.NotFound("gone", "<b>")))
    assert "<html lang=id>" in client.get("/p/7K4M").text
    (templates / "layouts" / "app.html").write_text("{{ nothing.at.all }}", "utf-8")
    broken = tiny_client(_raising(errors.NotFound("gone", "<b>"))).get("/p/7K4M")
    assert broken.status_code == 404
    assert "&lt;b&gt;" in broken.text
    assert 'href="/"' in broken.text


def test_errors_in_a_middleware_are_answered_too(tiny_app: Callable[..., FastAPI], pages: ErrorPages) -> None:
    class Broken:
        def __init__(self, app: ASGIApp) -> None:
            self.app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            raise RuntimeError

    app = tiny_app()
    app.user_middleware = [*middleware(pages), Middleware(Broken)]
    answer = TestClient(app).get("/")
    assert answer.status_code == 500
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_answer_that_has_begun_is_broken_off_rather_than_completed(
    tiny_app: Callable[..., FastAPI],
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"begun"
        raise RuntimeError("half way")

    async def route(request: Request) -> Response:
        return StreamingResponse(chunks(), media_type="text/event-stream")

    with pytest.raises(RuntimeError, match="half way"):
        TestClient(tiny_app(Route("/", route))).get("/")
