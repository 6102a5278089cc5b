"""Bringing in a file: first it is said what will happen, then exactly that happens, once."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest
from httpx2 import Client
from sqlalchemy import event
from sqlmodel import func, select

from app.canvas.catalog import example_in_file
from app.canvas.models import Change, Note
from app.cli import main
from app.resources import CANVASES
from app.workshop.models import Participant, Workshop
from tests.export.test_archive import exported
from tests.factories import Room, fresh_browser, new_uuid, open_another, sign_up
from tests.faults.test_backups import replayed, stored
from tests.identity.hands import co_facilitator, paired
from tests.importing.bombs import MOMENT, packed, truncated, workshop, zipped


def upload(http: Client, document: bytes, name: str = "workshop.json", path: str = "/imports") -> Any:
    return http.post(path, files={"file": (name, document)})


def looked_at(http: Client, document: bytes) -> tuple[str, str]:
    """Where a file waits for a yes, and what is said there."""
    answer = upload(http, document)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"], http.get(answer.headers["location"]).text


def _marks(notes: list[dict[str, Any]], names: tuple[str, ...]) -> list[str]:
    return sorted(str([note[name] for name in names]) for note in notes)


def counts(room: Room) -> list[int]:
    with room.house.db.read() as session:
        return [
            session.exec(select(func.count()).select_from(table)).one()
            for table in (Workshop, Participant, Note, Change)
        ]


def test_first_it_is_said_what_will_happen_then_it_happens(room: Room) -> None:
    room.join("Sari").add("Satu")
    before, document = counts(room), exported(room)

    place, preview = looked_at(room.facilitator, json.dumps(document).encode())

    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", preview))
    assert "Lokakarya Banten" in said and "2 kanvas 1 1" in said and "Belum ada yang berubah" in said
    assert counts(room) == before
    done = room.facilitator.post(place)
    assert done.status_code == 303
    new = done.headers["location"].rsplit("/", 1)[1]
    assert new != room.workshop_id and exported(room, new) == document
    assert counts(room) == [count + more for count, more in zip(before, (1, 1, 1, 1), strict=True)]


def test_saying_yes_twice_brings_in_one_workshop(room: Room) -> None:
    place, _ = looked_at(room.facilitator, packed(workshop()))

    first, again = (room.facilitator.post(place) for _ in range(2))

    assert first.headers["location"] == again.headers["location"]
    assert room.facilitator.get(place).headers["location"] == first.headers["location"]
    assert counts(room)[0] == 2


def test_the_zip_of_everything_is_taken_as_it_is(room: Room) -> None:
    document = zipped(("lokakarya.json", packed(workshop())), ("PDF A3/1.pdf", b"%PDF"))

    _, preview = looked_at(room.facilitator, document)

    assert "Meja Las" in preview


def test_the_pdf_of_a_canvas_brings_it_back_as_a_group_of_another_workshop(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Satu\nDua 👩‍🔧 لا", segments=["2"], amount="1500000")
    pdf = room.facilitator.get(f"/canvases/{sari.canvas_id}/canvas.pdf").content
    other = open_another(room)

    answer = upload(room.facilitator, pdf, "kanvas.pdf", f"/imports/into/{other.workshop_id}")
    assert answer.status_code == 303, answer.text
    room.facilitator.post(answer.headers["location"])

    before, after = exported(room)["groups"][0], exported(room, other.workshop_id)["groups"]
    assert len(after) == 2
    assert after[1]["training_centre"] == before["training_centre"] == "BBPVP Serang"
    (was,), (now,) = before["notes"], after[1]["notes"]
    names = ("text", "block", "segments", "amount", "created_at")
    assert [now[name] for name in names] == [was[name] for name in names]


def test_what_kanvas_render_made_comes_in_with_every_mark(room: Room, tmp_path: Path) -> None:
    file, output = CANVASES / "examples/serang-petrochemical-welding.toml", tmp_path / "canvas.pdf"
    assert main(["render", str(file), "-o", str(output)]) == 0

    place, _ = looked_at(room.facilitator, output.read_bytes())
    new = room.facilitator.post(place).headers["location"].rsplit("/", 1)[1]

    example, (group,) = example_in_file(file), exported(room, new)["groups"]
    assert group["industry_partner"] == example.industry_partner
    marks = ("block", "text", "segments", "side", "evidence", "inclusion", "gives", "amount", "amount_high")
    was = [asdict(note) | {"segments": list(note.segments)} for note in example.notes]
    assert _marks(group["notes"], marks) == _marks(was, marks)


def test_a_program_imports_once_for_each_op_id(room: Room) -> None:
    path, bearer = f"/api/imports?op_id={new_uuid()}", room.bearer()

    def ask(path: str, document: bytes) -> Any:
        return room.facilitator.post(path, content=document, headers=bearer).json()

    dry = ask(f"{path}&dry_run=true", packed(workshop()))
    first, again = (ask(path, packed(workshop())) for _ in range(2))

    assert dry["workshop_id"] is None and dry["groups"][0]["notes"] == 2
    assert first["workshop_id"] == again["workshop_id"] and counts(room)[0] == 2
    for bad, code in ((b"x" * 5_300_000, "archive_too_long"), (truncated(50), "archive_damaged")):
        assert ask(path, bad)["error"] == code


def test_a_file_that_cannot_be_read_is_answered_in_words_and_changes_nothing(room: Room) -> None:
    before = counts(room)

    refused = upload(room.facilitator, truncated(60))

    assert refused.status_code == 422
    assert "rusak atau terpotong" in refused.text and 'type="file"' in refused.text
    large = upload(room.facilitator, b"x" * 5_400_000)
    assert "Berkas ini terlalu besar: paling besar 5 MB" in large.text and 'type="file"' in large.text
    assert upload(room.facilitator, b"").status_code == 422
    assert counts(room) == before


def test_everything_of_a_large_workshop_comes_in_and_a_stranger_sends_nothing_large(room: Room) -> None:
    papers = Random(1).randbytes(6_000_000)
    everything = zipped(("lokakarya.json", packed(workshop())), ("PDF A3/1.pdf", papers))

    _, preview = looked_at(room.facilitator, everything)

    assert "Belum ada yang berubah" in preview
    assert upload(fresh_browser(room.facilitator), everything).status_code in (303, 401, 403)
    assert upload(room.facilitator, b"PK\3\4" + bytes(43_000_000)).status_code == 413


def test_what_waits_is_there_for_who_brought_it_and_for_nobody_else(room: Room) -> None:
    place, _ = looked_at(room.facilitator, packed(workshop()))
    other = fresh_browser(room.facilitator)
    sign_up(other, "Fasilitator lain")

    others = (other, paired(room), co_facilitator(room), fresh_browser(room.facilitator), room.join().http)
    for http in others:
        assert http.get(place).status_code in (401, 403, 410)
        assert http.post(place).status_code in (401, 403, 410)
    assert counts(room)[0] == 1
    for wrong in ("x", "../kanvas", "a" * 43):
        assert room.facilitator.get(f"/imports/waiting/{wrong}").status_code in (404, 410)


def test_only_who_may_make_workshops_may_bring_one_in(room: Room) -> None:
    for http in (paired(room), co_facilitator(room), fresh_browser(room.facilitator), room.join().http):
        assert http.get("/imports").status_code in (401, 403)
        assert upload(http, packed(workshop())).status_code in (401, 403)


def test_what_waits_for_an_hour_is_gone(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    place, _ = looked_at(room.facilitator, packed(workshop()))
    monkeypatch.setattr("app.importing.waiting.KEPT_SECONDS", -1.0)

    assert room.facilitator.post(place).status_code == 410
    looked_at_again = upload(room.facilitator, packed(workshop()))
    assert looked_at_again.status_code == 303
    assert len(list((room.house.settings.data_dir / "cache" / "imports").iterdir())) == 0


def test_a_note_more_costs_no_statement_more_while_the_room_waits_for_the_writer(room: Room) -> None:
    asked: list[str] = []

    def statements(notes: int) -> int:
        group = {"name": "Meja", "notes": [note | {"key": f"n{n}"} for n in range(notes)]}
        place, _ = looked_at(room.facilitator, packed(workshop(groups=[group])))
        asked.clear()
        assert room.facilitator.post(place).status_code == 303
        return len(asked)

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    note = {"block": "channels", "text": "Satu ide", "created_at": MOMENT, "deleted": True}
    event.listen(room.house.db.writer, "before_cursor_execute", count)
    try:
        assert statements(40) == statements(2) > 10
    finally:
        event.remove(room.house.db.writer, "before_cursor_execute", count)


def test_the_log_tells_of_an_imported_canvas_exactly_what_stands_there(room: Room) -> None:
    note = {"block": "channels", "text": "Satu ide", "created_at": MOMENT}
    more: list[dict[str, Any]] = [{}, {"conflict_of": "n0"}, {"hidden": True}, {"deleted": True}]
    notes = [note | {"key": f"n{n}"} | each for n, each in enumerate(more)]
    place, _ = looked_at(room.facilitator, packed(workshop(groups=[{"name": "Meja", "notes": notes}])))

    room.facilitator.post(place)

    assert counts(room)[2:] == [4, 6], "four notes come, one is hidden, one deleted"
    database = room.house.settings.data_dir / "kanvas.db"
    assert replayed(database) == stored(database)
