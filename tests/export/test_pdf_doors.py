"""What people write is printed, never followed (T-PDF-1)."""

import re
import sys
import tempfile
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from app.canvas import catalog
from app.canvas.views import NoteView
from app.export.booklet import Booklet
from app.export.composition import compose
from app.export.job import Job
from app.export.press import COMMAND, Press
from app.export.sheet import Paper, Wishes
from app.ids import new_id
from app.resources import STATIC
from tests.attendance.held import hold
from tests.attendance.test_list import FILLED, on_list
from tests.export.canary import Canary, Said, payloads
from tests.export.paper import FIELDS, KEYS, RENDERER, Printed, canvas_of, composed
from tests.export.test_booklet import around
from tests.factories import Room, new_uuid, room_of
from tests.importing.bombs import MOMENT, packed, workshop
from tests.importing.test_importing import looked_at
from tests.photograph.pictures import add as photograph
from tests.photograph.pictures import taken
from tests.report.books import made


def test_the_canary_notices_a_visitor(canary: Canary) -> None:
    urllib.request.urlopen(f"{canary.address}/x").close()

    assert canary.asked == ["/x"]


def book_of(hostile: list[str]) -> Booklet:
    """Twelve payloads a canvas: each is a note, the name of its author, and part of a title."""
    canvases = []
    for number in range(0, len(hostile), 12):
        some = (hostile[number:] + hostile)[:12]
        titles = [" ".join(some[at : at + 3]) for at in range(0, 12, 3)]
        canvas = canvas_of({key: some[at::9] for at, key in enumerate(KEYS)})
        blocks = tuple(replace(block, notes=_signed(block.notes)) for block in canvas.blocks)
        canvas = replace(canvas, id=f"c{number}", title=" ".join(some), blocks=blocks)
        names = ("designed_for", "designed_by", "partnership", "vocational_field")
        fields = replace(FIELDS, **dict(zip(names, titles, strict=True)))
        wishes = Wishes(named=True)
        canvases.append(
            compose(RENDERER, canvas, fields, catalog.definition(), Paper.A3, "id", wishes=wishes)
        )
    return Booklet(around(*(each.sheet.canvas.id for each in canvases)), tuple(canvases))


def _signed(notes: tuple[NoteView, ...]) -> tuple[NoteView, ...]:
    return tuple(replace(note, author=note.text) for note in notes)


@pytest.mark.skipif(sys.platform != "linux", reason="strace exists on Linux only")
def test_what_notes_titles_and_names_say_is_printed_and_opens_nothing(canary: Canary, tmp_path: Path) -> None:
    hostile, trace = payloads(canary), tmp_path / "trace"
    calls = ("--seccomp-bpf", "-e", "trace=connect,execve,open,openat")
    press = Press(command=("strace", "-f", *calls, "-o", str(trace), *COMMAND))
    try:
        # Once as usual: what the library itself wants is read now.
        composed({"channels": ["satu"]}).draw(press)
        before = len(trace.read_text("utf-8", "replace"))
        sheets = [Printed(book_of(hostile).draw(press))]
        # And as if it had escaped its escaping.
        raw = Job(html="<title>x</title>" + "".join(hostile), font_size=12, size=1)
        sheets.append(Printed(press.run(raw).pdf))
    finally:
        press.close()

    assert len(hostile) >= 60 and canary.asked == []
    for sheet in sheets:
        assert list(sheet.reader.attachments) == []
        assert "root:" not in sheet.text and "KANVAS_" not in sheet.text
    words = _words(sheets[0])
    for payload in hostile:
        assert words.count(_bare(payload)) >= 3, "as a note, as a name and in a title"
    asked = trace.read_text("utf-8", "replace")[before:]
    opened = set(re.findall(r'open(?:at)?\([^"]*"([^"]+)"[^\n]*\) = \d', asked))
    own = (str(STATIC), sys.prefix, sys.base_prefix, "/usr/", "/etc/fonts", "/etc/mime.types", "/proc/")
    temporary = f"{tempfile.gettempdir()}/weasyprint-"
    assert "connect(" not in asked and "execve(" not in asked
    assert not [path for path in opened if not path.startswith((*own, temporary)) and "font" not in path]


def test_whatever_else_a_workshop_says_is_on_its_papers_as_written(room: Room, canary: Canary) -> None:
    said = Said(payloads(canary))
    new = room_of(room.facilitator, brought_in(room, said))
    hold(new)
    entry = {"name": said(120), "institution": said(160), "role": said(120)}
    assert on_list(new, f"/people/{new_id()}", **FILLED | entry).status_code == 303
    assert photograph(new, taken((80, 60)), caption=said(160)).status_code == 303
    canvas, workshop = f"/canvases/{new.groups[0]['canvas_id']}", f"/workshops/{new.workshop_id}"
    reason = {"finding": "K01:customer_segments", "comment": said(200), "op_id": new_uuid()}
    assert new.facilitator.post(f"{canvas}/checks/dismissals", data=reason).status_code in (200, 303)

    papers = [made(new, "report").content]
    for path in (f"{canvas}/canvas.pdf?names=1", f"{canvas}/commitments.pdf"):
        papers.append(new.facilitator.get(path).content)
    papers.append(new.facilitator.get(f"{workshop}/attendance/days/1/sheet.pdf").content)

    words = _words(*map(Printed, papers))
    assert canary.asked == [] and "root:" not in words
    assert [text for text in said.all if _bare(text) not in words] == []
    names = [name for paper in papers for name in Printed(paper).reader.attachments]
    assert len(names) == 1 and names[0].endswith(".json"), "the canvas itself, which we put there"


def brought_in(room: Room, said: Said) -> str:
    """A workshop every field of which wants something, by Impor; its id."""
    steps = [
        {"key": f"s{n}", "block": catalog.definition().plan.key, "text": said(200), "created_at": MOMENT}
        | {key: said(200) for key in ("output", "centre_owner", "partner_owner", "resources", "indicator")}
        for n in range(2)
    ]
    note = {"block": "key_partnerships", "text": said(200), "gives": said(200), "gets": said(200)}
    note |= {"key": "n1", "author": "p1", "cluster": said(60), "created_at": MOMENT}
    asked = {"question": said(160), "budget": 3, "opened_at": MOMENT, "closed_at": MOMENT}
    group = {
        "name": said(80),
        "training_centre": said(120),
        "industry_partner": said(120),
        "vocational_field": said(120),
        "participants": [{"key": "p1", "name": said(60)}],
        "notes": [note, *steps],
        "comments": [{"key": "c1", "note": "n1", "text": said(200), "kind": "ask", "at": MOMENT}],
        "voting": [asked | {"votes": [{"note": "n1", "votes": 2}]}],
    }
    titles = {"title": said(160), "place": said(160), "organizer": said(160)}
    place, _ = looked_at(room.facilitator, packed(workshop(groups=[group], **titles)))
    return str(room.facilitator.post(place).headers["location"].rsplit("/", 1)[1])


def _words(*papers: Printed) -> str:
    """All letters in the order they are drawn in: poppler mingles lines that stand side by side."""
    return _bare("".join(page.extract_text() for paper in papers for page in paper.reader.pages))


def _bare(text: str) -> str:
    """Without what is added or dropped where a line ends."""
    return "".join(text.replace("-", "").split())


def test_a_file_of_fifty_megabytes_in_a_note_is_only_its_letters(press: Press) -> None:
    """No note is as long, but what a program says of itself may be."""
    bomb = '<img src="data:image/png;base64,' + "A" * (50 * 1024**2) + '">'

    proof = press.run(Job(html=f"<title>x</title><p>awal</p>{bomb}<p>akhir</p>", font_size=12, size=1))

    assert len(proof.pdf) < 100_000 and "akhir" in Printed(proof.pdf).text


def test_the_press_knows_packaged_files_by_name_only() -> None:
    from app.export.typesetting import PackagedFiles, packaged_files

    fetcher = PackagedFiles(
        {"/static-generated/canvas.css": ".nine{}"}, {"/photographs/w/p/picture.jpg": "eA=="}
    )

    assert b"@page" in fetcher.fetch("app:/static/css/print.css?v=1").read()
    assert fetcher.fetch("app:/static-generated/canvas.css").read() == b".nine{}"
    assert fetcher.fetch("app:/photographs/w/p/picture.jpg").read() == b"x", "it came with the job"
    assert {Path(path).suffix for path in packaged_files()} == {".css", ".woff2", ".ttf", ".svg"}
    for url in (
        "app:/static/js/outbox.js",
        "app:/static/css/../../app/settings.py",
        "app:/static/css/%2e%2e/print.css",
        "app://evil/static/css/print.css",
        "app:/etc/passwd",
        "app:/photographs/w/another/picture.jpg",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "data:,x",
        f"app:{Path(__file__).resolve()}",
    ):
        with pytest.raises(ValueError, match=r"refused"):
            fetcher.fetch(url)


def test_the_sheet_finds_its_own_font_style_and_mark(press: Press) -> None:
    sheet = Printed(composed({}).draw(press))

    fonts = {str(font["/BaseFont"]) for font in sheet.reader.pages[0]["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert any("Radio-Canada" in font for font in fonts)
