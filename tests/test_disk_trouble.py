"""A disk that takes nothing more: everybody is asked to try again, nobody is told that it was saved."""

from sqlmodel import Session

from tests.factories import Person, Room, new_uuid, write

LONG = "x" * 2000


def fill_the_disk(room: Room, person: Person) -> None:
    def no_more_pages(session: Session) -> None:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    write(room.facilitator, no_more_pages)
    for _ in range(20):
        if person.post("notes", note_id=new_uuid(), block="channels", text=LONG).status_code != 200:
            return
    raise AssertionError("the disk does not get full")


def test_a_full_disk_asks_scripts_programs_and_browsers_to_try_again(room: Room) -> None:
    sari, token = room.join(), room.bearer()
    fill_the_disk(room, sari)
    form = {"op_id": new_uuid(), "note_id": new_uuid(), "block": "channels", "text": LONG}
    op = {"op_id": new_uuid(), "kind": "add", "note_id": new_uuid(), "block": "channels", "text": LONG}

    script = sari.http.post(
        f"/canvases/{sari.canvas_id}/notes", data=form, headers={"accept": "application/json"}
    )
    program = room.facilitator.post(f"/api/canvases/{sari.canvas_id}/ops", json=op, headers=token)
    browser = sari.http.post(f"/canvases/{sari.canvas_id}/notes", data=form)

    for answer in (script, program, browser):
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
    assert script.json()["error"] == "storage_unavailable"
    assert "text/html" in browser.headers["content-type"]
    assert sari.board()
