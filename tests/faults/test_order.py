"""Everybody sees notes in the same order, however often people squeeze one in between (T-CON-4)."""

import asyncio
import random
from collections.abc import Iterable
from typing import Any

import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.faults.streams import Stream, log_path, reaches
from tests.faults.test_slow_readers import holds

SQUEEZED = 80  # halving any gap so often leaves no number between two notes


async def replayed(room: Room) -> dict[str, dict[str, Any]]:
    """The canvas as a program knows it that has followed the log from the start."""
    notes: dict[str, dict[str, Any]] = {}
    while page := (await room.changes(room.canvases[0], max_rev(notes))).json()["changes"]:
        for change in page:
            notes[change["note_id"]] = (change["note"] or {}) | {"rev": change["rev"]}
    return {note_id: note for note_id, note in notes.items() if "text" in note}


def max_rev(notes: dict[str, dict[str, Any]]) -> int:
    return max((note["rev"] for note in notes.values()), default=0)


def texts_in_order(notes: list[dict[str, Any]]) -> list[str]:
    return [note["text"] for note in sorted(notes, key=lambda note: (note["position"], note["id"]))]


async def test_notes_squeezed_into_one_spot_stay_in_order_for_those_who_follow_the_log(
    server: Product, block_key: str
) -> None:
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(4)
        last = (await room.write(guests[0], ["last"], block_key))[0]
        for number in range(SQUEEZED):
            guest = guests[number % len(guests)]
            text = f"number {number}"
            answer = await room.change(guest, "add", block=block_key, text=text, before=last["id"])
            assert answer.status_code == 200, answer.text
        wanted = [f"number {number}" for number in range(SQUEEZED)] + ["last"]
        assert texts_in_order((await room.snapshot(room.canvases[0]))["notes"]) == wanted
        assert texts_in_order(list((await replayed(room)).values())) == wanted


async def test_a_restored_note_and_the_one_that_took_its_place_stay_in_order(
    server: Product, block_key: str
) -> None:
    async with Room(server.url, server.facilitator_token) as room:
        (guest,) = await room.join(1)
        for _ in range(4):  # ids decide between equal positions, so one try proves little
            (gone,) = await room.write(guest, ["gone and back"], block_key)
            await room.change(guest, "delete", gone["id"])
            await room.write(guest, ["took its place"], block_key)
            await room.change(guest, "restore", gone["id"])
            await room.change(guest, "add", block=block_key, text="ahead of it", before=gone["id"])
        snapshot = texts_in_order((await room.snapshot(room.canvases[0]))["notes"])
        assert texts_in_order(list((await replayed(room)).values())) == snapshot


def order(notes: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """The ids in every block, top to bottom."""
    blocks: dict[str, list[str]] = {}
    for note in sorted(notes, key=lambda note: (note["position"], note["id"])):
        blocks.setdefault(note["block"], []).append(note["id"])
    return blocks


async def drag(room: Room, guest: Guest, notes: list[str], block_names: list[str], times: int) -> None:
    """Mostly to one spot, sometimes anywhere."""
    rng = random.Random(guest.token)
    for _ in range(times):
        block, before = block_names[0], notes[0]
        if rng.random() < 0.2:
            block, before = rng.choice(block_names), rng.choice(notes)
        answer = await room.change(guest, "move", rng.choice(notes[1:]), block=block, before=before)
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("people", "times"), [(8, 25), pytest.param(20, 100, marks=pytest.mark.nightly)], ids=["8", "20"]
)
async def test_everybody_sees_one_order_however_many_drag_the_same_notes(
    server: Product, block_names: list[str], people: int, times: int
) -> None:
    async with Room(server.url, server.facilitator_token) as room:
        guests = await room.join(people)
        written = await room.write(guests[0], list(map(str, range(12))), block_names[0])
        notes = [note["id"] for note in written]
        stream = await Stream(server.port, log_path(guests[0]), guests[0]).open()
        following = asyncio.create_task(stream.follow())
        await asyncio.gather(*(drag(room, guest, notes, block_names, times) for guest in guests))
        snapshot = await room.snapshot(room.canvases[0])
        await holds(lambda: any(map(reaches(snapshot["rev"]), stream.seen)), 20)
        stream.close()
        await following
        shown = order(snapshot["notes"])
        live = {
            change["note_id"]: change["note"] for change in (m.told for m in stream.seen if m.kind == "op")
        }
        assert sorted(note for block in shown.values() for note in block) == sorted(notes)
        assert order(live.values()) == shown
        assert order((await replayed(room)).values()) == shown
