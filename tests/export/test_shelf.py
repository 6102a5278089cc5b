"""Finished PDFs on disk."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.export.shelf import Edition, Shelf

EDITION = Edition("c1", 57, "a3", "id", "aaaa")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "pdf", capacity=1000)


def test_what_was_put_on_the_shelf_can_be_taken_from_it(shelf: Shelf) -> None:
    assert shelf.get(EDITION) is None

    shelf.put(EDITION, b"pdf")

    assert shelf.get(EDITION) == b"pdf"


def test_a_new_revision_throws_the_old_ones_out(shelf: Shelf) -> None:
    shelf.put(EDITION, b"old")
    shelf.put(replace(EDITION, paper="a4"), b"old, small")
    other = replace(EDITION, canvas_id="c2")
    shelf.put(other, b"another canvas")

    shelf.put(replace(EDITION, revision=58), b"new")

    assert shelf.get(EDITION) is None
    assert shelf.get(replace(EDITION, paper="a4")) is None
    assert shelf.get(other) == b"another canvas"


def test_papers_and_languages_of_one_revision_stand_side_by_side(shelf: Shelf) -> None:
    shelf.put(EDITION, b"a3")
    shelf.put(replace(EDITION, paper="a4"), b"a4")
    shelf.put(replace(EDITION, locale="en"), b"english")

    assert shelf.get(EDITION) == b"a3"


def test_another_title_at_the_same_revision_replaces_the_pdf(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(EDITION, b"old title")
    shelf.put(replace(EDITION, digest="bbbb"), b"new title")

    assert [path.read_bytes() for path in (tmp_path / "pdf").iterdir()] == [b"new title"]


def test_the_shelf_drops_what_was_not_asked_for_longest(shelf: Shelf, tmp_path: Path) -> None:
    for number in range(4):
        edition = replace(EDITION, canvas_id=f"c{number}")
        shelf.put(edition, b"x" * 300)
        os.utime(tmp_path / "pdf" / edition.file_name, (number, number))
    shelf.get(replace(EDITION, canvas_id="c1"))

    shelf.put(replace(EDITION, canvas_id="c9"), b"x" * 300)

    kept = {path.name.split("-")[0] for path in (tmp_path / "pdf").iterdir()}
    assert kept == {"c1", "c3", "c9"}


def test_an_id_never_leads_out_of_the_folder(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(replace(EDITION, canvas_id="../../etc/x-1"), b"pdf")

    assert [path.parent for path in tmp_path.rglob("*.pdf")] == [tmp_path / "pdf"]


def test_a_shelf_that_cannot_be_written_is_no_accident(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shelf = Shelf(tmp_path / "file")

    shelf.put(EDITION, b"pdf")

    assert shelf.get(EDITION) is None
