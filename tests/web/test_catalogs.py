from pathlib import Path

import pytest

from app.web.catalogs import extracted, load, main, merge, problems, update
from app.web.i18n import po_file

CODE = """\
from app import errors
from app.errors import N_
WORD = N_("A word")
def f(locale):
    translate(locale, "Hello %(name)s", name="Sri")
    translate_plural(locale, "%(num)s note", "%(num)s notes", 2)
    raise errors.Gone("note_gone", "This note was deleted.")
"""
TEMPLATE = """\
{{ _("Add note") }}
{% trans name=x %}
  Long
  {{ name }}
{% endtrans %}
"""
PO = """\
msgid "Add note"
msgstr "Tambah catatan"

msgid "%(num)s note"
msgid_plural "%(num)s notes"
msgstr[0] "%(num)s catatan"

msgid "Nobody says this"
msgstr "Tidak ada"
"""
MESSAGES = {"A word", "Hello %(name)s", "%(num)s note", "This note was deleted.", "Add note", "Long %(name)s"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"app/code.py": CODE, "templates/page.html": TEMPLATE, "words.po": PO}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def complete(root: Path) -> Path:
    """A tree whose catalogs have no fault."""
    update(root, root / "locale")
    path = po_file("id", root / "locale")
    catalog = load(path, "id")
    words = "\n".join(
        f'msgid "{message.id}"\nmsgstr "{message.id}"\n'
        for message in catalog
        if message.id and not message.pluralizable
    )
    (root / "rest.po").write_text(words, "utf-8")
    merge([root / "words.po", root / "rest.po"], root, root / "locale")
    return root


def test_code_and_templates_are_both_read(root: Path) -> None:
    found = {message.id[0] if isinstance(message.id, tuple) else message.id for message in extracted(root)}
    assert found - {""} == MESSAGES


def test_english_explains_itself_and_indonesian_waits_for_words(root: Path) -> None:
    update(root, root / "locale")
    faults = problems(root, root / "locale")
    assert len(faults) == len(MESSAGES)
    assert all(fault.startswith("id: not translated: ") for fault in faults)


def test_words_of_others_are_merged_and_what_is_not_used_is_told(root: Path) -> None:
    told = merge([root / "words.po"], root, root / "locale")
    assert told == ["words.po: not in the code: 'Nobody says this'"]
    catalog = load(po_file("id", root / "locale"), "id")
    assert catalog.get("Add note").string == "Tambah catatan"  # type: ignore[union-attr]
    assert catalog.get("%(num)s note").string == ("%(num)s catatan",)  # type: ignore[union-attr]


def test_the_first_translation_stays(complete: Path) -> None:
    (complete / "other.po").write_text('msgid "Add note"\nmsgstr "Tambahkan"\n', "utf-8")
    told = merge([complete / "other.po"], complete, complete / "locale")
    assert told == ["other.po: already translated: 'Add note' as 'Tambah catatan'"]


def test_updating_again_changes_nothing(complete: Path) -> None:
    before = {path: path.read_bytes() for path in complete.rglob("*.po")}
    update(complete, complete / "locale")
    assert {path: path.read_bytes() for path in complete.rglob("*.po")} == before
    assert problems(complete, complete / "locale") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Tambah catatan"', 'msgstr ""', "not translated"),
        ('msgstr "Hello %(name)s"', 'msgstr "Halo"', "other placeholders"),
        ('msgstr "Hello %(name)s"', 'msgstr "Halo %(nama)s"', "other placeholders"),
        ('msgstr "A word"', 'msgstr "100 % kata"', "a lone per cent sign"),
        ('msgid "Add note"', '#, fuzzy\nmsgid "Add note"', "fuzzy"),
        ('msgid "Add note"', 'msgid "Add a note"', "missing: 'Add note'"),
        ('msgid "Add note"', 'msgid "Add a note"', "no longer in the code"),
        ('msgid "Add note"', '#~ msgid "Old"\n#~ msgstr "Lama"\n\nmsgid "Add note"', "obsolete"),
        (
            'msgid "Add note"',
            '# a stray comment\nmsgid "Add note"',
            "not as `python -m app.web.catalogs update`",
        ),
    ],
)
def test_a_fault_is_found(complete: Path, old: str, new: str, fault: str) -> None:
    assert problems(complete, complete / "locale") == []
    path = po_file("id", complete / "locale")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert any(fault in problem for problem in problems(complete, complete / "locale"))


def test_an_unknown_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate"]) == 2
    assert "update | check | merge" in capsys.readouterr().err


def test_our_own_catalogs_are_complete() -> None:
    assert len(extracted()) > 20, "nothing was extracted, so this test means nothing"
    assert problems() == []
