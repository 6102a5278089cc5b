"""What the room check says of a laptop and its room, from facts alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.room.checks import CHECKS, RoomFacts, State, Told
from app.room.phone import PhoneTest, is_this_machine
from app.room.power import Power, linux_power, mac_power, windows_power
from app.room.wifi import wifi_text
from app.room.words import worded
from app.room.zones import zone_of

JAKARTA = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 26, 8, 41, tzinfo=JAKARTA)
WELL = RoomFacts(
    address="http://192.168.1.20:8000",
    phone=PhoneTest(NOW, "192.168.1.20:8000"),
    now=NOW,
    newest=NOW - timedelta(days=1),
    province="Banten",
    power=Power(plugged=True, percent=90),
    free=12_400_000_000,
    sqlite="3.40.1",
    unsuitable=None,
    backups=Told("Cadangan 08.30"),
    has_backup=True,
    stick=Told("Cadangan 08.30, juga di USB"),
)


def states(facts: RoomFacts) -> dict[str, State]:
    return {key: check(facts).state for key, check in CHECKS.items()}


def said(facts: RoomFacts, key: str, locale: str = "id") -> str:
    (found,) = [finding for finding in worded(facts, locale) if finding.key == key]
    return f"{found.says} {found.do}".strip()


def test_a_room_in_which_all_is_well_is_ready() -> None:
    assert set(states(WELL).values()) == {State.READY}


@pytest.mark.parametrize(
    ("key", "facts", "words"),
    [
        ("address", replace(WELL, address="http://127.0.0.1:8000"), "tidak tersambung ke jaringan"),
        ("address", replace(WELL, address="http://169.254.7.7:8000"), "belum memberi alamat"),
        ("address", replace(WELL, is_for_itself=True), "tanpa --host"),
        ("phone", replace(WELL, phone=PhoneTest()), "Belum ada HP"),
        ("phone", replace(WELL, address="http://10.0.0.5:8000"), "lewat 192.168.1.20:8000"),
        ("phone", replace(WELL, phone=PhoneTest(NOW - timedelta(days=1), "192.168.1.20:8000")), "Belum ada"),
        ("power", replace(WELL, power=Power(plugged=False, percent=43)), "tinggal 43%"),
        ("power", replace(WELL, power=Power(plugged=False)), "Pasang pengisi daya"),
        ("clock", replace(WELL, now=NOW.replace(year=2015)), "sudah lama lewat"),
        ("clock", replace(WELL, newest=NOW + timedelta(hours=3)), "26 November 2026, 11.41"),
        ("clock", replace(WELL, now=NOW.astimezone(UTC)), "di luar Indonesia"),
        ("clock", replace(WELL, province="Sulawesi Selatan"), "Sulawesi Selatan memakai WITA"),
        ("disk", replace(WELL, disk_is_full="Disk hampir penuh"), "Disk hampir penuh"),
        ("storage", replace(WELL, unsuitable="OneDrive"), "OneDrive"),
        ("backups", replace(WELL, backups=Told("Tidak ada cadangan", is_well=False)), "Tidak ada cadangan"),
        ("stick", replace(WELL, stick=Told("USB penuh", is_well=False)), "USB penuh"),
    ],
)
def test_what_spoils_a_workshop_is_looked_at_and_nothing_else(key: str, facts: RoomFacts, words: str) -> None:
    assert states(facts)[key] == State.LOOK
    assert words in said(facts, key)
    # Only the address draws another with it: a phone has not come by the new one.
    assert {other for other, state in states(facts).items() if state != State.READY} <= {key, "phone"}


@pytest.mark.parametrize(
    ("key", "facts"),
    [("power", replace(WELL, power=Power())), ("stick", replace(WELL, stick=None))],
)
def test_what_cannot_be_known_or_is_not_needed_is_advice(key: str, facts: RoomFacts) -> None:
    assert states(facts)[key] == State.ADVICE
    assert said(facts, key) and said(facts, key) != said(facts, key, "en")


def test_a_workshop_without_a_backup_yet_is_told_when_there_will_be_one() -> None:
    facts = replace(WELL, has_backup=False, backups=Told("Belum ada cadangan"))

    assert states(facts)["backups"] == State.READY
    assert "dalam beberapa menit" in said(facts, "backups")


def test_times_and_sizes_are_written_as_people_here_write_them() -> None:
    assert said(WELL, "clock") == "Kamis, 26 November 2026, 08.41 WIB. Cocokkan dengan HP Anda."
    assert said(WELL, "clock", "en").startswith("Thursday, 26 November 2026, 08:41 WIB.")
    assert said(WELL, "disk") == "12,4 GB masih kosong."
    assert said(WELL, "phone") == "HP sudah terhubung, 08.41."


def test_a_clock_a_minute_behind_the_newest_note_is_no_trouble() -> None:
    assert states(replace(WELL, newest=NOW + timedelta(minutes=1)))["clock"] == State.READY


def test_provinces_keep_their_zones_and_any_other_text_keeps_none() -> None:
    zones = {name: zone_of(name) for name in ("DKI Jakarta", "bali", "Papua Barat Daya", "Kalimantan  Utara")}

    assert list(zones.values()) == ["WIB", "WITA", "WIT", "WITA"]
    assert (zone_of("Kalimantan Barat"), zone_of("Timor"), zone_of("")) == ("WIB", None, None)


def test_every_suggested_province_has_a_zone() -> None:
    form = Path("templates/workshop/_provinces.html").read_text()
    names = [name for name in form.split('"')[1::2] if name[0].isupper()]

    assert len(names) == 38 and all(zone_of(name) for name in names)


@pytest.mark.parametrize(
    ("client", "is_laptop"),
    [
        ("192.168.1.50", False),
        ("192.168.1.20", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.168.1.50", False),
        ("unix", False),
    ],
)
def test_the_laptop_knows_itself_by_the_address_it_comes_from(client: str, is_laptop: bool) -> None:
    assert is_this_machine(client, "192.168.1.20") is is_laptop


def supply(folder: Path, name: str, **said: str) -> None:
    (folder / name).mkdir()
    for what, text in said.items():
        (folder / name / what).write_text(f"{text}\n")


def test_a_linux_laptop_says_whether_it_is_plugged_in(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Discharging", capacity="43")
    supply(tmp_path, "hidpp", type="Battery", status="Discharging", capacity="5", scope="Device")

    assert linux_power(tmp_path) == Power(plugged=False, percent=43)
    supply(tmp_path, "AC", type="Mains", online="1")
    assert linux_power(tmp_path) == Power(plugged=True, percent=43)


def test_a_linux_laptop_that_lists_no_charger_knows_by_its_battery(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Charging", capacity="61")
    supply(tmp_path, "ucsi", type="USB", online="0")

    assert linux_power(tmp_path) == Power(plugged=True, percent=61)


def test_a_linux_computer_without_a_battery_does_not_say(tmp_path: Path) -> None:
    assert linux_power(tmp_path) == Power()


def test_a_mac_says_whether_it_is_plugged_in() -> None:
    battery = "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t87%; discharging; 4:12 remaining"

    assert mac_power(battery) == Power(plugged=False, percent=87)
    assert mac_power("Now drawing from 'AC Power'") == Power(plugged=True)
    assert mac_power("") == Power()


def test_windows_says_whether_it_is_plugged_in() -> None:
    assert windows_power(0, 43) == Power(plugged=False, percent=43)
    assert windows_power(1, 255) == Power(plugged=True)
    assert windows_power(255, 255) == Power()


@pytest.mark.parametrize(
    ("name", "password", "text"),
    [
        ("Aula", "rahasia1", "WIFI:T:WPA;S:Aula;P:rahasia1;;"),
        ("Aula", "", "WIFI:T:nopass;S:Aula;;"),
        ('B;L,K:"1"\\', "a;b,c:d\\", 'WIFI:T:WPA;S:B\\;L\\,K\\:\\"1\\"\\\\;P:a\\;b\\,c\\:d\\\\;;'),
        ("Balai Latihan", "dengan spasi", "WIFI:T:WPA;S:Balai Latihan;P:dengan spasi;;"),
    ],
)
def test_signs_with_a_meaning_in_the_code_of_a_wifi_are_escaped(name: str, password: str, text: str) -> None:
    assert wifi_text(name, password) == text
