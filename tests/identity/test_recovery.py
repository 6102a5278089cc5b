"""A printed code gives the role back on another device."""

import re
from datetime import timedelta

from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from app.clock import now
from app.identity.models import Token, TokenKind
from app.identity.recovery import new_recovery_code
from app.ids import CODE_ALPHABET
from tests.factories import PASSWORD, Room, fresh_browser, write
from tests.identity.hands import co_facilitator, paired
from tests.identity.turns import waits_of


def printed(http: TestClient) -> str:
    """A code as it stands on the paper."""
    page = http.post("/recovery-code")
    assert page.status_code == 200
    code = " ".join(re.findall(r"<span>(\w{4})</span>", page.text))
    assert len(code) == 14
    return code


def recover(http: TestClient, code: str) -> int:
    return http.post("/sign-in/recovery", data={"code": code}).status_code


def test_a_code_has_60_bits_of_letters_that_nobody_confuses() -> None:
    codes = {new_recovery_code() for _ in range(50)}

    assert len(codes) == 50
    assert {len(code.replace(" ", "")) for code in codes} == {12}
    assert set("".join(codes)) - {" "} <= set(CODE_ALPHABET) and len(CODE_ALPHABET) == 32


def test_the_code_gives_the_role_back_however_it_is_typed_and_the_desk_says_so(room: Room) -> None:
    code = printed(room.facilitator)
    assert "Kode pemulihan Fasilitator dipakai" not in room.desk()
    laptop = fresh_browser(room.facilitator)

    assert recover(laptop, code.lower().replace(" ", "-").replace("0", "o").replace("1", "l")) == 303

    assert laptop.get(f"/workshops/{room.workshop_id}").status_code == 200
    assert laptop.get("/workshops/new").status_code == 200
    assert "Kode pemulihan Fasilitator dipakai" in room.desk()
    assert "Terakhir dipakai" in room.facilitator.get("/recovery-code").text


def test_a_forgotten_password_is_replaced_with_the_code_which_goes_on_working(room: Room) -> None:
    code, laptop = printed(room.facilitator), fresh_browser(room.facilitator)
    recover(laptop, code)
    fresh = {"password": "melati putih 7", "password_again": "melati putih 7"}

    assert laptop.post("/password", data={**fresh, "current": new_recovery_code()}).status_code == 422
    assert laptop.post("/password", data={**fresh, "current": code}).status_code == 303

    other = fresh_browser(room.facilitator)
    assert other.post("/sign-in", data={"name": "Fasilitator", "password": PASSWORD}).status_code == 422
    signed_in = other.post("/sign-in", data={"name": "Fasilitator", "password": fresh["password"]})
    assert signed_in.status_code == 303
    assert recover(fresh_browser(room.facilitator), code) == 303


def test_a_new_code_ends_the_old_one_and_a_year_ends_any(room: Room) -> None:
    old = printed(room.facilitator)
    new = printed(room.facilitator)
    assert recover(fresh_browser(room.facilitator), old) == 422

    def wait(session: Session) -> None:
        code = session.exec(select(Token).where(col(Token.kind) == TokenKind.RECOVERY)).one()
        assert new.replace(" ", "") not in code.hash
        assert timedelta(days=364) < code.expires_at - now() <= timedelta(days=365)
        code.expires_at = now() - timedelta(seconds=1)

    assert recover(fresh_browser(room.facilitator), new) == 303
    write(room.facilitator, wait)
    assert recover(fresh_browser(room.facilitator), new) == 422


def test_a_co_facilitator_has_a_code_and_a_remote_has_none(room: Room) -> None:
    dewi, phone = co_facilitator(room), paired(room)

    code = printed(dewi)

    laptop = fresh_browser(room.facilitator)
    assert recover(laptop, code) == 303
    assert laptop.get(f"/workshops/{room.workshop_id}").status_code == 200
    assert laptop.get("/workshops/new").status_code == 403
    assert phone.post("/recovery-code").status_code == 403
    assert fresh_browser(room.facilitator).get("/recovery-code").status_code == 401


def test_guessing_costs_a_second_a_guess_after_ten_and_keeps_nobody_out(room: Room) -> None:
    code, laptop = printed(room.facilitator), fresh_browser(room.facilitator)
    waits = waits_of(room.house.recovery_throttle)
    for _ in range(13):
        assert recover(laptop, new_recovery_code()) == 422

    assert waits == [0, 1, 2]

    # From the same address the right code still works, and so do passwords and join codes.
    assert recover(laptop, code) == 303
    assert laptop.post("/sign-in", data={"name": "Fasilitator", "password": PASSWORD}).status_code == 303
    assert laptop.post("/join", data={"code": room.join_code}).status_code == 303
