"""Takes the guide's pictures again, in the order of the day, from the demonstration workshop.

Run in the checkout, with Chromium installed:  .venv/bin/python -m docs.guide.take
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from docs.pictures.take import become, live, photograph, screen, show, sign_in, take, wall_of

HERE = Path(__file__).parent / "pictures"
LARGEST, COLOURS = 60_000, 32
IDEA = "Pemagangan 3 bulan di pabrik mitra"


def keep(page: Page, name: str) -> None:
    take(page, HERE / f"{name}.png", largest=LARGEST, colours=COLOURS)


def go(board: Page, address: str, *, block: str = "value_propositions") -> None:
    """A canvas with this block in focus."""
    board.goto(f"{address}?block={block}")
    live(board)


def before_the_day(desk: Page) -> None:
    back = desk.url
    desk.goto("/workshops/new")
    desk.get_by_label("Judul").fill("Lokakarya BMC Kemitraan BLK dan Industri")
    # Chromium writes the month first, browsers in Indonesia the day: this date reads the same.
    desk.locator("[name=held_on]").fill("2024-09-09")
    desk.locator("[name=expected]").fill("26")
    desk.get_by_label("Tempat").fill("Serang")
    desk.get_by_label("Kemitraan, satu per baris").fill(
        "BBPVP Serang × industri petrokimia; Teknik Las\nBLK Lebak × pabrik alas kaki; Menjahit Sepatu\n"
        "BLK Pandeglang × hotel pantai; Tata Boga"
    )
    keep(desk, "create")
    desk.goto(back)
    live(desk)


def coming_in(browser: Browser, desk: Page, wall: Page) -> None:
    show(desk, "Selamat datang")
    keep(wall, "welcome")
    phone = screen(browser, 360, 740, touch=True)
    phone.goto("/join")
    phone.get_by_label("Kode gabung").fill(desk.locator(".joining__code").inner_text())
    phone.get_by_role("button").first.click()
    phone.get_by_label("Nama Anda").fill("Maya")
    keep(phone, "join")


def writing(board: Page, phone: Page) -> None:
    phone.get_by_role("link", name="Blok berikutnya").click()
    phone.locator("#add [name=text]").fill(IDEA)
    keep(phone, "write")
    phone.locator("#add [name=text]").fill("")
    board.get_by_text("Menu", exact=True).click()
    keep(board, "menu")
    board.get_by_role("link", name="Ketik dari kertas").click()
    board.get_by_label("Blok").select_option(label="7. Aktivitas Utama")
    board.get_by_label("Isi catatan").fill(IDEA)
    board.get_by_role("button", name="Simpan").click()
    expect(board.get_by_text("Tersimpan", exact=True).first).to_be_visible()
    board.get_by_label("Isi catatan").fill("Ruang praktik dipakai bersama")
    keep(board, "paper")


def table_device(board: Page, canvas: str) -> None:
    board.get_by_role("link", name="Ada yang belum terdaftar?").click()
    for name in ("Pak Hasan", "Bu Lilis"):
        board.get_by_label("Nama", exact=True).fill(name)
        board.get_by_role("button", name="Tambahkan").click()
    go(board, canvas)
    board.get_by_role("link", name="Tambah catatan").locator("visible=true").first.click()
    board.get_by_role("form", name="Tambah catatan").get_by_label("Pak Hasan").check()
    board.locator("#add [name=text]").fill("Guru las ikut magang di pabrik")
    keep(board, "without-device")
    board.locator("#add [name=text]").fill("")
    board.keyboard.press("Escape")


def taking_a_note(board: Page) -> None:
    board.locator("#block-value_propositions .note__more").first.click()
    expect(board.get_by_role("region", name="Ubah catatan")).to_be_visible()
    keep(board, "note")
    board.keyboard.press("Escape")


def tidying(board: Page) -> None:
    block = board.locator("#block-value_propositions")
    block.get_by_role("link", name="Pilih beberapa").click()
    for note in (0, 1):
        block.get_by_role("checkbox").nth(note).click()
    board.get_by_text("Kelompokkan", exact=True).first.click()
    board.get_by_label("Nama kelompok ide").fill("Lulusan siap kerja")
    keep(board, "gather")
    board.keyboard.press("Escape")
    board.keyboard.press("Escape")


def talking(board: Page) -> None:
    board.locator("#block-value_propositions .note").first.get_by_role("link", name="Komentari").click()
    say = board.locator("#say")
    for kind, text in (
        ("Saya suka", "Jelas bagi industri."),
        ("Saya usul", "Tambahkan jumlah lulusan tiap tahun."),
    ):
        say.get_by_label(kind).check()
        say.locator("[name=text]").fill(text)
        say.get_by_role("button", name="Kirim").click()
        expect(board.locator("#talk [data-list]").get_by_text(text)).to_be_visible()
    keep(board, "comments")
    board.keyboard.press("Escape")


def seeing(board: Page, canvas: str) -> None:
    board.goto(f"{canvas}?block=value_propositions&view=block")
    live(board)
    keep(board, "one-block")
    board.goto(f"{canvas}/checks")
    keep(board, "check")
    board.goto(f"{canvas}?block=value_propositions&view=board")
    live(board)


def voting(desk: Page, phone: Page, wall: Page) -> None:
    desk.get_by_text("Buka pemberian suara …").click()
    desk.get_by_role("button", name="Buka pemberian suara", exact=True).click()
    live(desk)
    for note in (0, 1):
        phone.locator(".vote:visible").nth(note).click()
        expect(phone.locator(".vote[aria-pressed=true]")).to_have_count(note + 1)
    keep(phone, "vote")
    desk.get_by_role("button", name="Tutup semua pemberian suara").click()
    desk.get_by_role("button", name="Tampilkan pemberian suara Kelompok 2 di proyektor").click()
    expect(wall.locator("[data-votes], .result, ol li").first).to_be_visible()
    keep(wall, "result")


def the_past(board: Page, canvas: str) -> None:
    board.set_viewport_size({"width": 1024, "height": 480})
    board.goto(f"{canvas}/versions")
    board.get_by_label("Nama versi ini").fill("Akhir hari 1")
    board.get_by_role("button", name="Simpan versi").click()
    expect(board.get_by_text("sama dengan kanvas sekarang")).to_be_visible()
    keep(board, "versions")


def leading(desk: Page, wall: Page) -> None:
    step = desk.locator("#desk-now")
    for title in ("Registrasi", "Pembukaan dan perkenalan", "Pengantar kanvas", "Segmen Pelanggan"):
        desk.locator(".lanjut").click()
        expect(step.get_by_role("heading", name=title)).to_be_visible()
        # The button takes no second press within a second.
        desk.wait_for_timeout(1200)
    desk.evaluate("scrollTo(0, 0)")
    keep(desk, "lead")
    expect(wall.get_by_role("timer")).to_be_visible()
    keep(wall, "question")


def take_all(browser: Browser, password: str) -> None:
    desk = screen(browser, 1366, 768)
    sign_in(desk, password)
    before_the_day(desk)
    keep(desk, "desk")
    wall = wall_of(browser, desk)
    coming_in(browser, desk, wall)
    board, phone = screen(browser, 1024, 768), screen(browser, 360, 740, touch=True)
    become(desk, board, "Sari")
    become(desk, phone, "Budi")
    canvas = board.url.split("?")[0]
    writing(board, phone)
    table_device(board, canvas)
    taking_a_note(board)
    tidying(board)
    talking(board)
    seeing(board, canvas)
    voting(desk, phone, wall)
    the_past(board, canvas)
    leading(desk, wall)


if __name__ == "__main__":
    photograph(take_all)
