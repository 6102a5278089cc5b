"""A file comes in by keyboard, and by dropping it anywhere on the page; first it is said what will happen."""

from playwright.sync_api import Page, expect

from tests.browser.devices import Devices
from tests.browser.house import Workshop

LIST = "Kelompok;Blok;Catatan\nKelompok 1;Saluran;Grup alumni\nKelompok 9;Saluran;Tanpa meja\n"
# What a file manager does when somebody lets go of a file over the page.
DROP = """([name, bytes]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
  for (const kind of ["dragover", "drop"]) {
    document.querySelector("h1").dispatchEvent(
      new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""


def go_to(page: Page, label: str) -> None:
    """On by Tab until something that is called so has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if label in page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent"
        ):
            return
    raise AssertionError(f"Tab never comes to {label}")


def test_a_list_comes_in_by_keyboard_alone(workshop: Workshop, devices: Devices) -> None:
    page = devices.laptop(workshop.facilitator_cookie)
    page.goto(f"/imports/into/{workshop.id}")

    go_to(page, "Berkas")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "catatan.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    go_to(page, "Lihat apa yang akan terjadi")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Yang akan terjadi")).to_be_visible()
    expect(page.get_by_text("tidak ada kelompok “Kelompok 9”")).to_be_visible()
    go_to(page, "Impor sekarang")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{workshop.desk_path}#desk-groups")
    page.goto(workshop.tables[0].path)
    expect(page.get_by_text("Grup alumni")).to_be_visible()


def test_a_pdf_that_is_dropped_beside_the_field_brings_its_canvas(
    workshop: Workshop, devices: Devices
) -> None:
    workshop.join("Sari").add("Bengkel bersama", "key_resources")
    pdf = workshop.house.facilitator.get(f"{workshop.tables[0].path}/canvas.pdf").content
    page = devices.laptop(workshop.facilitator_cookie, size=(1024, 768))
    page.goto(f"/imports/into/{workshop.id}")

    page.evaluate(DROP, ["kanvas.pdf", list(pdf)])
    expect(page.get_by_role("button", name="Lihat apa yang akan terjadi").first).to_be_focused()
    page.get_by_role("button", name="Lihat apa yang akan terjadi").first.click()

    expect(page.get_by_text("1 kelompok baru")).to_be_visible()
    page.get_by_role("button", name="Impor sekarang").click()
    page.wait_for_url(f"**{workshop.desk_path}#desk-groups")
    page.locator(".tables__open").last.click()
    expect(page.get_by_text("Bengkel bersama")).to_be_visible()
