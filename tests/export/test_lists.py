"""Lists of a workshop for spreadsheets: what is in them, of which kind, and what no text can do to them."""

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from app.export.columns import LISTS, NOTES, column_headed, truth
from app.export.csv_file import csv_file
from app.export.listing import Listing, listings
from app.export.plain_cells import MOST_UNITS, fitting, marked, spelled_out, unmarked
from app.export.workbook import workbook
from tests.canvas.ballots import close_vote, open_vote, vote
from tests.canvas.planning import add
from tests.comment.test_comments import do
from tests.comment.test_comments import said as comment
from tests.factories import Room
from tests.samples import FORMULAS, TEXTS

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def read(room: Room, *, named: bool = True, locale: str = "id") -> dict[str, list[dict[str, Any]]]:
    """Every list as rows by the keys of their columns."""
    with room.house.db.read() as session:
        found = listings(session, room.workshop_id, locale, named=named)
    return {
        one.kind.key: [
            dict(zip((column.key for column in one.kind.columns), row, strict=True)) for row in one.rows
        ]
        for one in found
    }


def texts_in_a_list() -> Listing:
    columns = NOTES.columns
    empty = [None] * len(columns)
    at = [column.key for column in columns].index("text")
    return Listing(NOTES, tuple((*empty[:at], text, *empty[at + 1 :]) for text in TEXTS.values()))


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def csv_rows(content: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_a_note_is_a_row_with_everything_that_was_said_of_it(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Segmen satu yang namanya tidak dipotong di berkas", block="customer_segments", segments=["1"])
    note = sari.add(
        "Magang berbayar",
        block="revenue_streams",
        segments=["1", "3"],
        side="industry",
        inclusion="on",
        evidence="fact",
        gives="Upah",
        gets="Tenaga",
        amount="1,25 jt",
        amount_low="1 jt",
        amount_high="2 jt",
    )
    open_vote(room)
    vote(room, sari, note["id"])
    close_vote(room)

    found = read(room)

    first, row = found["notes"]
    assert first["block"] == "Segmen Pelanggan", "in the order of a canvas"
    assert isinstance(row.pop("created_at"), datetime) and row.pop("edited_at") is None
    assert row == {
        "group": "Kelompok 1",
        "partnership": "BBPVP Serang × Petrokimia",
        "block_number": 5,
        "block": "Arus Pendapatan",
        "text": "Magang berbayar",
        "gives": "Upah",
        "gets": "Tenaga",
        "side": "Dari industri",
        "segments": "S1, S3",
        "inclusion": True,
        "evidence": "Fakta",
        "amount_low": 1_000_000,
        "amount": 1_250_000,
        "amount_high": 2_000_000,
        "cluster": "",
        "votes": 1,
        "author": "Sari",
    }
    assert [(row["tag_kind"], row["tag"]) for row in found["tags"]] == [
        ("Segmen", "S1 Segmen satu yang namanya tidak dipotong di berkas"),
        ("Segmen", "S1 Segmen satu yang namanya tidak dipotong di berkas"),
        ("Segmen", "S3"),
        ("Sisi", "Dari industri"),
        ("Keyakinan", "Fakta"),
        ("Inklusi (GEDSI)", "Inklusi (GEDSI)"),
    ]
    assert [(row["text"], row["votes"], row["rank"]) for row in found["votes"]] == [("Magang berbayar", 1, 1)]
    assert [row["note_count"] for row in found["groups"]] == [2, 0]


def test_what_people_said_is_a_list_and_a_reply_names_what_it_answers(room: Room) -> None:
    sari, host = room.join("Sari"), room.host()
    note = sari.add("Magang berbayar")["id"]
    asked = comment(sari, f"notes/{note}", "Kapan mulai?")
    comment(host, f"comments/{asked}", "Bulan depan")
    comment(sari, "blocks/channels", "Lewat alumni", "like")
    do(sari, comment(sari, f"notes/{note}", "Ditarik"), "withdraw")
    do(host, comment(sari, f"notes/{note}", "Disembunyikan"), "hide")
    do(host, asked, "resolve")

    rows = read(room)["comments"]

    assert {type(row["created_at"]) for row in rows} == {datetime}
    assert [type(row["settled_at"]) for row in rows] == [type(None), datetime, type(None)]
    keys = ("block", "text", "comment_kind", "comment", "reply_to", "settled", "author")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("Saluran", "", "Saya suka", "Lewat alumni", "", None, "Sari"),
        ("Saluran", "Magang berbayar", "Tanya", "Kapan mulai?", "", True, "Sari"),
        ("Saluran", "Magang berbayar", "Balasan", "Bulan depan", "Kapan mulai?", None, "Fasilitator"),
    ]
    assert {row["author"] for row in read(room, named=False)["comments"]} == {""}


def test_a_plan_has_its_days_as_days(room: Room) -> None:
    add(room.join(), "Draf PKS", due_on="2024-10-10", status="done", linked_block="channels")

    (step,) = read(room, locale="en")["plan"]

    assert step["due_on"] == date(2024, 10, 10)
    assert (step["number"], step["status"], step["linked_block"]) == (1, "Done", "Channels")


def test_what_the_others_may_not_see_is_in_no_list_nor_a_name_that_is_not_wanted(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Terlihat")
    hidden, gone = sari.add("Tersembunyi"), sari.add("Terhapus")
    room.host().post(f"notes/{hidden['id']}/hiding")
    sari.post(f"notes/{gone['id']}/deletion")
    room.on_desk("silence", on="1")
    sari.add("Belum ditampilkan")

    assert [row["text"] for row in read(room)["notes"]] == ["Terlihat"]
    assert "Sari" not in str(read(room, named=False))


def test_a_workbook_has_real_types_filters_and_a_head_that_stays(room: Room) -> None:
    sari = room.join("Sari")
    sari.add("Mesin", block="cost_structure", amount="2 jt", inclusion="on")
    add(sari, "Draf PKS", due_on="2024-10-10")
    with room.house.db.read() as session:
        content = workbook(listings(session, room.workshop_id, "id", named=True), "id", "Q&A", "CC BY-SA")

    book = opened(content)

    assert book.sheetnames == [one.name.id for one in LISTS]
    notes, plan = book["Catatan"], book["Rencana tindak lanjut (RTL)"]
    cells = dict(zip((cell.value for cell in notes[1]), notes[2], strict=True))
    assert cells["Nilai"].value == 2_000_000 and cells["Nilai"].number_format == '"Rp"#,##0'
    assert cells["Inklusi (GEDSI)"].value is True
    assert cells["Inklusi (GEDSI)"].number_format == '"ya";"ya";"tidak"'
    assert cells["Ditulis pada"].is_date
    assert plan.cell(2, 8).value == datetime(2024, 10, 10) and plan.cell(2, 8).is_date  # noqa: DTZ001
    assert notes.freeze_panes == "B2" and notes.auto_filter.ref.startswith("A1:")
    assert notes.page_setup.orientation == "landscape" and notes.print_title_rows == "$1:$1"
    assert notes.oddHeader.left.text == "Q&&A"


def test_no_text_becomes_a_formula_in_a_workbook_and_every_text_comes_back() -> None:
    """T-CSV-1."""
    sheet = opened(workbook((texts_in_a_list(),), "id", "x", "y")).active
    at = [column.key for column in NOTES.columns].index("text") + 1
    cells = [sheet.cell(row, at) for row in range(2, len(TEXTS) + 2)]

    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    back = {name: spelled_out(cell.value) for name, cell in zip(TEXTS, cells, strict=True)}
    # openpyxl cannot tell a return from a text that spells one as Excel does; see `spelled_out`.
    assert back == {**TEXTS, "excel escape": "\r _"}


@pytest.mark.parametrize("locale", ["id", "en"])
def test_no_text_begins_a_formula_in_a_csv_file_and_every_text_comes_back(locale: str) -> None:
    content = csv_file(texts_in_a_list(), locale)
    at = [column.key for column in NOTES.columns].index("text")

    assert content.startswith(b"\xef\xbb\xbf")
    right, wrong = (";", ",") if locale == "id" else (",", ";")
    head, *rows = csv_rows(content, right)
    assert len(rows) == len(TEXTS) and column_headed(NOTES.columns, head[at]) == NOTES.columns[at]
    assert {name: unmarked(row[at]) for name, row in zip(TEXTS, rows, strict=True)} == TEXTS
    for row in rows + csv_rows(content, wrong):
        assert not any(cell.lstrip().startswith(DANGEROUS) for cell in row if cell.strip())


def test_only_what_looks_like_a_formula_is_marked_and_a_strange_apostrophe_is_left_alone() -> None:
    assert len(FORMULAS) >= 60
    assert marked("Satu = dua") == "Satu = dua"
    assert marked("- satu\n- dua, -5%") == "'- satu\n'- dua,' -5%"
    assert marked("'kelas malam'") == unmarked("'kelas malam'") == "'kelas malam'"


def test_a_cell_holds_as_many_units_as_excel_allows_and_never_half_a_character() -> None:
    long = "🛠" * 20_000

    assert fitting("x" * MOST_UNITS) == "x" * MOST_UNITS
    cut = fitting(long)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_UNITS and cut.endswith("🛠…")


def test_headings_and_words_are_understood_in_every_language() -> None:
    for one in LISTS:
        for column in one.columns:
            for said in (column.key, column.heading.id, f" {column.heading.en.upper()} "):
                assert column_headed(one.columns, said) == column
            for value, word in column.choices.items():
                assert {column.meant(word.id), column.meant(word.en)} == {value}
    answers = ("Ya", "TRUE", "tidak", "", "mungkin")
    assert list(map(truth, answers)) == [True, True, False, False, None]
