"""Why `Origin` must count and the referrer must stay: what a real browser sends on a plain http name."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, sync_playwright
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from app.web.protocol import http_protocol

FORM = '<form method="post" action="/notes"><button>Add</button></form>'


async def _form(request: Request) -> Response:
    return HTMLResponse(FORM)


async def _form_without_referrer(request: Request) -> Response:
    return HTMLResponse(f'<meta name="referrer" content="no-referrer">{FORM}')


async def _notes(request: Request) -> Response:
    return JSONResponse(dict(request.headers))


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP *.test 127.0.0.1"],
        )
        yield browser.new_page()
        browser.close()


@pytest.fixture
def port(
    tiny_app: Callable[..., FastAPI], running: Callable[..., AbstractContextManager[tuple[str, int]]]
) -> Iterator[int]:
    app = tiny_app(
        Route("/", _form), Route("/hidden", _form_without_referrer), Route("/notes", _notes, methods=["POST"])
    )
    with running(app, http_protocol()) as (_, port):
        yield port


def _submit(page: Page, url: str) -> tuple[int, dict[str, str]]:
    page.goto(url)
    with page.expect_response("**/notes") as answered:
        page.get_by_role("button").click()
    answer = answered.value
    return answer.status, answer.json() if answer.ok else {}


def test_a_form_on_a_plain_http_name_is_accepted_by_its_origin_alone(page: Page, port: int) -> None:
    status, sent = _submit(page, f"http://kanvas.test:{port}/")
    assert status == 200
    assert "sec-fetch-site" not in sent
    assert sent["origin"] == f"http://kanvas.test:{port}"


def test_on_this_machine_fetch_metadata_is_there(page: Page, port: int) -> None:
    status, sent = _submit(page, f"http://127.0.0.1:{port}/")
    assert status == 200
    assert sent["sec-fetch-site"] == "same-origin"


def test_a_page_without_referrer_cannot_write_on_a_plain_http_name(page: Page, port: int) -> None:
    assert _submit(page, f"http://kanvas.test:{port}/")[0] == 200
    assert _submit(page, f"http://kanvas.test:{port}/hidden")[0] == 403


def test_a_foreign_page_cannot_write(page: Page, port: int) -> None:
    target = f"http://kanvas.test:{port}/notes"
    assert _submit(page, f"http://kanvas.test:{port}/")[0] == 200
    foreign = f"data:text/html,<form method='post' action='{target}'><button>Add</button></form>"
    assert _submit(page, foreign)[0] == 403
