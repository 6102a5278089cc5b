"""Voting: a budget for each person, no counts before the end, results that stay with the canvas."""

import random
import re

import pytest
from sqlmodel import select

from app.canvas.models import Change, Note
from app.canvas.voting_models import Vote
from app.workshop.models import Participant
from tests.canvas.ballots import ballot, close_vote, host_votes, open_vote, round_of, shown_votes, vote
from tests.factories import Person, Room, new_uuid

ASKED = "Mana yang paling penting?"


@pytest.fixture
def sari(room: Room) -> Person:
    return room.join("Sari Dewi")


def notes_of(person: Person, count: int = 4) -> list[str]:
    return [str(person.add(f"Ide {number}")["id"]) for number in range(count)]


def votes_in(room: Room) -> list[Vote]:
    with room.house.db.read() as session:
        return list(session.exec(select(Vote)))


def test_a_vote_is_asked_on_every_board_and_the_notes_can_be_pressed(room: Room, sari: Person) -> None:
    note = sari.add("Bursa kerja")["id"]
    assert 'class="vote"' not in sari.board() and ASKED not in sari.board()

    open_vote(room)

    board = sari.board()
    assert ASKED in board and f'name="note_id" value="{note}"' in board and "sisa 3 dari 3" in board
    assert ASKED in room.join("Budi", group=1).board()


def test_votes_are_counted_down_and_given_back(room: Room, sari: Person) -> None:
    first, second, *_ = notes_of(sari)
    open_vote(room)

    assert vote(room, sari, first).json()["votes"] == [first]
    assert vote(room, sari, second).json()["votes"] == [first, second]
    assert "sisa 1 dari 3" in sari.board()
    assert vote(room, sari, first, value=False).json()["votes"] == [second]
    assert "sisa 2 dari 3" in sari.board()


def test_a_state_is_set_and_never_toggled(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)

    for value, expected in ((True, [note]), (True, [note]), (False, []), (False, [])):
        assert vote(room, sari, note, value=value).json()["votes"] == expected


def test_without_scripts_a_vote_leads_back_to_its_note(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)
    form = {"note_id": note, "round_id": round_of(room).id, "value": "1"}

    answer = sari.http.post(f"/canvases/{sari.canvas_id}/votes", data=form)

    assert answer.headers["location"] == f"/canvases/{sari.canvas_id}?block=channels#note-{note}"
    assert f'form="unvote" name="note_id" value="{note}"' in sari.board()


def test_nobody_votes_more_than_the_budget(room: Room, sari: Person) -> None:
    notes = notes_of(sari)
    open_vote(room, budget="2")
    assert [vote(room, sari, note).status_code for note in notes] == [200, 200, 422, 422]

    refusal = vote(room, sari, notes[2]).json()
    assert refusal["error"] == "votes_spent" and ballot(sari) == notes[:2]


def test_only_the_notes_of_the_block_in_question_can_be_voted_for(room: Room, sari: Person) -> None:
    here, there = sari.add("Di sini")["id"], sari.add("Di sana", block="key_resources")["id"]
    open_vote(room, block="channels")

    assert vote(room, sari, here).status_code == 200
    assert vote(room, sari, there).json()["error"] == "not_in_this_vote"
    assert sari.board().count('class="vote"') == 1
    # It keeps its votes when it moves on, and they can still be withdrawn.
    sari.post(f"notes/{here}/placement", block="key_resources")
    assert ballot(sari) == [here]
    assert vote(room, sari, here, value=False).json()["votes"] == []


def test_votes_for_what_is_gone_do_not_count_and_can_be_given_again(room: Room, sari: Person) -> None:
    one, two, three, four = notes_of(sari)
    open_vote(room)
    for note in (one, two, three):
        vote(room, sari, note)

    sari.post(f"notes/{one}/deletion")
    assert ballot(sari) == [two, three]
    assert vote(room, sari, four).json()["votes"] == [two, three, four]
    # The vote went on to another note: brought back, the note does not have it any more.
    sari.post(f"notes/{one}/restoration")
    assert ballot(sari) == [two, three, four]

    room.host().post(f"notes/{two}/hiding")
    assert vote(room, sari, two).status_code == 410
    room.host().post(f"notes/{two}/showing")
    assert ballot(sari) == [two, three, four], "nothing was given instead, so it is as it was"


def test_neighbours_facilitators_and_those_sent_out_do_not_vote(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)
    budi = room.join("Budi", group=1)

    neighbour = Person(budi.http, sari.canvas_id, "Budi")
    assert vote(room, neighbour, note, round_id=round_of(room).id).status_code == 403
    assert vote(room, room.host(), note).json()["error"] == "not_at_this_table"
    assert votes_in(room) == []


def test_a_vote_that_comes_too_late_is_refused_for_good(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)
    late = round_of(room).id
    close_vote(room)

    answer = vote(room, sari, note, round_id=late)
    assert answer.status_code == 410 and answer.json()["error"] == "voting_closed"
    # And it is no vote in the round that comes next.
    open_vote(room)
    assert vote(room, sari, note, round_id=late).status_code == 410
    assert votes_in(room) == []


def test_results_stand_on_the_notes_once_it_is_closed_and_leave_with_the_next_round(
    room: Room, sari: Person
) -> None:
    first, second, _, _ = notes_of(sari)
    budi = room.join("Budi")
    open_vote(room)
    for person, note in ((sari, first), (sari, second), (budi, first)):
        vote(room, person, note)
    assert shown_votes(sari.board()) == {}

    close_vote(room)

    expected = {first: "2 suara", second: "1 suara"}
    assert shown_votes(sari.board()) == expected
    assert shown_votes(sari.http.get(f"/canvases/{sari.canvas_id}/print").text) == expected
    assert 'class="vote"' not in sari.board()
    open_vote(room, question="Mana yang paling berisiko?")
    assert shown_votes(sari.board()) == {}
    # What came of the earlier one is still to be read.
    page = sari.http.get(f"/canvases/{sari.canvas_id}/results").text
    assert ASKED in page and "2 suara" in page


def test_a_vote_closed_too_early_goes_on_where_it_was(room: Room, sari: Person) -> None:
    first, second, *_ = notes_of(sari)
    open_vote(room)
    vote(room, sari, first)
    close_vote(room)

    room.on_desk("voting/reopening", canvas=sari.canvas_id)

    assert shown_votes(sari.board()) == {} and ballot(sari) == [first]
    vote(room, sari, second)
    close_vote(room)
    assert shown_votes(sari.board()) == {first: "1 suara", second: "1 suara"}


def test_equal_votes_are_ties_and_share_their_place(room: Room, sari: Person) -> None:
    notes = notes_of(sari, 3)
    people = [sari, room.join("Budi"), room.join("Citra")]
    open_vote(room)
    for person, chosen in zip(people, (notes[:3], notes[:2], notes[1:2]), strict=True):
        for note in chosen:
            vote(room, person, note)
    vote(room, people[2], notes[0])
    close_vote(room)

    page = sari.http.get(f"/canvases/{sari.canvas_id}/results").text

    assert re.findall(r'class="ranks__no">(\d+)<', page) == ["1", "1", "3"]
    assert page.count("<b>seri</b>") == 2


def test_names_are_shown_only_after_a_round_that_said_so(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    for named in ("", "1"):
        open_vote(room, **({"named": named} if named else {}))
        vote(room, sari, note)
        before = sari.http.get(f"/canvases/{sari.canvas_id}/results").text
        assert "Sari Dewi" not in before
        close_vote(room)
        after = sari.http.get(f"/canvases/{sari.canvas_id}/results").text
        assert ("Sari Dewi" in after) == bool(named)
    room.on_desk("scene", kind="votes", group=room.groups[0]["id"])
    assert "Sari Dewi" not in room.facilitator.get(room.projector()).text, "never on the wall"


def test_the_host_votes_for_somebody_without_a_device_and_it_says_so(room: Room, sari: Person) -> None:
    first, second, third, _ = notes_of(sari)
    open_vote(room)
    assert host_votes(room, [first, second], name="Pak Hasan").status_code == 303

    assert "1 Anda catat" in room.desk() and "1 dari 2 sudah memberi suara" in room.desk()
    hasan = next(one for one in people_in(room) if one.name == "Pak Hasan")
    # Again for the same person: in the place of what was entered before.
    assert host_votes(room, [second, third], participant_id=hasan.id).status_code == 303
    assert sorted(one.note_id for one in votes_in(room)) == sorted([second, third])
    close_vote(room)
    page = sari.http.get(f"/canvases/{sari.canvas_id}/results").text
    assert page.count("1 dicatat fasilitator") == 2


def test_what_the_host_enters_is_within_the_budget_or_not_at_all(room: Room, sari: Person) -> None:
    notes = notes_of(sari)
    open_vote(room, budget="2")

    answer = host_votes(room, notes[:3], name="Pak Hasan")

    assert answer.status_code == 422 and "Semua suara sudah diberikan" in answer.text
    assert "Pak Hasan" in answer.text and answer.text.count(" checked") == 3, "as it was typed"
    assert votes_in(room) == [] and [one.name for one in people_in(room)] == ["Sari Dewi"]


def people_in(room: Room) -> list[Participant]:
    with room.house.db.read() as session:
        return list(session.exec(select(Participant)))


def test_the_same_form_twice_counts_once(room: Room, sari: Person) -> None:
    notes = notes_of(sari, 2)
    open_vote(room)
    op_id = new_uuid()
    hasan = people_in(room)[0].id

    for _ in range(2):
        host_votes(room, notes, op_id=op_id, participant_id=hasan)

    assert len(votes_in(room)) == 2


def test_undo_passes_votes_over_and_the_history_does_not_tell_them(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)
    vote(room, sari, note)

    history = sari.http.get(f"/canvases/{sari.canvas_id}/history").text
    assert f"Membuka pemberian suara: “{ASKED}”" in history and history.count("Ide 0") == 1
    assert sari.post("undo").json()["note"]["deleted"] is True, "the note, not the vote"
    close_vote(room)
    assert f"Menutup pemberian suara “{ASKED}”" in sari.http.get(f"/canvases/{sari.canvas_id}/history").text
    assert room.host().post("undo").json()["error"] == "nothing_to_undo"


def test_returning_to_a_version_leaves_the_result_as_it_is(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)
    vote(room, sari, note)
    close_vote(room)
    sari.post(f"notes/{note}", base_version=1, text="Lain")

    assert sari.http.post(
        f"/canvases/{sari.canvas_id}/reinstatement", data={"op_id": new_uuid(), "revision": "1"}
    ).status_code in (200, 303)

    assert "Ide 0" in sari.board() and shown_votes(sari.board()) == {note: "1 suara"}


def test_tables_that_are_voting_go_on_when_all_are_asked(room: Room, sari: Person) -> None:
    open_vote(room, canvas=room.groups[0]["canvas_id"], question="Pertanyaan sendiri")
    open_vote(room)

    assert round_of(room, 0).question == "Pertanyaan sendiri"
    assert round_of(room, 1).question == ASKED
    assert room.on_desk("voting", question="Lagi", canvas=room.groups[0]["canvas_id"]).status_code == 422


@pytest.mark.parametrize(
    "form", [{"question": " "}, {"question": "x" * 161}, {"budget": "0"}, {"budget": "21"}, {"block": "x"}]
)
def test_what_cannot_be_asked_is_refused(room: Room, form: dict[str, str]) -> None:
    answer = room.on_desk("voting", **{"question": ASKED, **form})
    assert answer.status_code in (413, 422)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_nobody_has_more_votes_than_the_budget(room: Room, seed: int) -> None:
    """Against a model: what each person was told they have, notes that come and go, two rounds."""
    rng = random.Random(seed)
    people = [room.join(f"Orang {number}") for number in range(3)]
    notes = notes_of(people[0], 5)
    for budget in (2, 3):
        open_vote(room, budget=str(budget))
        told: dict[str, list[str]] = {person.name: [] for person in people}
        for _ in range(40):
            person, note = rng.choice(people), rng.choice(notes)
            deed = rng.choice(["vote", "vote", "vote", "withdraw", "delete", "restore"])
            if deed in ("delete", "restore"):
                person.post(
                    f"notes/{note}/{deed.replace('delete', 'deletion').replace('restore', 'restoration')}"
                )
                told = {one.name: ballot(one) for one in people}
                continue
            answer = vote(room, person, note, value=deed == "vote")
            if answer.status_code == 200:
                told[person.name] = answer.json()["votes"]
            assert ballot(person) == told[person.name] and len(told[person.name]) <= budget
        close_vote(room)
        shown = {note: int(words.split()[0]) for note, words in shown_votes(people[0].board()).items()}
        counted = {note: sum(note in votes for votes in told.values()) for note in notes}
        assert shown == {note: count for note, count in counted.items() if count}


def test_a_vote_is_an_operation_of_the_log_and_leaves_its_note_as_it_is(room: Room, sari: Person) -> None:
    (note,) = notes_of(sari, 1)
    open_vote(room)
    before = logged(room)

    vote(room, sari, note)

    (change,) = logged(room)[len(before) :]
    assert change.kind == "vote" and change.before == change.after and change.note_id == note
    with room.house.db.read() as session:
        assert session.get_one(Note, (sari.canvas_id, note)).votes == 0


def logged(room: Room) -> list[Change]:
    with room.house.db.read() as session:
        canvas_id = room.groups[0]["canvas_id"]
        found = select(Change).where(Change.canvas_id == canvas_id).order_by(Change.revision)  # type: ignore[arg-type]
        return list(session.exec(found))
