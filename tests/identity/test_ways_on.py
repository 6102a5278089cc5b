"""Whoever is refused is shown the way on: signing in and back to what was wanted, or the join page."""

import html
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, col, select

from app.clock import now
from app.identity.actions import invite_facilitator, invite_first_facilitator
from app.identity.models import Token, TokenKind
from tests.factories import PASSWORD, Room, fresh_browser, sign_up, write

SIGN_IN = {"name": "Fasilitator", "password": PASSWORD}


def content_of(page: Response) -> str:
    """Without the footer, whose forms hold the address: a token may spell any two letters."""
    return page.text.split("<main", 1)[1].split("</main>", 1)[0]


def ways(page: Response) -> list[tuple[str, str]]:
    """Words and addresses of the links in a page's content, the button first."""
    return [
        (html.unescape(words), html.unescape(address))
        for address, words in re.findall(r'<a[^>]* href="([^"]*)"[^>]*>([^<]*)</a>', content_of(page))
    ]


def taken(http: TestClient, address: str, **typed: str) -> Response:
    """What signing in behind this address answers; the page's own hidden field goes along."""
    page = http.get(address)
    assert page.status_code == 200
    back = re.search(r'name="back" value="([^"]*)"', page.text)
    assert back
    return http.post("/sign-in", data={**SIGN_IN, "back": html.unescape(back[1]), **typed})


def test_a_bookmarked_desk_leads_through_signing_in_back_to_itself(room: Room) -> None:
    laptop, desk = fresh_browser(room.facilitator), f"/workshops/{room.workshop_id}"

    refused = laptop.get(desk)

    assert refused.status_code == 401
    assert "Silakan masuk sebagai fasilitator." in refused.text
    (label, address), *others = ways(refused)
    assert label == "Masuk"
    assert others == [("Ketik kode gabung", "/join")]
    assert taken(laptop, address).headers["location"] == desk
    assert laptop.get(desk).status_code == 200


def test_a_wrong_password_does_not_forget_the_page_that_was_wanted(room: Room) -> None:
    laptop, desk = fresh_browser(room.facilitator), f"/workshops/{room.workshop_id}"
    address = ways(laptop.get(desk))[0][1]

    wrong = taken(laptop, address, password="bukan ini")

    assert wrong.status_code == 422
    assert f'name="back" value="{desk}"' in wrong.text
    assert f'name="path" value="{html.escape(address)}"' in wrong.text, "the language switch keeps it too"


def test_a_form_sent_after_signing_out_leads_back_to_the_page_it_stands_on(room: Room) -> None:
    laptop = fresh_browser(room.facilitator)
    headers = {"referer": "http://testserver/workshops/new"}

    refused = laptop.post("/workshops", data={"title": "T"}, headers=headers)
    nowhere = laptop.post(
        "/workshops", data={"title": "T"}, headers={"referer": "http://elsewhere/workshops"}
    )

    assert taken(laptop, ways(refused)[0][1]).headers["location"] == "/workshops/new"
    assert ways(nowhere)[0][1] == "/sign-in"


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/%2f%2fevil.example", "/\\evil.example", "javascript:1", ""],
)
def test_signing_in_never_leads_to_another_site(room: Room, back: str) -> None:
    laptop = fresh_browser(room.facilitator)
    assert laptop.post("/sign-in", data={**SIGN_IN, "back": "/workshops/new"}).headers["location"] == (
        "/workshops/new"
    )

    assert laptop.post("/sign-in", data={**SIGN_IN, "back": back}).headers["location"] == "/"


def test_a_used_set_up_link_says_that_it_is_done_and_leads_to_signing_in(anonymous: TestClient) -> None:
    path = f"/setup/{write(anonymous, invite_facilitator)}"
    form = {"name": "Fasilitator", "password": PASSWORD, "password_again": PASSWORD}
    assert fresh_browser(anonymous).post(path, data=form).status_code == 303

    for refused in (anonymous.get(path), anonymous.post(path, data=form)):
        assert refused.status_code == 410
        assert "Penyiapan ini sudah selesai" in refused.text
        assert "QR" not in content_of(refused)
        assert ways(refused) == [("Masuk", "/sign-in")]
    assert taken(anonymous, "/sign-in").headers["location"] == "/"


def test_a_set_up_link_that_nobody_used_is_not_called_done(anonymous: TestClient) -> None:
    older = f"/setup/{write(anonymous, invite_first_facilitator)}"
    write(anonymous, invite_first_facilitator)

    replaced = anonymous.get(older)

    assert replaced.status_code == 410
    assert "sudah selesai" not in replaced.text and "tautan yang lebih baru" in replaced.text

    sign_up(anonymous)
    late = f"/setup/{write(anonymous, invite_facilitator)}"
    write(anonymous, expire_set_up_links)
    expired = fresh_browser(anonymous).get(late)
    assert expired.status_code == 410
    assert "sudah selesai" not in expired.text and "kedaluwarsa" in expired.text


def expire_set_up_links(session: Session) -> None:
    for token in session.exec(select(Token).where(col(Token.kind) == TokenKind.SETUP)):
        token.expires_at = now() - timedelta(seconds=1)


def test_a_phone_nobody_knows_is_led_to_the_join_page_and_a_facilitator_to_signing_in(room: Room) -> None:
    lost, canvas = fresh_browser(room.facilitator), f"/canvases/{room.groups[0]['canvas_id']}"

    refused = lost.get(f"{canvas}?block=channels&question=2")

    assert refused.status_code == 401
    assert "kode gabung" in refused.text
    (first, second) = ways(refused)
    assert first == ("Ketik kode gabung", "/join")
    assert second[0] == "Masuk sebagai fasilitator"
    assert taken(lost, second[1]).headers["location"] == f"{canvas}?block=channels&question=2"


def test_a_join_link_that_leads_nowhere_leads_to_the_code(room: Room) -> None:
    refused = fresh_browser(room.facilitator).get("/j/guessed")

    assert refused.status_code == 404
    assert ways(refused) == [("Ketik kode gabung", "/join")]
