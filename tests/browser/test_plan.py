"""The follow-up plan at the table: by finger, by keyboard alone, and without a connection."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.board import LIVE
from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.leading import Host
from tests.browser.test_accessibility import findings
from tests.factories import new_uuid

IT_FITS = """() => {
  const list = document.querySelector(".plans__list");
  return list.scrollHeight <= list.clientHeight + 1;
}"""


def steps(page: Page) -> Locator:
    """The steps that are seen, in order."""
    return page.locator("#steps .item:visible .item__text")


def test_by_finger_a_table_makes_its_plan_and_everybody_sees_it_at_once(
    workshop: Workshop, devices: Devices
) -> None:
    devices.watch.expect("ERR_INTERNET_DISCONNECTED")
    path = f"{workshop.tables[0].path}/follow-up-plan"
    phone = devices.phone(cookie_of(workshop.join("Wulan")))
    other = devices.laptop(cookie_of(workshop.join("Budi")))
    other.goto(path)
    phone.goto(workshop.tables[0].path)
    phone.locator(".more > summary").tap()
    phone.get_by_role("link", name="Rencana tindak lanjut").tap()
    expect(phone.locator(".plan__empty")).to_contain_text("Apa langkah pertama dalam 30 hari?")
    heading = phone.locator("main h1")
    assert heading.evaluate("h => h.scrollWidth <= h.clientWidth"), "no button stands on its words"

    phone.locator("#adding [name=text]").fill("Draf PKS")
    phone.get_by_role("button", name="Tambahkan").tap()
    expect(steps(other)).to_have_text(["Draf PKS"])
    phone.context.set_offline(True)
    phone.locator("#adding [name=text]").fill("TNA ke 5 perusahaan")
    phone.get_by_role("button", name="Tambahkan").tap()
    expect(phone.locator("#own [data-state]")).to_have_text("Belum terkirim")
    phone.locator("#own").get_by_role("link", name="Ubah").tap()
    phone.locator("#editing [name=due_on]").fill("2024-10-01")
    phone.locator("#editing").get_by_role("button", name="Simpan").tap()
    phone.locator("#own").get_by_role("button", name="Naik").tap()
    expect(steps(phone)).to_have_text(["TNA ke 5 perusahaan", "Draf PKS"])
    assert findings(phone) == []

    phone.context.set_offline(False)
    expect(steps(other)).to_have_text(["TNA ke 5 perusahaan", "Draf PKS"])
    expect(other.locator("#plan")).to_contain_text("1 Oktober 2024")
    expect(phone.locator("#save")).to_have_attribute("data-state", "saved")
    expect(phone.locator("#own .item, .plan__asks li").filter(has_text="30 hari")).to_have_count(0)


def test_by_keyboard_alone_a_step_is_changed_put_first_deleted_and_brought_back(
    workshop: Workshop, devices: Devices
) -> None:
    page = devices.laptop(cookie_of(workshop.join("Wulan")))
    page.goto(f"{workshop.tables[0].path}/follow-up-plan")
    keyboard = page.keyboard
    page.locator("#adding [name=text]").focus()
    for text in ("Satu", "Dua"):
        keyboard.type(text)
        keyboard.press("Enter")
    expect(page.locator("#plan .item")).to_have_count(2)

    page.get_by_role("link", name="Ubah: Dua").press("Enter")
    expect(page.locator("#editing [name=text]")).to_be_focused()
    keyboard.press("End")
    keyboard.type(" kali")
    keyboard.press("Escape")
    page.get_by_role("button", name="Lanjut mengubah").press("Enter")
    expect(page.locator("#editing [name=text]")).to_have_value("Dua kali")
    assert findings(page) == []
    keyboard.press("Enter")
    expect(page.locator("#editing")).to_be_hidden()
    expect(page.get_by_role("link", name="Ubah: Dua kali")).to_be_focused()

    up = page.get_by_role("button", name="Naik: Dua kali")
    up.press("Enter")
    expect(steps(page)).to_have_text(["Dua kali", "Satu"])
    expect(page.locator("#said")).to_have_text("Kegiatan 1 dari 2.")
    expect(page.locator("[data-sync]:visible")).to_have_count(0)
    expect(up).to_be_focused()

    page.get_by_role("button", name="Hapus: Dua kali").press("Enter")
    expect(steps(page)).to_have_text(["Satu"])
    expect(page.get_by_role("link", name="Ubah: Satu")).to_be_focused()
    keyboard.press("Control+z")
    expect(page.locator("#plan .item__text:visible")).to_have_text(["Dua kali", "Satu"])


def test_at_its_step_a_phone_is_led_to_the_plan_once_and_the_wall_cuts_no_step_off(
    workshop: Workshop, devices: Devices
) -> None:
    wulan = workshop.join("Wulan")
    words = (
        "Analisis kebutuhan pelatihan di perusahaan petrokimia dan kontraktor di Cilegon, Serang dan Lebak"
    )
    for text in (words, "Draf PKS", words, "Rekrutmen", words, "Rapat", words, "OJT"):
        said = {"centre_owner": "Seksi kerja sama BBPVP Serang", "partner_owner": "HRD PT Contoh Petrokimia"}
        wulan.post("follow-up-plan", note_id=new_uuid(), text=text, due_on="2024-12-12", **said)
    phone, wall = devices.phone(cookie_of(wulan)), devices.beamer()
    phone.goto(workshop.tables[0].path)
    wall.goto(workshop.projector_path)
    expect(phone.locator(LIVE)).to_have_count(1)

    Host(workshop).enter("Rencana tindak lanjut")
    expect(phone.locator("#adding")).to_be_visible()
    phone.get_by_role("link", name="Kanvas").tap()
    expect(phone.locator("#stage").get_by_role("link", name="Rencana tindak lanjut")).to_be_visible()

    for page in (1, 2):
        workshop.show("plan", page=page)
        expect(wall.locator(".scene__page")).to_have_text(f"Halaman {page} dari 2")
        wall.wait_for_function(IT_FITS)


def test_what_is_refused_stays_beneath_the_plan_until_it_can_be_sent_or_is_written_anew(
    workshop: Workshop, devices: Devices
) -> None:
    devices.watch.expect(r"status of 4(10|23)")
    wulan = workshop.join("Wulan")
    Host(workshop).enter("Presentasi kelompok")
    phone = devices.phone(cookie_of(wulan))
    phone.goto(f"{workshop.tables[0].path}/follow-up-plan")
    phone.locator("#adding [name=text]").fill("Draf PKS")
    phone.get_by_role("button", name="Tambahkan").tap()
    expect(phone.locator("#kept")).to_contain_text("Menulis di sini sedang ditutup")
    expect(phone.locator("#save")).to_have_text("Tidak dapat disimpan")
    Host(workshop).enter("Rencana tindak lanjut")
    expect(phone.locator("#plan .item__text")).to_have_text("Draf PKS")
    expect(phone.locator("#kept .item")).to_have_count(0)

    phone.get_by_role("link", name="Ubah: Draf PKS").tap()
    step = phone.locator("#plan .item").get_attribute("data-item")
    wulan.post(f"notes/{step}/deletion")
    expect(phone.locator("#plan .item")).to_have_count(0)
    phone.locator("#editing [name=output]").fill("Isi disepakati")
    phone.locator("#editing").get_by_role("button", name="Simpan").tap()
    phone.get_by_role("button", name="Simpan sebagai kegiatan baru").tap()
    expect(phone.locator("#plan .item")).to_contain_text("Isi disepakati")
    expect(phone.locator("#kept .item")).to_have_count(0)
