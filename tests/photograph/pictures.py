"""Pictures as phones take them, and as nobody should."""

import io
import struct
import zlib
from typing import Any

from httpx2 import Response
from PIL import Image
from sqlmodel import col, select

from app.photograph.models import Photograph
from tests.factories import Room

RED, BLUE = (200, 30, 30), (30, 30, 200)


def taken(size: tuple[int, int] = (1600, 1200), kind: str = "JPEG", **saved: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    picture.save(out, kind, **saved)
    return out.getvalue()


def taken_by_a_phone(orientation: int = 6) -> bytes:
    """On its side, with the place and the name of its owner in it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Sari Dewi"
    exif.get_ifd(0x8825)[1] = "S"
    return taken(exif=exif, comment=b"Sari Dewi")


def crowded(size: tuple[int, int] = (1600, 1200)) -> bytes:
    """As much in it as a picture can hold."""
    picture = Image.effect_noise(size, 120).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kB that says how large it is, and is."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1 + side // 8) * 2000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def page_of(room: Room) -> str:
    return f"/photographs/{room.workshop_id}"


def add(room: Room, *files: bytes, caption: str = "Pleno", **said: str) -> Response:
    """Sent as the form sends them."""
    form = {"caption": caption, "agreed": "1"} | said
    sent = [("files", (f"foto {at}.jpg", file, "image/jpeg")) for at, file in enumerate(files, 1)]
    return room.facilitator.post(page_of(room), data=form, files=sent)


def kept(room: Room) -> list[Photograph]:
    with room.house.db.read() as session:
        return list(session.exec(select(Photograph).order_by(col(Photograph.number))))
