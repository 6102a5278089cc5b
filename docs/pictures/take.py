"""Takes the README's pictures again, from the demonstration workshop: its people and companies are invented.

Run in the checkout, with Chromium installed:  .venv/bin/python -m docs.pictures.take
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.server import HOST, Server, free_port

HERE = Path(__file__).parent
# The address on the pictures. Nobody has it: the browser is told that it means our own server.
SHOWN = "http://192.168.1.20:8000"
LARGEST = 150_000
KANVAS = [sys.executable, "-m", "app.cli"]


@contextmanager
def demonstration() -> Iterator[tuple[int, str]]:
    """A server with the demonstration workshop: its port, and the facilitator's password."""
    with tempfile.TemporaryDirectory() as folder:
        data, port = ["--data", f"{folder}/data"], free_port()
        told = subprocess.run([*KANVAS, "demo", *data], capture_output=True, text=True, check=True).stdout
        serve = [*KANVAS, "serve", *data, "--port", str(port), "--host", HOST]
        server = Server(serve, port, Path(folder, "server.log"), {"KANVAS_BASE_URL": SHOWN})
        server.start()
        try:
            yield port, told.rsplit(":", 1)[1].strip()
        finally:
            server.stop()


def screen(browser: Browser, width: int, height: int, *, touch: bool = False) -> Page:
    context = browser.new_context(
        base_url=SHOWN,
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        reduced_motion="reduce",
    )
    return context.new_page()


def live(page: Page) -> None:
    expect(page.locator("html[data-live=on]")).to_have_count(1)


def take(page: Page, path: Path, *, largest: int = LARGEST, colours: int = 256) -> None:
    """Keep what the screen shows, with few colours: flat surfaces need no more."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(palette=_palette(picture, colours), dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    assert size <= largest, f"{path.name} has {size} bytes"
    sys.stdout.write(f"{path.name}: {picture.width}×{picture.height}, {size // 1000} kB\n")


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    """The colours that stand for all: small marks have a say beside the large surfaces of paper."""
    found = picture.getcolors(picture.width * picture.height) or []
    # Fewer pixels than these are the edges of letters.
    said = [rgb for count, rgb in found if count >= 30 for _ in range(round(count**0.4))]
    voices = Image.new("RGB", (len(said), 1))
    voices.putdata(said)
    return voices.quantize(colours, kmeans=2)


def sign_in(desk: Page, password: str) -> None:
    desk.goto("/sign-in")
    desk.locator("[name=name]").fill("Fasilitator")
    desk.locator("[name=password]").fill(password)
    desk.get_by_role("button", name="Masuk").click()
    desk.get_by_role("link", name=re.compile("Banten")).click()
    live(desk)


def become(desk: Page, page: Page, name: str) -> None:
    """A participant's screen, by the personal link from the desk."""
    address = desk.url
    desk.get_by_role("region", name="Peserta").get_by_text(name, exact=True).click()
    desk.get_by_role("button", name="Kirim ulang tautan pribadi").locator("visible=true").click()
    page.goto(desk.locator(".address").inner_text())
    page.get_by_role("button", name=f"Lanjutkan sebagai {name}").click()
    live(page)
    desk.goto(address)
    live(desk)


def show(desk: Page, *buttons: str) -> None:
    """Press buttons of the projector's remote control."""
    remote = desk.get_by_role("region", name="Proyektor")
    for button in buttons:
        remote.get_by_role("button", name=button).click()
        expect(remote.get_by_role("button", name=button)).to_have_attribute("aria-pressed", "true")


def wall_of(browser: Browser, desk: Page) -> Page:
    """The projector's screen."""
    wall = screen(browser, 1024, 768)
    wall.goto(urlsplit(desk.get_by_role("link", name="Tampilan proyektor").get_attribute("href") or "").path)
    live(wall)
    return wall


def take_all(browser: Browser, password: str) -> None:
    desk = screen(browser, 1366, 768)
    sign_in(desk, password)
    board, phone = screen(browser, 1366, 768), screen(browser, 360, 740, touch=True)
    become(desk, board, "Sari")
    become(desk, phone, "Budi")
    board.get_by_role("link", name="Proposisi Nilai", exact=True).click()
    take(board, HERE / "board.png")
    phone.get_by_role("link", name="Blok berikutnya").click()
    take(phone, HERE / "phone.png")

    wall = wall_of(browser, desk)
    show(desk, "Selamat datang")
    take(wall, HERE / "welcome.png")
    show(desk, "Kelompok 2", "Proposisi Nilai")
    take(wall, HERE / "projector.png")
    take(desk, HERE / "desk.png")


def photograph(take_all: Callable[[Browser, str], None]) -> None:
    """With a browser that sees the demonstration workshop, and its facilitator's password."""
    with demonstration() as (port, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell",
            args=[
                "--no-sandbox",
                "--disable-gpu",
                f"--host-resolver-rules=MAP {urlsplit(SHOWN).netloc} {HOST}:{port}",
            ],
        )
        take_all(browser, password)
        browser.close()


if __name__ == "__main__":
    photograph(take_all)
