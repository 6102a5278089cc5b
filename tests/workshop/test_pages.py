"""A block shown large is divided into pages that a beamer can show, without a note too few or twice."""

import re
from itertools import chain

import pytest

from app.canvas.catalog import definition, examples
from app.canvas.drawing import block_view, note_view
from app.canvas.example_views import example_canvas
from app.canvas.models import Note
from app.canvas.views import BlockView
from app.workshop.pages import pages
from tests.factories import Room

WORDS = 90 * "a"


def block(key: str, *texts: str, gives: str = "") -> BlockView:
    """A block with these notes."""
    notes = [
        Note(canvas_id="c", id=str(n), block=key, text=text, gives=gives, position=n)
        for n, text in enumerate(texts)
    ]
    views = [note_view(note) for note in notes]
    return block_view(definition(), definition().block(key), "id", views)


def sizes(shown: BlockView) -> list[int]:
    return [len(page) for page in pages(shown)]


@pytest.mark.parametrize("key", [block.key for block in definition().blocks])
@pytest.mark.parametrize("texts", [[], ["satu"], 40 * [WORDS], ["satu", 2000 * "a", WORDS, 300 * "\n"] * 5])
def test_every_note_is_on_exactly_one_page_in_order(key: str, texts: list[str]) -> None:
    shown = block(key, *texts)
    each = pages(shown)
    assert tuple(chain.from_iterable(each)) == shown.notes
    assert len(each) == 1 or all(each)


def test_a_block_of_more_height_shows_more() -> None:
    tall, half = (sizes(block(key, *20 * [WORDS])) for key in ("value_propositions", "channels"))
    assert tall[0] == 4
    assert half[0] == 2


def test_what_a_partner_gives_takes_room_too() -> None:
    bare, trading = (sizes(block("key_partnerships", *12 * ["BLK"], gives=gives)) for gives in ("", WORDS))
    assert bare[0] > trading[0]


def test_a_very_long_note_leaves_room_for_others() -> None:
    assert sizes(block("value_propositions", 2000 * "a", "satu", "dua"))[0] == 3


def test_most_blocks_of_the_examples_need_no_pages() -> None:
    blocks = [block for example in examples() for block in example_canvas(example, definition(), "id").blocks]
    assert sum(len(pages(block)) == 1 for block in blocks) > 0.9 * len(blocks)


def shown(room: Room, page: int) -> list[str]:
    """The notes with words on the wall, and the page it says."""
    room.on_desk("scene", kind="block", group=room.groups[0]["id"], block="channels", page=str(page))
    large = (
        room.facilitator.get(room.projector()).text.split("data-focused>")[1].split('<div class="cell"')[0]
    )
    return re.findall(r"Ide \d+|Halaman \d+ dari \d+", large)


def test_the_desk_turns_the_pages_of_the_wall(room: Room) -> None:
    sari = room.join("Sari")
    for number in range(1, 9):
        sari.add(f"Ide {number} {70 * 'a'}")

    assert shown(room, 1) == ["Ide 1", "Ide 2", "Halaman 1 dari 4"]
    assert shown(room, 3) == ["Ide 5", "Ide 6", "Halaman 3 dari 4"]
    assert 'value="3" aria-label="Halaman 3" aria-pressed="true"' in room.desk()
    assert shown(room, 9) == ["Ide 7", "Ide 8", "Halaman 4 dari 4"], "the last page there is"
    assert (
        room.on_desk(
            "scene", kind="block", group=room.groups[0]["id"], block="channels", page="0"
        ).status_code
        == 422
    )


def test_another_block_begins_with_its_first_page(room: Room) -> None:
    sari = room.join("Sari")
    for block in ("channels", "key_resources"):
        for number in range(1, 9):
            sari.add(f"Ide {number} {70 * 'a'}", block)
    shown(room, 3)
    room.on_desk("scene", kind="block", group=room.groups[0]["id"], block="key_resources")
    assert "Halaman 1 dari 4" in room.facilitator.get(room.projector()).text
