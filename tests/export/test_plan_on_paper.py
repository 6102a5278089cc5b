"""The follow-up plan behind its canvas: a table that goes on, and lines to sign on."""

from dataclasses import replace
from datetime import date

import pytest

from app.canvas import catalog
from app.canvas.follow_up import ActionItemView, PlanView
from app.export.composition import compose
from app.export.press import Press
from app.export.sheet import ON_THE_TABLE, Paper
from tests.export.paper import FIELDS, RENDERER, Printed, canvas_of

NOTES = {"channels": ["Radio desa"]}


LONG_PARTNER = "Perusahaan petrokimia dan kontraktor fabrikasi di kawasan industri " * 3


def planned(
    press: Press, *items: ActionItemView, paper: Paper = Paper.A4, partner: str = "petrokimia"
) -> Printed:
    """A canvas with a plan of these steps."""
    plan = PlanView(
        items,
        has_first_step=True,
        has_centre_owner=True,
        has_partner_owner=True,
        reviews=((30, date(2024, 10, 10)),),
    )
    canvas = replace(canvas_of(NOTES), plan=plan)
    fields = replace(FIELDS, partnership=f"BBPVP Serang × {partner}", place="Serang", organizer="Panitia")
    return Printed(compose(RENDERER, canvas, fields, catalog.definition(), paper, "id").draw(press))


@pytest.mark.parametrize("paper", ON_THE_TABLE)
def test_it_has_a_page_of_its_own_with_lines_for_both_sides_to_sign_on(press: Press, paper: Paper) -> None:
    step = ActionItemView(
        "a",
        1,
        "Draf PKS",
        output="Isi disepakati",
        centre_owner="Kepala balai",
        due=date(2024, 12, 12),
        status_name="Belum mulai",
        linked_name="Kemitraan Utama",
    )

    sheet = planned(press, step, paper=paper)

    first, second = sheet.words
    assert "Draf" not in {word.text for word in first}
    page = " ".join(word.text for word in second)
    for said in ("Draf PKS", "Isi disepakati", "Kepala balai", "Belum mulai", "Kemitraan Utama"):
        assert said in page
    for said in (
        "Serang, 10 September 2024",
        "BBPVP Serang",
        "petrokimia",
        "Panitia",
        "10 Oktober 2024 (30 hari)",
    ):
        assert said in page
    assert page.count("Nama dan tanda tangan") == 3
    assert "Halaman 2" in page


def test_a_plan_without_steps_is_a_form_to_fill_in_by_hand(press: Press) -> None:
    _, form = planned(press).words

    page = [word.text for word in form]
    assert {"Kegiatan", "Tenggat", "1", "6"} <= set(page)
    assert "–" not in page
    assert " ".join(page).count("Nama dan tanda tangan") == 3


def test_all_sign_at_one_height_and_no_word_of_the_table_is_cut(press: Press) -> None:
    step = ActionItemView("a", 1, "Draf PKS", status_name="Terkendala")

    _, page = planned(press, step, partner=LONG_PARTNER).words

    assert len({word.top for word in page if word.text == "tangan"}) == 1
    assert "Terkendala" in {word.text for word in page}


def test_long_texts_wrap_go_on_and_keep_the_names_of_the_columns(press: Press) -> None:
    words = [f"kata{number}" for number in range(260)]
    steps = [ActionItemView(str(number), 1, f"Kegiatan nomor-{number}") for number in range(30)]
    long = ActionItemView("x", 1, "Panjang", output=" ".join(words), indicator="n" * 300)

    sheet = planned(press, long, *steps)

    pages = sheet.words[1:]
    assert len(pages) > 1
    shown = [word.text for page in pages for word in page]
    assert [word for word in shown if word.startswith("kata")] == words
    assert [word for word in shown if word.startswith("nomor-")] == [f"nomor-{n}" for n in range(30)]
    assert all("Tenggat" in {word.text for word in page} for page in pages[:-1])
    assert max(word.right for page in pages for word in page) <= 842, "nothing leaves the paper"
