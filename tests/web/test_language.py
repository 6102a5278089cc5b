from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.web.language import local_path, router

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(*router.routes)


OURS = [
    "/",
    "/workshops/new",
    "/canvases/3f?block=channels&question=2",
    "/j/aB-_9",
    "/canvases/3f#note-1",
    "/join?code=7K4M%209XQ2",
]
FOREIGN = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/%0a/evil.example",
    "/%0d%0aset-cookie:a=b",
    "/%00",
    "/\r\nSet-Cookie: a=b",
    " //evil.example",
    "/ /evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%2f%2fevil.example",
    "/%252fevil.example",
    "/%25252fevil.example",
    "/%5cevil.example",
    "/%255cevil.example",
    "%68ttps://evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e%2e//evil.example",
    "/a/../..//evil.example",
    "/x/..",
    "/\u2028/evil.example",
    "/\uff0f/evil.example",
    "/%ef%bc%8f%0aevil.example",
    "?next=//evil.example",
    "#//evil.example",
    "",
    "/" + "a" * 2_000,
    "/%" + "25" * 8 + "2fevil.example",
]


@pytest.mark.parametrize("path", OURS)
def test_the_switch_leads_back_to_a_path_of_this_site(client: TestClient, path: str) -> None:
    answer = client.post("/language", data={"locale": "en", "path": path}, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    assert answer.headers["location"] == path


@pytest.mark.parametrize("path", FOREIGN, ids=repr)
def test_it_never_leads_anywhere_else(client: TestClient, path: str) -> None:
    assert local_path("/ours", fallback="/") == "/ours"
    assert local_path(path, fallback="/") == "/"
    answer = client.post("/language", data={"locale": "en", "path": path}, headers=SAME_ORIGIN)
    assert answer.headers["location"] == "/"


def test_without_a_path_it_leads_to_the_page_before(client: TestClient) -> None:
    def lead(referer: str) -> str:
        answer = client.post("/language", data={"locale": "en"}, headers=SAME_ORIGIN | {"referer": referer})
        return str(answer.headers["location"])

    assert lead("http://testserver/canvases/3f?block=channels") == "/canvases/3f?block=channels"
    assert lead("http://evil.example/canvases/3f") == "/"
    assert lead("http://testserver//evil.example") == "/"
    assert lead("http://[testserver/x") == "/"
    assert lead("") == "/"


def test_the_choice_is_remembered_for_a_year(client: TestClient) -> None:
    cookie = client.post("/language", data={"locale": "en"}, headers=SAME_ORIGIN).headers["set-cookie"]
    assert cookie == "language=en; HttpOnly; Max-Age=31536000; Path=/; SameSite=lax"


@pytest.mark.parametrize("locale", ["", "de", "../id", "en; Path=/x"])
def test_only_languages_we_have_can_be_chosen(client: TestClient, locale: str) -> None:
    answer = client.post("/language", data={"locale": locale}, headers=SAME_ORIGIN)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_a_foreign_page_cannot_switch(client: TestClient) -> None:
    answer = client.post("/language", data={"locale": "en"}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
