"""What ends a day: groups that present, two that are compared, thanks, and a canvas to take home."""

import re

import pytest

from app.clock import now
from app.export.composition import Composition
from app.workshop import take_home
from app.workshop.agenda import Agenda
from app.workshop.agenda_files import agendas
from app.workshop.stages import Wall
from tests.factories import Room, fresh_browser, open_another

BLOCKS = ["Segmen Pelanggan", "Proposisi Nilai", "Saluran"]


def wall(room: Room) -> str:
    """The wall, without what all pages have."""
    page = room.facilitator.get(room.projector()).text
    return page.split('id="scene"', 1)[1].split("</main>", 1)[0]


def title(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def way(room: Room, words: str) -> dict[str, str]:
    """What the button with these words on the desk sends."""
    part = room.desk().split('class="walk stack"', 1)[1]
    form = next(
        one for one in part.split("<form")[1:] if re.search(rf">[^<]*{words}[^<]*<", one.split("</form>")[0])
    )
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[0]))


def go(room: Room, words: str) -> None:
    form = way(room, words)
    for _ in range(2):  # on two devices, or twice on one: it names where it leads
        assert room.on_desk("scene", **form).status_code == 303


def test_a_presentation_goes_from_group_to_group_in_the_desks_order(room: Room) -> None:
    room.on_desk("scene", kind="presentation")
    assert title(wall(room)) == "Kelompok 1 BBPVP Serang × Petrokimia" and "<b>1/2</b>" in wall(room)
    assert "kelompok 1 dari 2" in room.desk() and "Sebelumnya: " not in room.desk()

    go(room, "Berikutnya: Kelompok 2")

    assert title(wall(room)).startswith("Kelompok 2") and "<b>2/2</b>" in wall(room)
    assert "Presentasi · Kelompok 2" in " ".join(room.desk().split()) and "Berikutnya: " not in room.desk()
    go(room, "Sebelumnya: Kelompok 1")
    assert title(wall(room)).startswith("Kelompok 1")


def test_a_presentation_walks_block_by_block_and_the_next_group_begins_whole(room: Room) -> None:
    room.on_desk("scene", kind="presentation")
    for name in BLOCKS:
        go(room, name)
    assert 'data-focus="channels"' in wall(room)
    go(room, "Proposisi Nilai")
    assert 'data-focus="value_propositions"' in wall(room)

    go(room, "Berikutnya: Kelompok 2")

    assert "data-focus" not in wall(room)


def test_a_presentation_says_where_people_come_from_and_names_nobody(room: Room) -> None:
    for name, institution in (
        ("Sari", "Dinas Tenaga Kerja"),
        ("Budi", "dinas tenaga kerja"),
        ("Wati", "BBPVP Serang"),
    ):
        room.join(name, institution=institution)
    room.on_desk("scene", kind="presentation")

    shown = wall(room)

    assert shown.casefold().count("dinas tenaga kerja") == 1
    assert shown.count("BBPVP Serang") == 1, "the partnership says it already"
    assert not any(name in shown for name in ("Sari", "Budi", "Wati"))


def test_two_groups_stand_side_by_side_whole_or_block_by_block(room: Room) -> None:
    room.join("Sari").add("Bursa kerja")
    room.join("Budi", group=1).add("Grup WhatsApp")
    one, two = (group["id"] for group in room.groups)
    room.on_desk("scene", kind="comparison", group=one, other=two)
    assert "Bursa kerja" not in wall(room) and wall(room).count('class="mini nine"') == 2

    for name in BLOCKS:
        go(room, name)

    shown = wall(room)
    assert title(shown) == "Saluran"
    assert shown.index("Bursa kerja") < shown.index("Grup WhatsApp")
    assert "Kelompok 1 · Kelompok 2 · Saluran" in " ".join(room.desk().split())


@pytest.mark.parametrize("other", ["the same", "another workshop's", "none"])
def test_a_comparison_needs_two_groups_of_the_workshop(room: Room, other: str) -> None:
    here, elsewhere = room.groups[0]["id"], open_another(room).groups[0]["id"]
    others = {"the same": here, "another workshop's": elsewhere, "none": ""}

    answer = room.on_desk("scene", kind="comparison", group=here, other=others[other])

    assert answer.status_code == 422 and 'data-kind="welcome"' in room.facilitator.get(room.projector()).text


def test_thanks_count_the_day_and_lead_each_phone_to_its_own_canvas(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Bursa kerja")
    room.join("Budi", group=1)
    room.on_desk("scene", kind="thanks")
    shown = wall(room)
    assert all(words in shown for words in ("2 kanvas", "1 catatan", "2 orang", "Strategyzer"))
    path = f"{room.join_path}/canvas"

    own = sari.http.get(path).text
    assert f"/canvases/{sari.canvas_id}/canvas.pdf" in own and own.count("<h2") == 1
    assert room.facilitator.get(path).text.count("<h2") == 2, "who leads sees all of them"
    assert fresh_browser(room.facilitator).get("/j/guessed/canvas").status_code == 404


def test_a_phone_that_nobody_knows_takes_its_groups_canvas_home_while_the_wall_says_thanks(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Composition, "draw", lambda composition, press: b"%PDF" + composition.html.encode())
    room.join("Sari Dewi").add("Bursa kerja")
    path = f"{room.join_path}/canvas"
    phones = fresh_browser(room.facilitator), open_another(room).join("Wati").http
    for phone in phones:
        assert phone.get(path).headers["location"] == room.join_path
        assert phone.get(f"{path}/1").headers["location"] == path

    room.on_desk("scene", kind="thanks")

    for phone in phones:
        page = phone.get(path).text
        assert [f'href="{path}/{n}"' in page for n in (1, 2)] == [True, True] and 'type="text"' not in page
        paper = phone.get(f"{path}/1")
        assert paper.content.startswith(b"%PDF") and "attachment" in paper.headers["content-disposition"]
        assert "Bursa kerja" in paper.text and "Sari Dewi" not in paper.text
        assert phone.get(f"{path}/3").headers["location"] == path
    monkeypatch.setattr(take_home, "now", lambda: now() + take_home.FAREWELL)
    assert phones[0].get(path).headers["location"] == room.join_path, "and not for ever"
    assert phones[0].get(f"{path}/1").headers["location"] == path


@pytest.mark.parametrize("agenda", agendas(), ids=lambda each: each.key)
def test_every_agenda_lets_the_groups_present_and_ends_with_thanks(agenda: Agenda) -> None:
    walls = [step.wall for step in agenda.steps]

    assert walls.count(Wall.PRESENTATION) == 1 and walls[-1] == Wall.THANKS


def test_lanjut_brings_the_presentation_to_the_wall(room: Room) -> None:
    steps = re.findall(
        r'id="step-(\w+)".*?<b>(.*?)</b>',
        room.facilitator.get(f"/workshops/{room.workshop_id}/agenda").text,
        re.S,
    )
    step = next(step for step, name in steps if name == "Presentasi kelompok")

    room.on_desk("step", step=step, seen="")

    assert 'data-kind="presentation"' in room.facilitator.get(room.projector()).text
    assert title(wall(room)).startswith("Kelompok 1")
    room.on_desk("step", step=steps[-1][0], seen=step)
    assert 'data-kind="thanks"' in room.facilitator.get(room.projector()).text
