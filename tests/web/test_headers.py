from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from app.web.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from app.web.static import PackagedFiles


async def _page(request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def _crash(request: Request) -> PlainTextResponse:
    raise RuntimeError("the secret is 7K4M9XQ2")


async def _stream(request: Request) -> StreamingResponse:
    return StreamingResponse(
        iter([b"event: hb\n\n"]),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache, no-transform"},
    )


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(
        Route("/", _page),
        Route("/page", lambda request: HTMLResponse("<p>hello")),
        Route("/form", _page, methods=["POST"]),
        Route("/crash", _crash),
        Route("/stream", _stream),
        Mount("/static", PackagedFiles()),
    )


EVERYWHERE = [
    ("GET", "/", {}, 200),
    ("HEAD", "/", {}, 200),
    ("GET", "/stream", {}, 200),
    ("GET", "/static/css/tokens.css", {}, 200),
    ("GET", "/static/none.css", {}, 404),
    ("GET", "/nowhere", {}, 404),
    ("DELETE", "/", {"sec-fetch-site": "same-origin"}, 405),
    ("POST", "/form", {}, 403),
    ("POST", "/form", {"sec-fetch-site": "same-origin", "content-length": "99999999"}, 413),
    ("GET", "/", {"host": "evil.example"}, 400),
    ("GET", "/crash", {}, 500),
]


def test_only_pages_say_what_they_may_use_of_a_device(client: TestClient) -> None:
    assert "camera=()" in client.get("/page").headers["permissions-policy"]
    assert "permissions-policy" not in client.get("/static/css/tokens.css").headers


@pytest.mark.parametrize(("method", "path", "headers", "status"), EVERYWHERE)
def test_every_answer_carries_the_security_headers(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers.get_list(name) == [value]
    assert "strict-transport-security" not in answer.headers


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY


def test_https_is_insisted_on_only_where_it_is_configured(tiny_client: Callable[..., TestClient]) -> None:
    client = tiny_client(Route("/", _page), base_url="https://kanvas.example.id")
    assert client.get("/").headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/crash"])
def test_pages_and_errors_are_not_stored(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


def test_a_stream_keeps_its_own_cache_rule_and_is_not_compressed(client: TestClient) -> None:
    answer = client.get("/stream")
    assert answer.headers["cache-control"] == "no-cache, no-transform"
    assert "content-encoding" not in answer.headers
