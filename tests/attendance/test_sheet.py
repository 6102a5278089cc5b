"""The sheet that is signed: everybody in the room has a line, and some are free."""

import io
import re

import pypdf
import pytest

from app.attendance.sheets import BETWEEN, FIRST, LAST, ONLY, SPARE, lines_for
from app.ids import new_id
from tests.attendance.held import hold
from tests.attendance.test_list import FILLED, fill_in, on_list
from tests.export.matterhorn import faults
from tests.factories import Room
from tests.identity.hands import paired


def lines(room: Room, day: int = 1, contacts: int = 1) -> list[list[str]]:
    """The cells of the day's sheet, without those of free lines."""
    page = on_list(room, f"/days/{day}/sheet?contacts={contacts}").text
    rows = re.findall(r"<tr><td>\d+</td>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    return [found[:6] for found in cells if found[0]]


def test_everybody_has_a_line_on_the_sheet_of_their_days(room: Room) -> None:
    hold(room, days=2)
    fill_in(room.join("Sari"))
    room.join("Budi", institution="PT Maju")
    on_list(room, f"/people/{new_id()}", **FILLED | {"name": "Asep", "day_2": "1"})

    sari = ["Sari Dewi, S.T.", "BBPVP Serang", "Instruktur", "P", "0812 3456 7890", ""]
    assert lines(room) == [["Budi", "PT Maju", "", "", "", ""], sari]
    assert [line[0] for line in lines(room, day=2)] == ["Asep", "Budi", "Sari Dewi, S.T."]
    assert lines(room, contacts=0)[1] == [*sari[:4], "", ""]
    head = on_list(room, "/days/2/sheet").text
    assert "hari ke-2 dari 2" in head and "Lokakarya Banten" in head
    assert on_list(room, "/days/3/sheet").status_code == 404


@pytest.mark.parametrize("people", [0, 5, 6, 19, 20, 21, 26, 36, 60, 200])
def test_the_last_page_is_full_and_some_lines_are_free(people: int) -> None:
    count = lines_for(people)

    assert count - people >= SPARE
    assert count == ONLY or (count - FIRST - LAST) % BETWEEN == 0
    assert count - people < SPARE + FIRST + LAST


def test_the_pdf_is_a_page_of_landscape_for_a_few_people_and_stays_nowhere(room: Room) -> None:
    hold(room)
    fill_in(room.join("Sari"))

    answer = on_list(room, "/days/1/sheet.pdf")

    assert answer.headers["cache-control"] == "no-store"
    assert faults(answer.content) == []
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    assert len(document.pages) == 1
    assert document.pages[0].mediabox.width > document.pages[0].mediabox.height
    assert "Sari Dewi, S.T." in document.pages[0].extract_text()
    assert not list((room.house.settings.data_dir / "cache").rglob("*.pdf"))
    assert paired(room).get(f"/workshops/{room.workshop_id}/attendance/days/1/sheet.pdf").status_code == 403
