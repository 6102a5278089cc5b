"""Writes the database that this version leaves behind: python -m tests.upgrades.make FILE.db.gz

Once for each released version; the file is committed in tests/upgrades/databases and never changed again.
"""

import gzip
import sys
import tempfile
from pathlib import Path

from app.settings import Settings
from tests.conftest import browser
from tests.factories import Room, new_uuid, open_room

# Whatever people, their phones and other people's programs put into text.
NASTY = (
    "👩🏽‍🏭👨‍👩‍👧‍👦 pelatih & 'magang' \"bersertifikat\"",
    "שלום \u202etxet desrever\u202c مرحبا",
    "baris\nkedua\n\n\tbertab",
    "é versus e\u0301 · Z͑ͫ̓a̸l̶g̷o̵",
    "</script><b>{{ 7*7 }}</b> %s %(x)s '; DROP TABLE note; --",
    "=1+1",
    "\u2028pemisah\u2029 dan \ufeff\u200btak tampak",
    "x" * 2000,
    "🛠" * 2000,
    "null",
    '{"text": "bukan JSON"}',
)


def make() -> bytes:
    """A database with two workshops in which everything happened that can happen."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder) / "data", host="127.0.0.1")
        with browser(settings) as http:
            room = open_room(
                http, "BBPVP Serang × Petrokimia; Teknik Las\nBLK Lebak × Alas kaki\nBLK Cilegon"
            )
            work(room)
            form = {"title": 'Lokakarya "kedua" 👷', "held_on": "2024-11-05", "group_count": "2"}
            assert http.post("/workshops", data=form).status_code == 303
        return settings.database.read_bytes()


def work(room: Room) -> None:
    """A morning at two tables."""
    sari = room.join("Sari 🧵", side="blk", institution="BLK Lebak")
    budi = room.join("Budi", group=1, side="industry")
    room.join("D’Angelo Ñ", group=0, side="government")
    notes = [sari.add(text, segments=["1", "6"], inclusion="on") for text in NASTY]
    mine = budi.add("Mitra", block="key_partnerships", gives="Mesin\nlas", gets="Lulusan 🎓", side="joint")
    for version, text in enumerate(("Mitra utama", "Mitra utama, dua"), start=1):
        change = {"op_id": new_uuid(), "base_version": version, "text": text, "gives": "Mesin", "gets": ""}
        assert budi.post(f"notes/{mine['id']}", **change).status_code == 200
    late = budi.post(f"notes/{mine['id']}", base_version=1, text="Versi lain")
    assert late.status_code == 200, late.text
    for number, note in enumerate(notes[:6]):
        moved = sari.post(
            f"notes/{note['id']}/placement", block="channels" if number % 2 else "cost_structure"
        )
        assert moved.status_code == 200, moved.text
    dismissed = sari.post("checks/dismissals", finding="K01:key_resources", comment="Sudah 👍")
    assert dismissed.status_code == 303
    assert sari.post(f"notes/{notes[0]['id']}/deletion").status_code == 200
    assert sari.post(f"notes/{notes[1]['id']}/deletion").status_code == 200
    assert sari.post(f"notes/{notes[1]['id']}/restoration").status_code == 200
    assert room.host().post(f"notes/{notes[2]['id']}/hiding").status_code == 200
    room.bearer()
    room.on_desk("scene", kind="canvas", group=room.groups[1]["id"])
    room.on_desk("joining", open="0")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(gzip.compress(make(), mtime=0))
