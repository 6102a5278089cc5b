"""Steps of a follow-up plan, for tests."""

from typing import Any

from httpx2 import Response

from tests.factories import Person, new_uuid


def add(who: Person, text: str = "TNA ke 5 perusahaan", **said: str) -> dict[str, Any]:
    answer = who.post("follow-up-plan", note_id=new_uuid(), text=text, **said)
    assert answer.status_code == 200, answer.text
    note: dict[str, Any] = answer.json()["note"]
    return note


def edit(who: Person, step: dict[str, Any], version: int = 1, **said: str) -> Response:
    form = {name: step.get(name, "") for name in ("text", "output", "centre_owner", "due_on", "status")}
    return who.post(f"follow-up-plan/{step['id']}", base_version=version, **form | said)
