from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient


async def _seen(request: Request) -> JSONResponse:
    assert request.client is not None
    return JSONResponse(
        {"client": request.client.host, "scheme": request.url.scheme, "host": request.url.netloc}
    )


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(
        Route("/", _seen),
        base_url="https://kanvas.example.id",
        allowed_hosts=["Lokakarya.Example.org", ".blk.example"],
    )


OURS = [
    "localhost",
    "LOCALHOST:8000",
    "192.168.1.5",
    "10.0.0.1:8000",
    "[::1]:8000",
    "[fe80::1]",
    "[::ffff:192.168.1.5]:8000",
    "laptop-budi",
    "laptop-budi.local:8000",
    "laptop.lan",
    "laptop.home.arpa",
    "laptop.internal",
    "kanvas.test",
    "laptop.mshome.net",
    "kanvas.example.id",
    "Kanvas.Example.ID.:443",
    "lokakarya.example.org",
    "serang.blk.example",
]
FOREIGN = [
    "evil.example",
    "kanvas.example.id.evil.example",
    "local.evil.example",
    "evil-local.example",
    "xlokakarya.example.org",
    "a.lokakarya.example.org",
    "blk.example",
    "192.168.1.5.evil.example",
    "1.2.3",
    "mshome.net.evil.example",
]
UNCLEAR = [
    "",
    "a b",
    "kanvas.test/x",
    "evil.example@kanvas.test",
    "kanvas.test:x",
    "[::1",
    "a..b",
    "<b>",
    "kanvas.test:8000:1",
]


@pytest.mark.parametrize("host", OURS)
def test_own_names_and_addresses_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_name_is_refused_and_told_what_to_set(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert f"KANVAS_ALLOWED_HOSTS={host}" in answer.text


@pytest.mark.parametrize("host", UNCLEAR)
def test_what_is_no_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "KANVAS_ALLOWED_HOSTS" not in answer.text


def test_two_host_headers_are_refused(client: TestClient) -> None:
    assert client.get("/", headers=[("host", "localhost")]).status_code == 200
    assert client.get("/", headers=[("host", "localhost"), ("host", "localhost")]).status_code == 400


FORWARDED = {
    "forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-real-ip": "203.0.113.9",
    "cf-connecting-ip": "203.0.113.9",
}


def test_forwarded_headers_from_anybody_mean_nothing(tiny_app: Callable[..., FastAPI]) -> None:
    client = TestClient(tiny_app(Route("/", _seen)), client=("127.0.0.1", 5))
    answer = client.get("/", headers=FORWARDED)
    assert answer.json() == {"client": "127.0.0.1", "scheme": "http", "host": "testserver"}


def test_a_trusted_proxy_says_who_asks_and_how_but_not_who_we_are(tiny_app: Callable[..., FastAPI]) -> None:
    app = tiny_app(Route("/", _seen), trusted_proxies=["10.0.0.2"])
    trusted = TestClient(app, client=("10.0.0.2", 5)).get("/", headers=FORWARDED)
    assert trusted.json() == {"client": "203.0.113.9", "scheme": "https", "host": "testserver"}
    stranger = TestClient(app, client=("10.0.0.3", 5)).get("/", headers=FORWARDED)
    assert stranger.json() == {"client": "10.0.0.3", "scheme": "http", "host": "testserver"}
