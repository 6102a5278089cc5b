"""The step of the agenda for the follow-up plan: on phones, on the wall and on the desk."""

import re

import pytest

from app.workshop.stages import Stage
from tests.canvas.planning import add
from tests.factories import Room
from tests.workshop.running import Leader


@pytest.fixture
def leader(room: Room) -> Leader:
    return Leader(room)


def test_at_its_step_phones_are_shown_the_way_and_the_wall_how_far_each_plan_is(
    room: Room, leader: Leader
) -> None:
    sari, budi = room.join("Sari"), room.join("Budi", group=1)
    leader.enter("Rencana tindak lanjut")
    stage = leader.at()
    assert stage and stage.stage == Stage.FOLLOW_UP and stage.open is None
    assert f'href="/canvases/{sari.canvas_id}/follow-up-plan" data-plan' in sari.board()

    add(sari, due_on="2024-10-10")
    add(sari, "Draf PKS")
    add(budi, "Draf PKS", due_on="2024-10-11")

    wall = leader.scene()
    assert 'data-kind="plans"' in wall and stage.question in wall
    told = [re.sub(r"<[^>]+>|\s+", " ", line) for line in re.findall(r"<li[^>]*>(.*?)</li>", wall, re.S)]
    assert "2 kegiatan" in told[0] and "✓ Langkah pertama dalam 30 hari" in told[0], "the 30th day counts"
    assert "1 kegiatan" in told[1] and "Dalam 30 hari: ?" in told[1], "the 31st does not"
    assert "langkah dalam 30 hari sudah ada" in room.desk()
    assert "belum ada langkah dalam 30 hari" in room.desk()


def test_one_press_shows_the_plan_of_a_group_and_every_step_is_on_a_page(room: Room, leader: Leader) -> None:
    sari = room.join("Sari")
    texts = [f"Kegiatan {number} {'kata ' * 20}".strip() for number in range(9)]
    for text in texts:
        add(sari, text, due_on="2024-12-12", centre_owner="Seksi kerja sama", status="done")
    group = room.groups[0]["id"]
    assert room.on_desk("scene", kind="plan", group=group).status_code == 303

    wall = leader.scene()
    assert "12 Desember 2024" in wall and "Seksi kerja sama" in wall and "Selesai" in wall
    assert "Sari" not in wall
    pages = int(re.findall(r"Halaman 1 dari (\d)", wall)[0])
    shown: list[str] = []
    for page in range(1, pages + 1):
        room.on_desk("scene", kind="plan", group=group, page=str(page))
        numbers = re.findall(r'plans__no">(\d+)<', leader.scene())
        shown += re.findall(r'plans__text">([^<]*)<', leader.scene())
        assert int(numbers[0]) == len(shown) - len(numbers) + 1
    assert shown == texts
