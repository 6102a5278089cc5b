"""A workshop as a file: out and in again, and what a file from elsewhere may not do."""

import json
import re
from base64 import b64encode
from typing import Any

import pytest
from sqlmodel import select

from app import errors
from app.canvas.models import Note
from app.export import archive
from app.identity.queries import facilitator_to_act
from app.importing.archives import import_workshop, read_archive
from app.workshop.models import Workshop
from tests.canvas.ballots import close_vote, host_votes, open_vote, vote
from tests.canvas.planning import add
from tests.factories import Room, write
from tests.photograph.pictures import add as photographed
from tests.photograph.pictures import taken, taken_by_a_phone


def exported(room: Room, wanted: str = "") -> Any:
    with room.house.db.read() as session:
        document = archive.export_workshop(session, wanted or room.workshop_id)
    return json.loads(document.model_dump_json())


def imported(room: Room, document: Any) -> str:
    def add(session: Any) -> str:
        facilitator = facilitator_to_act(session, None)
        return import_workshop(session, read_archive(json.dumps(document).encode()), facilitator.id).id

    return write(room.facilitator, add)


def test_what_goes_out_comes_in_again_under_new_ids(room: Room) -> None:
    sari = room.join("Sari", side="blk", institution="BLK Lebak")
    sari.add("Satu", segments=["2"], assumption="on")
    hidden, gone = sari.add("Tersembunyi"), sari.add("Terhapus")
    room.host().post(f"notes/{hidden['id']}/hiding")
    sari.post(f"notes/{gone['id']}/deletion")
    before = exported(room)

    new = imported(room, before)

    assert new != room.workshop_id
    assert exported(room, new) == before
    with room.house.db.read() as session:
        old_code, new_code = (session.get_one(Workshop, one).join_code for one in (room.workshop_id, new))
    assert old_code != new_code


def test_what_was_said_goes_along_with_its_note_its_replies_and_what_became_of_it(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    note, gone = sari.add("Satu")["id"], sari.add("Terhapus")["id"]
    said = {}
    for name, place in (("a", f"notes/{note}"), ("b", "blocks/channels"), ("c", f"notes/{gone}")):
        answer = sari.post(f"{place}/comments", kind="suggest", text=f"Usul {name}")
        said[name] = answer.json()["comment"]["id"]
    budi.post(f"comments/{said['a']}/replies", text="Setuju")
    room.host().post("blocks/channels/comments", kind="like", text="ringkas")
    for name, deed in (("a", "resolve"), ("b", "withdraw")):
        sari.post(f"comments/{said[name]}", deed=deed)
    room.host().post(f"comments/{said['c']}", deed="hide")
    sari.post(f"notes/{gone}/deletion")
    before = exported(room)

    new = imported(room, before)

    assert len(before["groups"][0]["comments"]) == 5
    assert exported(room, new) == before


@pytest.mark.parametrize("wrong", [{"note": "n9"}, {"reply_to": "c9"}, {"note": None}, {"block": "dapur"}])
def test_a_comment_about_nothing_is_refused_with_the_whole_file(room: Room, wrong: dict[str, Any]) -> None:
    sari = room.join()
    note = sari.add()["id"]
    sari.post(f"notes/{note}/comments", kind="ask", text="Kapan?")
    document = exported(room)
    document["groups"][0]["comments"][0] |= {"note": None, **wrong} if "block" in wrong else wrong

    with pytest.raises(errors.Refused):
        imported(room, document)


def test_votes_come_along_once_they_are_counted_and_names_where_they_were_to_be_shown(room: Room) -> None:
    sari, budi = room.join("Sari"), room.join("Budi")
    first, second = sari.add("Satu")["id"], sari.add("Dua")["id"]
    open_vote(room, question="Tanpa nama?")
    for person in (sari, budi):
        vote(room, person, first)
    close_vote(room)
    open_vote(room, question="Dengan nama?", named="1", block="channels")
    vote(room, sari, second)
    host_votes(room, [second], name="Pak Hasan")
    open_round = exported(room)["groups"][0]["voting"]
    close_vote(room)
    before = exported(room)

    new = imported(room, before)

    assert [each["question"] for each in open_round] == ["Tanpa nama?"]
    anonymous, named = before["groups"][0]["voting"]
    assert [(each["votes"], each["voters"]) for each in anonymous["votes"]] == [(2, [])]
    assert [(each["votes"], each["by_host"], len(each["voters"])) for each in named["votes"]] == [(2, 1, 2)]
    assert exported(room, new) == before
    with room.house.db.read() as session:
        counted = session.exec(select(Note).where(Note.text == "Dua", Note.votes == 2)).all()
    assert len({note.canvas_id for note in counted}) == 2, "it stands on the notes there too"


def test_photographs_go_along_and_what_is_more_than_a_picture_stays_out(room: Room) -> None:
    photographed(room, taken(), taken((300, 200)), caption="Pleno")
    before = exported(room)

    assert exported(room, imported(room, before)) == before
    assert [each["caption"] for each in before["photographs"]] == ["Pleno"] * 2
    for wrong in (b64encode(taken_by_a_phone()).decode(), b64encode(taken()).decode(), "bukan", "§"):
        before["photographs"][0]["jpeg"] = wrong
        with pytest.raises(errors.Invalid) as refused:
            read_archive(json.dumps(before).encode())
        assert refused.value.params["place"] == "photographs.0.jpeg"


def test_a_time_without_a_zone_is_refused_with_its_place(room: Room) -> None:
    room.join().add()
    document = exported(room)
    document["groups"][0]["notes"][0]["created_at"] = "2024-09-10T08:00:00"

    with pytest.raises(errors.Invalid) as refused:
        imported(room, document)

    assert refused.value.params["place"] == "groups.0.notes.0.created_at"


def test_the_agenda_goes_along_as_its_host_left_it_and_an_old_file_brings_none(room: Room) -> None:
    first, second = re.findall(
        r'id="step-(\w+)"', room.facilitator.get(f"/workshops/{room.workshop_id}/agenda").text
    )[:2]
    room.on_desk(f"agenda/steps/{second}/placement", before=first)
    room.on_desk(f"agenda/steps/{first}/skipping", skip="1")
    room.on_desk("agenda/start", day="1", start="9.15")
    before = exported(room)
    assert before["agenda"]["starts"] == [555] and len(before["agenda"]["steps"]) == 27
    assert before["agenda"]["steps"][1]["skipped"]

    assert exported(room, imported(room, before)) == before
    old = {**before, "agenda": None}
    assert exported(room, imported(room, old))["agenda"] == {"starts": [], "steps": []}
    for wrong in ({"minutes": 0}, {"stage": "siesta"}, {"day": 0}, {"title": {"id": "", "en": ""}}):
        steps = [{**before["agenda"]["steps"][0], **wrong}]
        with pytest.raises(errors.Invalid):
            imported(room, {**before, "agenda": {"starts": [480], "steps": steps}})


def test_a_follow_up_plan_goes_along_step_by_step(room: Room) -> None:
    sari = room.join("Sari")
    said = {"due_on": "2024-10-10", "status": "done", "linked_block": "channels", "partner_owner": "HRD"}
    add(sari, "Draf PKS", output="Isi disepakati", centre_owner="Balai", **said)
    add(sari, "Rapat", resources="Ruang", indicator="Hadir")
    before = exported(room)

    new = imported(room, before)

    assert before["groups"][0]["notes"][0]["due_on"] == "2024-10-10"
    assert exported(room, new) == before
