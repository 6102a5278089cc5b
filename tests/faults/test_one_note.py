"""Many people correct one note at once, all from an old version: nobody's word is lost (T-CON-1)."""

import asyncio
import random
from typing import Any

import httpx2
import pytest

from bench.room import Guest, Room
from bench.server import Product
from tests.factories import new_uuid

BEGINNING = "siswa magang di bengkel mitra selama tiga bulan lalu dinilai bersama"
ROUNDS = 6


async def save(http: httpx2.AsyncClient, guest: Guest, note: dict[str, Any], text: str) -> dict[str, Any]:
    """As the board's form saves an edit."""
    form = {"op_id": new_uuid(), "base_version": note["version"], "text": text}
    answer = await http.post(
        f"/canvases/{guest.canvas}/notes/{note['id']}",
        data=form,
        headers={"accept": "application/json", **guest.headers},
    )
    assert answer.status_code == 200, answer.text
    saved: dict[str, Any] = answer.json()["note"]
    return saved


def with_word(text: str, word: str, rng: random.Random) -> str:
    words = text.split(" ")
    words.insert(rng.randint(0, len(words)), word)
    return " ".join(words)


@pytest.mark.parametrize("people", [2, 5, 20])
async def test_everything_everybody_wrote_stands_in_some_note(
    server: Product, block_key: str, people: int
) -> None:
    rng = random.Random(people)
    async with (
        Room(server.url, server.facilitator_token) as room,
        httpx2.AsyncClient(base_url=server.url, timeout=30) as http,
    ):
        guests = await room.join(people)
        (opened,) = await room.write(guests[0], [BEGINNING], block_key)
        written = set()
        for turn in range(ROUNDS):
            words = [f"kata-{turn}-{number}" for number in range(people)]
            texts = [with_word(opened["text"], word, rng) for word in words]
            saved = await asyncio.gather(
                *(save(http, guest, opened, text) for guest, text in zip(guests, texts, strict=True))
            )
            written |= set(words)
            merged = [note for note in saved if note["conflict_of"] is None]
            # Everybody opens the editor again, but mostly not with what was saved last.
            opened = rng.choice(merged or [opened])
        notes = (await room.snapshot(room.canvases[0]))["notes"]
    shown = " ".join(note["text"] for note in notes).split()
    assert written <= set(shown), written - set(shown)
    assert {BEGINNING.split()[0], BEGINNING.split()[-1]} <= set(shown)
    assert len(notes) < 1 + ROUNDS * people, "nothing was ever merged"
