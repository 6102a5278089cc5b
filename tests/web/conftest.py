"""Tiny applications behind the real doors, in process and on a real port."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from app.resources import TEMPLATES
from app.web.errors import ErrorPages, install
from app.web.rendering import Renderer
from app.web.stack import middleware


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with the product's error page and the smallest layout it can stand in."""
    folder = tmp_path / "templates"
    (folder / "layouts").mkdir(parents=True)
    (folder / "layouts" / "app.html").write_text(
        "<!doctype html><html lang={{ locale }}><title>{% block title %}{% endblock %}</title>"
        "{% block content %}{% endblock %}</html>",
        "utf-8",
    )
    (folder / "errors").mkdir()
    page = (TEMPLATES / "errors" / "error.html").read_text("utf-8")
    (folder / "errors" / "error.html").write_text(page, "utf-8")
    return folder


@pytest.fixture
def pages(templates: Path) -> ErrorPages:
    return ErrorPages(Renderer(templates))


@pytest.fixture
def tiny_app(pages: ErrorPages) -> Callable[..., FastAPI]:
    """`tiny_app(*routes, **doors)`: the routes behind every middleware, wired as the factory does it."""

    def build(*routes: BaseRoute, **doors: object) -> FastAPI:
        stack = middleware(pages, **doors)  # type: ignore[arg-type]
        app = FastAPI(routes=list(routes), middleware=stack, openapi_url=None)
        install(app, pages)
        return app

    return build


@pytest.fixture
def tiny_client(tiny_app: Callable[..., FastAPI]) -> Callable[..., TestClient]:
    """The same as a client that sees a 500 as browsers do and follows no redirects."""

    def build(*routes: BaseRoute, **doors: object) -> TestClient:
        return TestClient(tiny_app(*routes, **doors), raise_server_exceptions=False, follow_redirects=False)

    return build


@pytest.fixture
def running() -> Callable[..., AbstractContextManager[tuple[str, int]]]:
    """`with running(app, protocol) as address`: a real uvicorn in a thread."""

    @contextmanager
    def run(app: ASGIApp, protocol: type[asyncio.Protocol]) -> Iterator[tuple[str, int]]:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            config = uvicorn.Config(
                app,
                http=protocol,
                ws="none",
                lifespan="off",
                log_level="critical",
                timeout_graceful_shutdown=1,
            )
            server = uvicorn.Server(config)
            thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
            thread.start()
            try:
                yield listener.getsockname()
            finally:
                server.should_exit = True
                thread.join(5)

    return run
