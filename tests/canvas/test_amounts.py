"""What a note costs or brings: typed as people type, added up by side, never lost when others write."""

from typing import Any

import pytest

from app.canvas import catalog
from app.canvas.money import SideTotal, Total
from tests.export.paper import canvas_of
from tests.factories import Person, Room

COSTS = "cost_structure"


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari")


def amounts(note: dict[str, Any]) -> tuple[int | None, ...]:
    return note["amount_low"], note["amount"], note["amount_high"]


def test_a_cost_says_its_amount_and_the_block_adds_up(sari: Person) -> None:
    note = sari.add(
        "Bahan las", COSTS, amount="1,25 jt", amount_low="Rp1.000.000", amount_high="2jt", side="blk"
    )
    sari.add("Instruktur", COSTS, amount="3.000.000")
    board = sari.board()

    assert amounts(note) == (1_000_000, 1_250_000, 2_000_000)
    assert "Rp1.250.000" in board and "(Rp1 jt–Rp2 jt)" in board
    assert "<b>Rp4.250.000</b> <span>(Rp4 jt–Rp5 jt)</span>" in board
    assert "BLK Rp1,25 jt" in board and "Belum disebut Rp3 jt" in board


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"amount": "banyak"}, "“banyak” belum jelas"),
        ({"amount": "2 jt", "amount_low": "3 jt"}, "Urutannya"),
        ({"amount_low": "3 jt"}, "Tulis juga nilai perkiraannya"),
    ],
)
def test_what_is_not_clear_is_refused_in_words(sari: Person, fields: dict[str, str], said: str) -> None:
    refused = sari.post(
        "notes", note_id="6a0f0000-0000-4000-8000-000000000001", block=COSTS, text="A", **fields
    )

    assert refused.status_code == 422
    assert said in refused.json()["message"]


def test_an_amount_that_others_set_meanwhile_stays_when_somebody_changes_words(sari: Person) -> None:
    path = f"notes/{sari.add('Bahan', COSTS)['id']}"
    sari.post(path, base_version=1, text="Bahan", amount="2 jt", amounts_were="//")
    words = sari.post(path, base_version=1, text="Bahan las", amounts_were="//").json()["note"]
    before = sari.post(path, base_version=2, text="Bahan las", side="blk").json()["note"]
    cleared = sari.post(path, base_version=2, text="Bahan las", amounts_were="2000000//").json()["note"]

    assert [amounts(note)[1] for note in (words, before, cleared)] == [2_000_000, 2_000_000, None]


def test_a_changed_amount_is_in_the_history_and_can_be_undone(sari: Person) -> None:
    path = f"notes/{sari.add('Bahan', COSTS, amount='1 jt')['id']}"
    sari.post(path, base_version=1, text="Bahan", amount="2 jt", amounts_were="1000000//")
    history = sari.http.get(f"/canvases/{sari.canvas_id}/history").text
    undone = sari.post("undo").json()

    assert "Mengubah nilai “Bahan” dari Rp1.000.000 menjadi Rp2.000.000" in history
    assert "Rp1.000.000" in sari.board() and undone


def test_programs_read_and_set_amounts_and_leave_them_alone(sari: Person, room: Room) -> None:
    note = sari.add("Bahan", COSTS, amount="1 jt")
    url = f"/api/canvases/{sari.canvas_id}/ops"

    def edit(number: int, **fields: object) -> dict[str, Any]:
        op = {"op_id": f"6a0f0000-0000-4000-8000-00000000000{number}", "kind": "edit", "note_id": note["id"]}
        answer = room.facilitator.post(url, json={**op, "base_version": 1, **fields}, headers=room.bearer())
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()["note"]
        return changed

    assert amounts(edit(1, side="blk"))[1] == 1_000_000
    assert amounts(edit(2, amount=5, amount_low=4, amount_high=6)) == (4, 5, 6)
    assert amounts(edit(3, amount=None, amount_low=None, amount_high=None)) == (None, None, None)


def test_only_blocks_of_money_add_up() -> None:
    blocks = {block.key: block.money for block in catalog.definition().blocks}
    canvas = canvas_of({COSTS: ["a", "b"], "channels": ["c"]}, amount=10, amount_high=15, side="joint")
    money = canvas.block(COSTS).money

    assert [key for key, has_money in blocks.items() if has_money] == ["revenue_streams", COSTS]
    assert money is not None and money.sides == (SideTotal("joint", Total(20, 20, 30)),)
    assert canvas.block("channels").money is None and canvas.block("revenue_streams").money is None
