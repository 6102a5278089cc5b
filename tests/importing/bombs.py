"""Files nobody should open, and the code each is refused with. As a program, it measures a folder."""

import functools
import io
import json
import resource
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject, StreamObject

from app.errors import Refused
from app.importing.proposals import Brought, new_workshop

MOMENT = "2024-09-10T08:00:00Z"
Bomb = Callable[[], bytes]


def workshop(**changes: Any) -> dict[str, Any]:
    """A workshop that can be imported, except for what is changed."""
    note = {"key": "n1", "block": "channels", "text": "Satu ide", "created_at": MOMENT}
    group = {
        "name": "Meja Las",
        "training_centre": "BBPVP Serang",
        "industry_partner": "Petrokimia",
        "participants": [{"key": "p1", "name": "Sari"}],
        "notes": [
            note | {"author": "p1"},
            note | {"key": "n2", "block": "parking", "text": "Dua  baris\nkata"},
        ],
    }
    whole = {"format": "kanvas-mitra-workshop", "version": 1, "title": "Lokakarya", "held_on": "2024-09-10"}
    return whole | {"groups": [group]} | changes


def with_group(**changes: Any) -> bytes:
    whole = workshop()
    whole["groups"][0] |= changes
    return packed(whole)


def with_note(**changes: Any) -> bytes:
    whole = workshop()
    whole["groups"][0]["notes"][0] |= changes
    return packed(whole)


def packed(whole: Any) -> bytes:
    return json.dumps(whole).encode()


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, content in entries:
            made.writestr(name, content)
    return file.getvalue()


def zip_of_zeros() -> bytes:
    """A gigabyte of zeros in one entry, put together from a megabyte that is deflated once."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = squeeze.compress(bytes(1024**2)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    content = megabyte * 1024 + squeeze.flush()
    name = b"workshop.json"
    common = struct.pack("<5H3L2H", 20, 0, 8, 0, 0, 0, len(content), 1024**3, len(name), 0)
    local = b"PK\x03\x04" + common + name + content
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name
    return local + entry + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)


def sheet_of(rows: str, **more: bytes) -> bytes:
    """A workbook of one sheet, as small as programs read it."""
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    book = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{book}" xmlns:r="{related}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{rows[: rows.index("<row")]}<worksheet xmlns="{book}"><sheetData>'
        f"{rows[rows.index('<row') :]}</sheetData></worksheet>",
    }
    return zipped(*((name, text.encode()) for name, text in parts.items()))


def cells(*texts: str, row: int = 1) -> str:
    """A row of a sheet."""
    said = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{row}">{said}</row>'


HEAD = cells("Blok", "Catatan")
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)


def pdf_of_zeros() -> bytes:
    """A PDF that carries a gigabyte of zeros."""
    squeeze = zlib.compressobj(9)
    megabyte = squeeze.compress(bytes(1024**2)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, zlib.DEFLATED, -15)
    further = again.compress(bytes(1024**2)) + again.flush(zlib.Z_FULL_FLUSH)
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("canvas.json", b"x")
    for number, each in enumerate(writer._objects):
        if isinstance(each, StreamObject) and each.get("/Type") == "/EmbeddedFile":
            bomb = EncodedStreamObject()
            bomb.update(each)
            bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
            bomb._data = megabyte + further * 1023
            writer._objects[number] = bomb
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def blank_pdf(password: str = "") -> bytes:
    """A page, and nothing with it."""
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def lying_zip() -> bytes:
    """Its directory says one byte; there are thirty million."""
    honest = zipped(("workshop.json", bytes(30_000_000)))
    return honest.replace((30_000_000).to_bytes(4, "little"), (1).to_bytes(4, "little"))


def nested_zip(depth: int = 12) -> bytes:
    inner = zipped(("workshop.json", bytes(1_000_000)))
    for _ in range(depth):
        inner = zipped(*((f"{n}.zip", inner) for n in range(8)))
    return inner


def symlink() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("workshop.json")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def locked_zip() -> bytes:
    honest = bytearray(zipped(("workshop.json", b"{}")))
    honest[6] |= 1
    honest[honest.index(b"PK\x01\x02") + 8] |= 1
    return bytes(honest)


def truncated(percent: int) -> bytes:
    whole = packed(workshop())
    return whole[: len(whole) * percent // 100]


def truncated_zip(percent: int) -> bytes:
    whole = zipped(("workshop.json", packed(workshop())))
    return whole[: len(whole) * percent // 100]


TRUNCATED: dict[str, tuple[Bomb, str]] = {
    f"cut at {n} %": (functools.partial(truncated, n), "archive_damaged") for n in range(1, 100)
}
# A zip ends with its directory, and is told by its beginning.
CUT_ZIPS: dict[str, tuple[Bomb, str]] = {
    f"zip cut at {n} %": (functools.partial(truncated_zip, n), "archive_damaged") for n in (5, 50, 95)
}
SHAPES: dict[str, tuple[Bomb, str]] = {
    "a gigabyte of zeros": (zip_of_zeros, "file_too_big"),
    "a zip that lies": (lying_zip, "archive_damaged"),
    "zips in zips": (nested_zip, "file_unknown"),
    "a zip of many files": (lambda: zipped(*((f"{n}", b"") for n in range(2000))), "file_too_big"),
    "a zip with a password": (locked_zip, "file_locked"),
    "a zip packed otherwise": (
        lambda: zipped(("workshop.json", b"{}"), kind=zipfile.ZIP_LZMA),
        "file_unknown",
    ),
    "a zip that climbs": (lambda: zipped(("../../workshop.json", packed(workshop()))), "file_unknown"),
    "a zip with a root": (lambda: zipped(("/etc/workshop.json", packed(workshop()))), "file_unknown"),
    "a link to a password": (lambda: zipped((symlink(), b"/etc/passwd")), "archive_damaged"),
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), "file_unknown"),
    "two workshops": (lambda: zipped(("a.json", b"{}"), ("b.json", b"{}")), "file_unknown"),
    "a million notes": (
        lambda: with_group(notes=[]).replace(b"[]", b"[" + b"{}," * 10**6 + b"{}]"),
        "archive_too_long",
    ),
    "a million people": (
        lambda: with_group(participants=[]).replace(b"[]", b"[" + b"[]," * 10**6 + b"0]"),
        "archive_too_long",
    ),
    "a million keys": (
        lambda: b"{" + b",".join(b'"%d":0' % n for n in range(4 * 10**5)) + b"}",
        "archive_too_long",
    ),
    "depth": (lambda: b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "archive_invalid"),
    "depth of lists": (lambda: b"[" * 5_000_000, "archive_invalid"),
    "quotation marks": (lambda: b'{"' + b'\\"' * 2_400_000, "archive_damaged"),
    "six megabytes": (lambda: packed(workshop(title="x" * 6_000_000)), "archive_too_long"),
    "5,001 notes": (
        lambda: packed(
            workshop(
                groups=[
                    {
                        "name": f"{g}",
                        "notes": [
                            {"key": f"{n}", "block": "channels", "text": "x", "created_at": MOMENT}
                            for n in range(1667)
                        ],
                    }
                    for g in range(3)
                ]
            )
        ),
        "archive_too_long",
    ),
    "a list of a million rows": (
        lambda: sheet_of(HEAD + cells("Saluran", "x", row=2) * 3 + '<row r="1048576"/>' + HEAD * 60_000),
        "file_too_big",
    ),
    "a row far below": (lambda: sheet_of(HEAD + cells("Saluran", "x", row=1_048_576)), "file_too_big"),
    "5,001 rows": (
        lambda: sheet_of(HEAD + "".join(cells("Saluran", "x", row=n) for n in range(2, 5003))),
        "list_too_long",
    ),
    "a billion laughs": (
        lambda: sheet_of(f"{LAUGHS}]>" + HEAD.replace("Blok", "&a9;")),
        "archive_damaged",
    ),
    "a file of the computer": (
        lambda: sheet_of(
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + HEAD.replace("Blok", "&e;")
        ),
        "archive_damaged",
    ),
    "a workbook without sheets": (lambda: zipped(("xl/workbook.xml", b"<x/>")), "archive_damaged"),
    "a PDF of zeros": (pdf_of_zeros, "file_too_big"),
    "a PDF that ends": (lambda: pdf_of_zeros()[:2000], "archive_damaged"),
    "a PDF of another program": (lambda: blank_pdf(), "pdf_without_canvas"),
    "a PDF with a password": (lambda: blank_pdf("rahasia"), "file_locked"),
    "an endless line": (lambda: b"Blok;Catatan\nSaluran;" + b"x" * 3_000_000, "list_damaged"),
    "lines without end": (lambda: b"a\n" * 2_000_000, "list_too_long"),
    "separators without end": (lambda: b";" * 4_000_000, "list_too_long"),
    "nothing": (lambda: b"  \n", "file_missing"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_unknown"),
    "another program's JSON": (lambda: b'{"name": "x", "version": 3}', "archive_invalid"),
    "a list": (lambda: b"[1, 2]", "archive_invalid"),
}
CONTENTS: dict[str, tuple[Bomb, str]] = {
    "a future version": (lambda: packed(workshop(version=2)), "archive_newer"),
    "no version": (lambda: packed(workshop(version=None)), "archive_newer"),
    "another format": (lambda: packed(workshop(format="kanvas-lain")), "archive_invalid"),
    "an unknown field": (lambda: packed(workshop(join_code="7QHS31XH")), "archive_invalid"),
    "an id": (lambda: packed(workshop(id="8a57bd368c494e4a9bd1064b7af07546")), "archive_invalid"),
    "an id in a group": (lambda: with_group(id="x", canvas_id="y"), "archive_invalid"),
    "an id in a note": (lambda: with_note(id="x"), "archive_invalid"),
    "no groups": (lambda: packed(workshop(groups=[])), "archive_invalid"),
    "41 groups": (lambda: packed(workshop(groups=[{"name": "x"}] * 41)), "archive_invalid"),
    "no title": (lambda: packed(workshop(title="  ")), "title_missing"),
    "an unknown block": (lambda: with_note(block="dapur"), "unknown_block"),
    "an unknown side": (lambda: with_note(side="x"), "archive_invalid"),
    "an unknown evidence": (lambda: with_note(evidence="x"), "archive_invalid"),
    "an unknown segment": (lambda: with_note(segments=[7]), "unknown_segment"),
    "a number for a text": (lambda: with_note(text=7), "archive_invalid"),
    "a text for a number": (lambda: with_note(amount="tujuh"), "archive_invalid"),
    "an endless number": (
        lambda: with_note(amount=1).replace(b'"amount": 1', b'"amount": 1' + b"0" * 10_000),
        "archive_damaged",
    ),
    "more than all money": (lambda: with_note(amount=2**62), "amount_not_valid"),
    "an empty note": (lambda: with_note(text=" \n"), "text_empty"),
    "a long note": (lambda: with_note(text="x" * 2001), "archive_invalid"),
    "what no database keeps": (lambda: with_note(text="a\0b"), "text_not_valid"),
    "half a character": (lambda: with_note(text="Q").replace(b'"Q"', b'"\\ud800"'), "archive_damaged"),
    "a name of blanks": (lambda: with_group(participants=[{"key": "p1", "name": "   "}]), "name_missing"),
    "a name that turns": (
        lambda: with_group(participants=[{"key": "p1", "name": "\u202eSari"}]),
        "name_missing",
    ),
    "before all time": (lambda: with_note(created_at="0001-01-01T00:00:00+14:00"), "archive_invalid"),
    "after all time": (lambda: with_note(created_at="9999-12-31T23:59:59-14:00"), "archive_invalid"),
    "a comment about nothing": (
        lambda: with_group(comments=[{"key": "c", "note": "n9", "text": "x", "kind": "ask", "at": MOMENT}]),
        "archive_invalid",
    ),
    "not our letters": (lambda: packed(workshop()).replace(b"Satu", b"\xff\xfe\xfa\xfb"), "archive_damaged"),
}
BOMBS = TRUNCATED | CUT_ZIPS | SHAPES | CONTENTS


def answers(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Each file with the code it was refused with, and the processor time that took, children's included."""
    for path in sorted(folder.iterdir()):
        before, code = _used(), "taken"
        try:
            new_workshop(Brought(path.read_bytes(), path.name), "f", "id")
        except Refused as refusal:
            code = refusal.code
        yield path.name, code, _used() - before


def _used() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak() -> float:
    """The most memory this process has had, in MB; `getrusage` counts the parent's as well."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Print what became of the files of a folder, and how many MB more than a good file they took."""
    new_workshop(Brought(packed(workshop())), "f", "id")
    start = peak()
    found = list(answers(Path(sys.argv[1])))
    json.dump({"files": found, "grown": peak() - start}, sys.stdout)


if __name__ == "__main__":
    main()
