"""The past of a canvas: its history, its replay here and on the wall, its versions and its trash."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board import LIVE, Board, stays_loaded
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.factories import Person


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    """Somebody who wrote two notes and took the first away."""
    person = workshop.join("Wulan")
    first = person.add("Magang di pabrik", "channels")
    person.add("Juru las bersertifikat", "value_propositions")
    person.post(f"notes/{first['id']}/deletion")
    return person


@pytest.fixture
def laptop(devices: Devices, wulan: Person) -> Page:
    return devices.laptop(cookie_of(wulan))


def test_the_history_leads_to_the_canvas_of_then_and_its_buttons_through_time(
    workshop: Workshop, laptop: Page
) -> None:
    laptop.goto(f"{workshop.tables[0].path}/history")
    laptop.get_by_role("link", name="Menambah “Juru las bersertifikat” di Proposisi Nilai").click()
    load = stays_loaded(laptop)
    notes = laptop.locator(".note")
    expect(notes).to_have_text([re.compile("Juru las"), re.compile("Magang")])
    expect(laptop.get_by_role("status")).to_contain_text("Menambah “Juru las bersertifikat”")

    laptop.get_by_role("link", name="Maju satu langkah").click()
    expect(notes).to_have_text([re.compile("Juru las")])
    expect(laptop.get_by_role("status")).to_contain_text("Menghapus “Magang di pabrik” dari Saluran")
    laptop.get_by_role("slider", name="Saat").fill("0")
    expect(notes).to_have_count(0)
    laptop.get_by_role("button", name="Putar", exact=True).click()
    expect(notes).to_have_count(2)
    expect(laptop.get_by_role("status")).to_contain_text("Menghapus")
    expect(laptop.get_by_role("button", name="Putar", exact=True)).to_be_visible()
    assert load.still()


def test_the_replay_opens_at_the_last_moment_and_plays_from_the_first_to_it(
    workshop: Workshop, laptop: Page
) -> None:
    laptop.goto(f"{workshop.tables[0].path}/replay")
    slider = laptop.get_by_role("slider", name="Saat")
    expect(slider).to_have_value("3")

    laptop.get_by_role("button", name="Putar", exact=True).click()
    expect(slider).to_have_value("0")
    expect(slider).to_have_value("3")
    expect(laptop.get_by_role("button", name="Putar", exact=True)).to_be_visible()


def test_what_a_moment_changed_is_in_sight_inside_its_block(
    workshop: Workshop, laptop: Page, wulan: Person
) -> None:
    for number in range(9):
        wulan.add(f"Catatan nomor {number}", "channels")
    laptop.goto(f"{workshop.tables[0].path}/replay")
    expect(laptop.locator(".note", has_text="Catatan nomor 8")).to_be_in_viewport(ratio=1)
    laptop.get_by_role("slider", name="Saat").fill("11")
    expect(laptop.locator(".note", has_text="Catatan nomor 7")).to_be_in_viewport(ratio=1)
    expect(laptop.get_by_role("button", name="Putar")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_facilitator_replays_a_canvas_on_the_wall(
    workshop: Workshop, devices: Devices, wulan: Person, scripts: bool
) -> None:
    wall = devices.beamer()
    wall.goto(workshop.projector_path)
    expect(wall.locator(LIVE)).to_have_count(1)
    on_the_wall = wall.locator("#scene .note")
    host = devices.laptop(workshop.facilitator_cookie, scripts=scripts)
    host.goto(f"{workshop.tables[0].path}/replay?rev=1")
    show = host.get_by_role("button", name="Tampilkan di proyektor")
    show.click()
    expect(wall.locator("#scene[data-kind=replay]")).to_contain_text("Putar ulang 1/3")
    expect(wall.get_by_text("Menambah “Magang di pabrik” di Saluran")).to_be_visible()
    expect(on_the_wall).to_have_text([re.compile("Magang")])
    assert "Wulan" not in wall.content()

    host.get_by_role("link", name="Maju satu langkah").click()
    if not scripts:
        show.click()
    expect(on_the_wall).to_have_text([re.compile("Juru las"), re.compile("Magang")])
    expect(wall.locator(".note[data-changed]")).to_have_text(re.compile("Juru las"))
    wulan.add("Ditulis sekarang", "key_resources")
    expect(wall.get_by_text("Putar ulang 2/4")).to_be_visible()
    expect(on_the_wall).to_have_count(2)

    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(workshop.desk_path)
    remote = desk.get_by_role("region", name="Proyektor")
    expect(remote.get_by_text("Kelompok 1 · Putar ulang")).to_be_visible()
    expect(remote.get_by_role("link", name="Pandu putar ulang")).to_be_visible()
    if scripts:
        show.click()
    else:
        remote.get_by_role("button", name="Kelompok 1").click()
    expect(wall.locator("#scene[data-kind=canvas]")).to_be_visible()
    expect(on_the_wall).to_have_text([re.compile("Juru las"), re.compile("Ditulis sekarang")])


def test_the_page_says_when_the_wall_does_not_follow(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    host = devices.laptop(workshop.facilitator_cookie)
    host.goto(f"{workshop.tables[0].path}/replay?rev=1")
    devices.watch.expect("Failed to load resource")
    host.context.set_offline(True)
    show = host.get_by_role("button", name="Tampilkan di proyektor")
    show.click()
    expect(host.get_by_text("Proyektor tidak mengikuti. Tekan lagi.")).to_be_visible()
    expect(show).to_have_attribute("aria-pressed", "false")
    host.context.set_offline(False)
    show.click()
    expect(host.get_by_text("Proyektor mengikuti.")).to_be_visible()
    expect(show).to_have_attribute("aria-pressed", "true")


def test_only_a_facilitator_may_choose_what_the_wall_shows(workshop: Workshop, laptop: Page) -> None:
    laptop.goto(f"{workshop.tables[0].path}/replay")

    expect(laptop.get_by_role("slider", name="Saat")).to_be_visible()
    expect(laptop.get_by_role("button", name="Tampilkan di proyektor")).to_have_count(0)


def test_a_version_is_saved_under_a_name_looked_at_and_restored_and_that_is_undone(
    workshop: Workshop, laptop: Page, wulan: Person
) -> None:
    path = workshop.tables[0].path
    board = Board(laptop).open(path)
    laptop.get_by_text("Menu", exact=True).click()
    laptop.get_by_role("link", name="Versi").click()
    laptop.get_by_role("textbox", name="Nama versi ini").fill("Sesudah makan siang")
    laptop.get_by_role("button", name="Simpan versi").click()
    saved = laptop.get_by_role("listitem").filter(has_text="Sesudah makan siang")
    expect(saved).to_contain_text("Wulan")
    wulan.add("Terlambat", "key_resources")
    laptop.reload()

    saved.get_by_text("Pulihkan …").click()
    saved.get_by_role("button", name="Pulihkan versi ini").click()
    expect(laptop.locator(LIVE)).to_have_count(1)
    expect(board.note("Terlambat")).to_have_count(0)
    board.undo()
    expect(board.note("Terlambat")).to_be_visible()


def test_what_was_deleted_comes_back_from_the_trash_on_a_phone(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    phone = devices.phone(cookie_of(wulan))
    phone.goto(f"{workshop.tables[0].path}/trash")
    phone.get_by_role("button", name="Pulihkan").tap()
    expect(phone.get_by_text("Sampah kosong")).to_be_visible()

    board = Board(phone).open(f"{workshop.tables[0].path}?block=channels")
    expect(board.note("Magang di pabrik")).to_be_visible()


def test_every_line_of_the_history_is_as_tall_as_a_finger(
    workshop: Workshop, devices: Devices, wulan: Person
) -> None:
    phone = devices.phone(cookie_of(wulan))
    phone.goto(f"{workshop.tables[0].path}/history")
    lines = phone.get_by_role("link", name=re.compile("Menambah|Menghapus"))
    expect(lines).to_have_count(3)
    heights = lines.evaluate_all("(lines) => lines.map((line) => line.getBoundingClientRect().height)")
    assert min(heights) >= 44
