"""Each rule of Periksa kanvas: once where it asks, and beside that where it does not."""

import pytest

from app.canvas.checks import CHECKS, ActionItem, CheckedCanvas
from tests.canvas.checking import canvas, note

PETROCHEMICAL = note("segments", "Perusahaan petrokimia di Cilegon", 1)
GRADUATES = note("segments", "Lulusan SMK di Banten", 2)
VALUE = note("values", "Juru las siap kerja", 1)
PARTNER = note("partners", "Perusahaan petrokimia", gives="tempat OJT", gets="juru las")
FOUR_MAKERS = tuple(note("activities", f"Kegiatan {number}") for number in range(4))
STEP = ActionItem("TNA ke 5 perusahaan", "Seksi kerja sama", 30)
PER_BLOCK = tuple(note("channels", f"Saluran {letter * 5}") for letter in "abcdefgh")
ALL_INCLUSIVE = tuple(note(role, f"Untuk {role}", inclusion=True) for role in ("segments", "values", "costs"))
ASSUMPTION = note("values", "Pelatihan ulang lebih murah", evidence="assumption")
SARI = note("values", "Nilai", author_id="sari")
BUDI = note("channels", "Saluran", author_id="budi")

# Rule, where it asks (and how many times), where it does not.
CASES = [
    (
        "K01",
        canvas(VALUE),
        8,
        canvas(*(note(block.role) for block in canvas().definition.blocks if block.role)),
    ),
    ("K02", canvas(*PER_BLOCK), 1, canvas(*PER_BLOCK[:7])),
    (
        "K03",
        canvas(note("values", "x" * 91), note("costs", "kata " * 15)),
        2,
        canvas(note("values", "x" * 90)),
    ),
    ("K03", canvas(note("costs", "kata " * 15)), 1, canvas(note("partners", "LSP", gives="kata " * 20))),
    (
        "K04",
        canvas(note("values", "satu; dua"), note("costs", "satu\ndua"), note("channels", "a, b, c, d")),
        3,
        canvas(note("values", "pelat, elektroda, gas"), note("costs", "1,5 sampai 2,5 dan 3,5 jam")),
    ),
    (
        "K05",
        canvas(note("costs", "Honor instruktur"), note("costs", "honor  instruktur!", id="2")),
        1,
        canvas(note("activities", "Uji kompetensi"), note("costs", "Uji kompetensi", id="2")),
    ),
    (
        "U01",
        canvas(note("values", "Lebih baik")),
        1,
        canvas(note("values", "16 orang")),
    ),
    (
        "U01",
        canvas(note("costs", "Alat"), note("income", "Hibah")),
        2,
        canvas(note("costs", "Alat di Serang")),
    ),
    ("H01", canvas(PETROCHEMICAL, GRADUATES, VALUE), 1, canvas(PETROCHEMICAL, VALUE)),
    ("H01", canvas(PETROCHEMICAL, GRADUATES), 1, canvas(note("segments", "Siapa saja"))),
    (
        "H01",
        canvas(note("segments", "Pabrik"), note("segments", "Lulusan"), note("values", "Nilai")),
        1,
        canvas(note("segments", "Pabrik"), note("values", "Nilai")),
    ),
    ("H02", canvas(PETROCHEMICAL, note("values", "Nilai")), 1, canvas(PETROCHEMICAL, VALUE)),
    (
        "H02",
        canvas(PETROCHEMICAL, note("values", "Nilai")),
        1,
        canvas(note("segments"), note("values", "Nilai")),
    ),
    (
        "H03",
        canvas(PETROCHEMICAL, GRADUATES, note("channels", "HRD", 1)),
        1,
        canvas(PETROCHEMICAL, note("channels", "HRD", 1)),
    ),
    (
        "H04",
        canvas(PETROCHEMICAL, GRADUATES, note("relationships", "Rapat", 2)),
        1,
        canvas(PETROCHEMICAL, note("relationships", "Rapat", 1, 2)),
    ),
    (
        "H06",
        canvas(VALUE, note("resources", "Bengkel")),
        1,
        canvas(VALUE, note("resources", "Bengkel"), note("activities", "OJT")),
    ),
    (
        "H06",
        canvas(VALUE, note("resources", "Bengkel", 2), note("activities", "OJT")),
        1,
        canvas(VALUE, note("resources", "Bengkel", 1), note("activities", "OJT")),
    ),
    (
        "H05",
        canvas(note("income", "Uang")),
        1,
        canvas(note("income", "Uang", 1), note("income", "Uang", side="blk"), note("income", "APBN")),
    ),
    (
        "H07",
        canvas(*FOUR_MAKERS, note("costs", "Sewa")),
        1,
        canvas(*FOUR_MAKERS, note("costs", "Sewa"), note("costs", "Gaji")),
    ),
    (
        "H07",
        canvas(note("resources", "Instruktur las"), note("activities", "Transportasi")),
        2,
        canvas(note("resources", "Instruktur las"), note("costs", "Honor instruktur")),
    ),
    ("H08", canvas(note("costs", "Alat")), 1, canvas(note("costs", "Alat"), note("income", "APBN"))),
    ("H08", canvas(note("income", "APBN")), 1, canvas()),
    (
        "D01",
        canvas(note("income", "Paket APBN"), note("income", "APBD")),
        1,
        canvas(note("income", "APBN"), note("income", "CSR")),
    ),
    ("D01", canvas(note("income", "DBHCHT")), 1, canvas(note("income", "APBD dan iuran"))),
    (
        "D02",
        canvas(note("income", "Pelatihan berbayar")),
        1,
        canvas(note("income", "Pelatihan berbayar"), note("activities", "Cek aturan PNBP")),
    ),
    ("M01", canvas(note("partners", "LSP", gives="asesmen")), 1, canvas(PARTNER)),
    (
        "M02",
        canvas(note("partners", "LSP", gives="asesmen"), note("activities", "Pelatihan")),
        1,
        canvas(PARTNER, note("resources", "Tempat praktik")),
    ),
    ("M03", canvas(PETROCHEMICAL, PARTNER), 1, canvas(PETROCHEMICAL, note("partners", "Perusahaan baja"))),
    (
        "M04",
        canvas(note("partners", "Perusahaan"), note("partners", "Disnaker")),
        1,
        canvas(note("partners", "PT Baja Serang")),
    ),
    ("M04", canvas(note("partners", "LSP")), 1, canvas(note("segments", "Baja Serang", side="industry"))),
    ("M05", canvas(PARTNER), 1, canvas(PARTNER, note("activities", "Menyusun PKS"))),
    ("M05", canvas(PARTNER, plan=(STEP,)), 1, canvas(PARTNER, plan=(ActionItem("Draf PKS"),))),
    ("P01", canvas(VALUE), 1, canvas(note("activities", "Wawancara kerja dan penempatan"))),
    ("P01", canvas(VALUE), 1, canvas(PARTNER)),
    ("G01", canvas(VALUE), 1, canvas(*ALL_INCLUSIVE)),
    ("G01", canvas(*ALL_INCLUSIVE[1:], note("channels", inclusion=True)), 1, canvas(*ALL_INCLUSIVE)),
    (
        "G02",
        canvas(note("resources", inclusion=True)),
        1,
        canvas(note("resources", inclusion=True), note("income", inclusion=True)),
    ),
    (
        "G03",
        canvas(note("segments", "Masyarakat umum"), note("segments", "Semua pencari kerja")),
        1,
        canvas(note("segments", "Masyarakat umum"), PETROCHEMICAL),
    ),
    ("G03", canvas(note("segments", "Semua")), 1, canvas(note("segments", "Masyarakat usia 18–30"))),
    (
        "G04",
        canvas(
            note("channels", "Usia maksimal 25 tahun"),
            note("costs", "khusus laki-laki"),
            note("values", "berpenampilan menarik"),
        ),
        3,
        canvas(
            note("values", "Perempuan dan laki-laki 18–40"),
            note("activities", "Meninjau batas usia", inclusion=True),
        ),
    ),
    ("U02", canvas(VALUE), 1, canvas(VALUE, GRADUATES, ASSUMPTION)),
    ("U02", canvas(ASSUMPTION), 1, canvas(VALUE, note("values", "Diuji", evidence="tested"))),
    ("T01", canvas(plan=()), 1, canvas(plan=(STEP,))),
    (
        "T01",
        canvas(plan=(STEP, ActionItem("Draf", "", 10), ActionItem("Rapat", "HRD"))),
        2,
        canvas(plan=None),
    ),
    (
        "T02",
        canvas(plan=(ActionItem("Draf", "HRD", 60),)),
        1,
        canvas(plan=(STEP, ActionItem("Draf", "HRD", 60))),
    ),
    ("T02", canvas(plan=(ActionItem("Draf", "HRD"),)), 1, canvas(plan=())),
    (
        "T03",
        canvas(ASSUMPTION, plan=(STEP,)),
        1,
        canvas(ASSUMPTION, plan=(ActionItem("Menghitung biaya pelatihan"),)),
    ),
    ("T03", canvas(ASSUMPTION, plan=(STEP,)), 1, canvas(ASSUMPTION, plan=())),
    (
        "F01",
        canvas(SARI, BUDI, SARI, members=("sari", "budi")),
        1,
        canvas(SARI, BUDI, members=("sari", "budi")),
    ),
    ("F01", canvas(SARI, BUDI, members=("sari", "budi", "rina")), 1, canvas(SARI, BUDI, SARI)),
]


@pytest.mark.parametrize(
    ("rule", "asked", "times", "quiet"),
    CASES,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(CASES)],
)
def test_a_rule_asks_where_it_should_and_only_there(
    rule: str, asked: CheckedCanvas, times: int, quiet: CheckedCanvas
) -> None:
    (check,) = (check for check in CHECKS if check.id == rule)

    assert len(list(check.find(asked))) == times
    assert list(check.find(quiet)) == []


def test_no_rule_is_without_a_case() -> None:
    assert {case[0] for case in CASES} == {check.id for check in CHECKS}


def test_inclusion_is_asked_for_first_where_people_and_promises_are() -> None:
    (check,) = (check for check in CHECKS if check.id == "G01")
    kind = canvas().definition

    def asked(checked: CheckedCanvas) -> str | None:
        return kind.block(next(iter(check.find(checked))).block).role

    assert asked(canvas(VALUE)) == "segments"
    assert asked(canvas(ALL_INCLUSIVE[0])) == "values"
    assert asked(canvas(*ALL_INCLUSIVE[:2])) == "channels"


def test_two_notes_that_are_alike_are_known_by_both_in_whatever_order_they_stand() -> None:
    (check,) = (check for check in CHECKS if check.id == "K05")
    one, other = note("costs", "Honor instruktur", id="a"), note("costs", "honor instruktur", id="b")

    assert list(check.find(canvas(one, other))) == list(check.find(canvas(other, one)))
