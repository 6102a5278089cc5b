import gzip
import re
from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from app.resources import STATIC, TEMPLATES
from app.web.headers import IMMUTABLE
from app.web.static import PackagedFiles
from app.web.urls import urls


async def _pdf(request: Request) -> Response:
    return Response(b"%PDF" * 1000, media_type="application/pdf")


async def _long_page(request: Request) -> HTMLResponse:
    return HTMLResponse("<p>catatan</p>" * 1000)


async def _short_page(request: Request) -> HTMLResponse:
    return HTMLResponse("<p>catatan</p>")


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(
        Mount("/static", PackagedFiles()),
        Route("/long", _long_page),
        Route("/short", _short_page),
        Route("/pdf", _pdf),
    )


def test_a_file_under_its_fingerprint_is_kept_for_a_year(client: TestClient) -> None:
    assert client.get(urls.static("css/tokens.css")).headers["cache-control"] == IMMUTABLE


def test_the_font_is_asked_for_under_its_fingerprint(client: TestClient) -> None:
    style = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    fonts = re.findall(r"url\(\.\.(/fonts/[^)]+)\)", style)
    assert fonts
    for font in fonts:
        assert client.get(f"/static{font}").headers["cache-control"] == IMMUTABLE


@pytest.mark.parametrize("query", ["", "?v=", "?v=old", "?v=1&v=2", "?w=1"])
def test_without_the_right_fingerprint_it_is_asked_for_again(client: TestClient, query: str) -> None:
    answer = client.get(f"/static/css/tokens.css{query}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get(f"/static/css/tokens.css{query}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("vendor/htmx.min.js", "text/javascript; charset=utf-8"),
        ("css/tokens.css", "text/css; charset=utf-8"),
        ("img/mark.svg", "image/svg+xml"),
    ],
)
def test_types_do_not_depend_on_the_machine(client: TestClient, path: str, kind: str) -> None:
    assert client.get(f"/static/{path}").headers["content-type"] == kind


OUTSIDE = [
    "../pyproject.toml",
    "%2e%2e/pyproject.toml",
    "..%2fpyproject.toml",
    "..%5cpyproject.toml",
    "css/../../pyproject.toml",
    "css/%2e%2e/%2e%2e/pyproject.toml",
    "/etc/passwd",
    "%2fetc/passwd",
    "%00",
    "css/tokens.css%00",
    "CON",
    "__proto__",
    "x" * 300,
    "css",
    "css/",
    "",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_folder_can_be_read(client: TestClient, path: str) -> None:
    assert client.get("/static/css/tokens.css").status_code == 200
    assert client.get(f"/static/{path}").status_code in (307, 404)


def test_long_text_is_compressed_for_those_who_can_read_it(client: TestClient) -> None:
    squeezed = client.get("/long", headers={"accept-encoding": "gzip"})
    assert squeezed.headers["content-encoding"] == "gzip"
    assert int(squeezed.headers["content-length"]) < len(squeezed.content)
    assert len(gzip.compress(squeezed.content)) < 1000
    assert "content-encoding" not in client.get("/long", headers={"accept-encoding": "identity"}).headers
    assert "content-encoding" not in client.get("/short", headers={"accept-encoding": "gzip"}).headers
    assert "content-encoding" not in client.get("/pdf", headers={"accept-encoding": "gzip"}).headers


def test_every_file_that_a_template_names_exists() -> None:
    named = {
        match[1]
        for template in TEMPLATES.rglob("*.html")
        for match in re.finditer(r"urls\.static\([\"']([^\"']+)[\"']\)", template.read_text("utf-8"))
    }
    assert named, "no template names a file, so this test means nothing"
    assert {path for path in named if not (STATIC / path).is_file()} == set()
