"""Votes as the tests of voting cast them: by the forms of the board and of the desk."""

import re

from httpx2 import Response

from app.canvas.results import latest_rounds
from app.canvas.voting_models import VotingRound
from tests.factories import Person, Room, new_uuid


def open_vote(room: Room, **fields: str) -> None:
    """The host asks; every table unless `canvas` names one."""
    answer = room.on_desk("voting", **{"question": "Mana yang paling penting?", **fields})
    assert answer.status_code == 303, answer.text


def close_vote(room: Room) -> None:
    """Wherever one is open."""
    assert room.on_desk("voting/closing").status_code == 303


def round_of(room: Room, group: int = 0) -> VotingRound:
    """The latest round at a table."""
    with room.house.db.read() as session:
        return latest_rounds(session, room.workshop_id)[room.groups[group]["canvas_id"]]


def vote(room: Room, person: Person, note: str, value: bool = True, round_id: str = "") -> Response:
    """As the script of the board does."""
    there = round_id or round_of(room).id
    return person.post("votes", note_id=note, round_id=there, value="1" if value else "0")


def ballot(person: Person) -> list[str]:
    """The notes a person has voted for, as their own page tells."""
    page = person.http.get(f"/canvases/{person.canvas_id}/ballot").text
    found = re.search(r'data-votes="([^"]*)"', page)
    return found[1].split() if found else []


def host_votes(room: Room, notes: list[str], **fields: object) -> Response:
    """The host votes for somebody without a device."""
    form = {"op_id": new_uuid(), "round_id": round_of(room).id, "notes": notes, **fields}
    return room.facilitator.post(f"/canvases/{room.groups[0]['canvas_id']}/host-votes", data=form)


def shown_votes(page: str) -> dict[str, str]:
    """Note → what a board, wall or sheet says of its votes."""
    notes = re.findall(r'<li class="note" id="note-([\w-]+)".*?</li>', page, re.S)
    parts = re.split(r'<li class="note" id="note-[\w-]+"', page)[1:]
    found = {
        note: re.search(r'class="note__votes"[^>]*>([^<]+)<', part)
        for note, part in zip(notes, parts, strict=True)
    }
    return {note: match[1] for note, match in found.items() if match}
