"""The attendance list, on a phone by touch and by keyboard alone; axe finds nothing on the way."""

from playwright.sync_api import expect

from app.clock import now
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.test_accessibility import findings


def hold_today(workshop: Workshop) -> None:
    """The list of a workshop of long ago is closed."""
    form = {"title": "Lokakarya Banten", "held_on": now().astimezone().date().isoformat()}
    answer = workshop.house.facilitator.post(f"{workshop.desk_path}/particulars", data=form)
    assert answer.status_code == 303


def test_a_person_fills_it_in_by_touch_without_a_network_too_and_erases_it_by_keyboard(
    workshop: Workshop, devices: Devices
) -> None:
    hold_today(workshop)
    devices.watch.expect("status of 422")
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    sari = workshop.join("Sari")
    phone = devices.phone(cookie_of(sari))
    phone.goto(workshop.tables[0].path)
    phone.locator("summary").filter(has_text="Menu").tap()
    phone.get_by_role("link", name="Daftar hadir").tap()
    agreement = phone.get_by_label("Saya setuju data disabilitas saya dicatat")
    phone.get_by_label("Nama lengkap").fill("Sari Dewi")
    expect(agreement).to_be_hidden()
    phone.get_by_role("radio", name="Ya", exact=True).tap()
    expect(agreement).to_be_visible()

    phone.get_by_role("button", name="Simpan").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Belum tersimpan")
    expect(phone.get_by_label("Saya memahami")).to_be_focused()
    assert findings(phone) == []
    for tick in ("Saya memahami", "Saya setuju data disabilitas"):
        phone.get_by_label(tick).check()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Simpan").tap()
    expect(phone.get_by_role("status")).to_contain_text("Belum terkirim")
    expect(phone.get_by_label("Nama lengkap")).to_have_value("Sari Dewi")
    assert findings(phone) == []
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_contain_text("Tersimpan")
    expect(phone.get_by_role("status")).to_be_focused()
    assert findings(phone) == []

    laptop = devices.laptop(cookie_of(sari), scripts=False)
    laptop.goto(f"{workshop.tables[0].path}/attendance")
    laptop.locator("summary").filter(has_text="Hapus …").focus()
    for key in ("Enter", "Tab", "Enter"):
        laptop.keyboard.press(key)
    expect(laptop.get_by_role("status")).to_contain_text("Sudah dihapus")


def test_the_host_enters_somebody_by_keyboard_alone(workshop: Workshop, devices: Devices) -> None:
    hold_today(workshop)
    workshop.join("Budi")
    desk = devices.laptop(workshop.facilitator_cookie)
    desk.goto(f"{workshop.desk_path}/attendance")
    assert findings(desk) == []
    desk.get_by_role("link", name="Budi").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Nama lengkap")).to_be_visible()
    assert findings(desk) == []
    desk.get_by_label("Nama lengkap").focus()
    desk.keyboard.type("Budi Santoso")
    desk.get_by_label("Yang bersangkutan memahami").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Tersimpan")
    expect(desk.get_by_role("link", name="Budi Santoso")).to_contain_text("(Budi)")

    desk.goto(f"{workshop.desk_path}/attendance/days/1/sheet")
    expect(desk.get_by_role("cell", name="Budi Santoso")).to_be_visible()
    assert findings(desk) == []
