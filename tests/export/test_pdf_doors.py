"""What people write is printed, never followed (T-PDF-1)."""

import re
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.canvas import catalog
from app.export.composition import compose
from app.export.job import Job
from app.export.press import COMMAND, Press
from app.export.sheet import Paper
from app.resources import STATIC
from tests.export.paper import FIELDS, RENDERER, Printed, canvas_of, composed


@dataclass
class Canary:
    """A web server that nobody should ever ask for anything."""

    address: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def canary() -> Iterator[Canary]:
    asked: list[str] = []

    class Song(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Song)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Canary(f"http://127.0.0.1:{server.server_port}", asked)
    server.shutdown()
    thread.join()
    server.server_close()


def payloads(canary: Canary) -> list[str]:
    """Everything that has ever made a PDF renderer open something."""
    targets = [
        f"{canary.address}/x",
        canary.address.replace("127.0.0.1", "[::ffff:7f00:1]"),
        canary.address.replace("127.0.0.1", "localhost"),
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "data:text/html,<p>x",
        "app:/static/../app/settings.py",
        "//127.0.0.1/x",
    ]
    shapes = [
        '<img src="{0}">',
        '<link rel=attachment href="{0}">',
        '<link rel=stylesheet href="{0}">',
        '<a rel=attachment href="{0}">x</a>',
        '<object data="{0}"></object><embed src="{0}">',
        "<style>@import url({0});*{{background:url({0})}}@font-face{{font-family:x;src:url({0})}}</style>",
        '<svg><use href="{0}#x"/><image href="{0}"/></svg>',
        "<base href='{0}'><meta http-equiv=refresh content='0;url={0}'>",
        '<p style="background:url({0});content:url({0})">x</p>',
    ]
    return [shape.format(target) for shape in shapes for target in targets]


def test_the_canary_notices_a_visitor(canary: Canary) -> None:
    urllib.request.urlopen(f"{canary.address}/x").close()

    assert canary.asked == ["/x"]


def test_hostile_notes_titles_and_names_are_printed_as_written(press: Press, canary: Canary) -> None:
    hostile = payloads(canary)[::7]
    name = '<link rel=attachment href="file:///etc/passwd"><img src=' + canary.address + "/title>"
    canvas = replace(canvas_of({"channels": hostile}, gives=hostile[0], gets=hostile[1]), title=name)
    fields = replace(FIELDS, designed_for=name, designed_by=name, partnership=name, vocational_field=name)

    sheet = Printed(compose(RENDERER, canvas, fields, catalog.definition(), Paper.A3, "id").draw(press))

    assert canary.asked == []
    assert list(sheet.reader.attachments) == []
    assert "root:" not in sheet.text
    words = _bare(sheet.text)
    assert all(_bare(payload) in words for payload in hostile)


def _bare(text: str) -> str:
    """Without what poppler adds or drops where a line ends."""
    return "".join(text.replace("-", "").split())


def test_even_markup_that_escaped_its_escaping_reaches_nothing(press: Press, canary: Canary) -> None:
    html = "<title>x</title>" + "".join(payloads(canary))

    proof = press.run(Job(html=html, font_size=12, size=1))

    sheet = Printed(proof.pdf)
    assert canary.asked == []
    assert list(sheet.reader.attachments) == []
    assert "root:" not in sheet.text and "KANVAS_" not in sheet.text


@pytest.mark.skipif(sys.platform != "linux", reason="strace exists on Linux only")
def test_the_press_asks_the_system_for_no_file_and_no_connection_that_is_not_its_own(
    canary: Canary, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    watched = ("strace", "-f", "-o", str(trace), "-e", "trace=connect,execve,open,openat", *COMMAND)
    press, hostile = Press(command=watched), payloads(canary)
    try:
        # Once as usual: what the library itself wants is read now.
        composed({"channels": ["satu"]}).draw(press)
        before = len(trace.read_text("utf-8", "replace"))
        composed({"channels": hostile[:30], "key_resources": hostile[30:60]}).draw(press)
        press.run(Job(html="<title>x</title>" + "".join(hostile), font_size=12, size=1))
    finally:
        press.close()

    asked = trace.read_text("utf-8", "replace")[before:]
    opened = set(re.findall(r'open(?:at)?\([^"]*"([^"]+)"[^\n]*\) = \d', asked))
    own = (str(STATIC), sys.prefix, sys.base_prefix, "/usr/", "/etc/fonts", "/etc/mime.types", "/proc/")
    temporary = f"{tempfile.gettempdir()}/weasyprint-"
    assert len(hostile) >= 60 and canary.asked == []
    assert "connect(" not in asked and "execve(" not in asked
    assert not [path for path in opened if not path.startswith((*own, temporary)) and "font" not in path]


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
