"""A disk that fails at any step never leaves half a change (T-DUR-4)."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from app.canvas.models import Change, Note
from app.canvas.queries import canvas_revisions
from tests.factories import Person, Room, new_uuid, write

Form = dict[str, Any]


def fields(**more: Any) -> Form:
    return {"op_id": new_uuid(), **more}


def crowded(who: Person) -> str:
    """A note that has no room ahead of it, so that whatever comes there makes its neighbours step aside."""
    first, second = who.add("Pertama")["id"], who.add("Kedua")["id"]

    def squeeze(session: Session) -> None:
        before, after = (session.get_one(Note, (who.canvas_id, note)) for note in (first, second))
        after.position = before.position

    assert isinstance(who.http, TestClient)
    write(who.http, squeeze)
    return str(max(first, second))


# Each makes what it needs and says where to post what.
OPERATIONS: dict[str, Callable[[Person], tuple[str, Form]]] = {
    "add": lambda who: ("notes", fields(note_id=new_uuid(), block="channels", text="Baru")),
    "edit": lambda who: (f"notes/{who.add()['id']}", fields(base_version=1, text="Lain")),
    "merge": lambda who: (edited_elsewhere(who), fields(base_version=1, text="satu dua TIGA")),
    "keep both": lambda who: (edited_elsewhere(who), fields(base_version=1, text="HANYA dua tiga")),
    "move": lambda who: (f"notes/{who.add()['id']}/placement", fields(block="key_resources")),
    "move into a crowd": lambda who: (
        f"notes/{who.add(block='key_resources')['id']}/placement",
        fields(block="channels", before=crowded(who)),
    ),
    "delete": lambda who: (f"notes/{who.add()['id']}/deletion", fields()),
    "restore": lambda who: (f"notes/{after(who, 'deletion')}/restoration", fields()),
    "hide": lambda who: (f"notes/{who.add()['id']}/hiding", fields()),
    "show": lambda who: (f"notes/{after(who, 'hiding')}/showing", fields()),
}


def edited_elsewhere(who: Person) -> str:
    note = who.add("satu dua tiga")["id"]
    who.post(f"notes/{note}", base_version=1, text="SATU dua tiga")
    return f"notes/{note}"


def after(who: Person, verb: str) -> str:
    note = str(who.add()["id"])
    assert who.post(f"notes/{note}/{verb}").status_code == 200
    return note


@contextmanager
def disk_that_fails(room: Room, at: int) -> Iterator[list[str]]:
    """The writer's statement number `at` fails, counted from 1; the list gets what was tried up to then."""
    tried: list[str] = []

    def fail(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        tried.append(statement)
        if len(tried) == at:
            raise OperationalError(statement, {}, sqlite3.OperationalError("disk I/O error"))

    event.listen(room.house.db.writer, "before_cursor_execute", fail)
    try:
        yield tried
    finally:
        event.remove(room.house.db.writer, "before_cursor_execute", fail)


def everything(room: Room, person: Person) -> object:
    """All rows a change may touch."""
    with room.house.db.read() as session:
        revisions = canvas_revisions(session, person.canvas_id)
        changes = session.exec(select(Change).where(Change.canvas_id == person.canvas_id)).all()
        notes = session.connection().exec_driver_sql("SELECT * FROM note ORDER BY id").all()
    return revisions, [change.model_dump() for change in changes], [tuple(note) for note in notes]


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_statement_that_fails_changes_nothing_and_trying_again_works_once(room: Room, name: str) -> None:
    host = room.host()
    failed: set[str] = set()
    for at in range(1, 30):
        path, form = OPERATIONS[name](host)
        before = everything(room, host)
        with disk_that_fails(room, at) as tried:
            response = host.post(path, **form)
        if len(tried) < at:
            assert response.status_code == 200, response.text
            break
        assert response.status_code == 503, (tried[-1], response.text)
        assert response.headers["retry-after"]
        assert everything(room, host) == before, f"half done when this failed: {tried[-1]}"
        failed.add(tried[-1].split()[0])
        again = host.post(path, **form)
        assert again.status_code == 200, again.text
        assert host.post(path, **form).json() == again.json()
    else:
        pytest.fail("it never came to an end")
    assert failed >= {"BEGIN", "SELECT", "INSERT"}
