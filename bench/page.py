"""What a participant's page costs a cheap phone: requests, bytes, seconds until it can be used, long tasks.

    python -m bench.page
    python -m bench.page --notes 200 --rate 10 --seconds 10

What the rows mean: bench/README.md.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx2
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.canvas import catalog
from app.identity import cookies

from .room import Guest, Room
from .server import Product
from .traffic import BYTES_PER_SECOND, LATENCY, SLOW_CPU, Traffic

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 360, "height": 740}
BLOCKS = [block.key for block in catalog.definition().in_order()]
TEXT = "Catatan {}: pelatihan las, uji kompetensi dan penempatan lulusan di galangan"
USUAL = 33
LIVE = "html[data-live=on]"
# The scripts run: Enter saves, and the note stands there at once.
USABLE = "html[data-js]"


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        server = Product(Path(folder))
        server.start()
        try:
            # Before Playwright starts: while it runs, nobody else can have an event loop.
            tables = {notes: asyncio.run(_table(server, notes)) for notes in (USUAL, given.notes)}
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium-headless-shell", args=FLAGS
                )
                for notes, (reader, _) in tables.items():
                    print(f"{notes} notes on the canvas")
                    _print_visits(browser, server.url, reader)
                    _print_first_seconds(browser, server.url, reader)
                _print_busy_seconds(browser, server.url, *tables[given.notes], given.rate, given.seconds)
                browser.close()
        finally:
            server.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notes", type=int, default=200, help="notes on the large canvas")
    parser.add_argument("--rate", type=float, default=10.0, help="notes a second that others add to it")
    parser.add_argument("--seconds", type=float, default=10.0, help="for how long they do")
    return parser


async def _table(server: Product, notes: int) -> tuple[Guest, Guest]:
    """A reader and a writer at a canvas with so many notes."""
    async with Room(server.url, server.facilitator_token) as room:
        # One for each block: nobody may write faster than a person can.
        people = await room.join(len(BLOCKS))
        for number, (writer, block) in enumerate(zip(people, BLOCKS, strict=True)):
            await room.write(writer, [TEXT.format(each) for each in range(number, notes, len(BLOCKS))], block)
        return await room.sit_down("Reader"), people[0]


@contextmanager
def _phone(browser: Browser, url: str, guest: Guest) -> Iterator[Page]:
    context = browser.new_context(base_url=url, viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    context.add_cookies([{"name": cookies.PARTICIPANT, "value": guest.token, "url": url}])
    yield context.new_page()
    context.close()


def _print_visits(browser: Browser, url: str, guest: Guest) -> None:
    with _phone(browser, url, guest) as page:
        traffic = Traffic(page)
        for visit in ("first visit", "next visit"):
            page.goto("about:blank")
            traffic.forget()
            page.goto(f"/canvases/{guest.canvas}")
            expect(page.locator(LIVE)).to_have_count(1)
            page.evaluate("document.fonts.ready")
            largest = sorted(traffic.bytes_of.items(), key=lambda each: -each[1])[:6]
            parts = ", ".join(f"{_name(address)} {size / 1000:.1f}" for address, size in largest)
            print(f"  {visit}: {traffic.requests} requests, {traffic.total / 1000:.1f} kB ({parts})")


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2][:24]


def _print_first_seconds(browser: Browser, url: str, guest: Guest) -> None:
    with _phone(browser, url, guest) as page:
        Traffic(page).slow_down()
        begun = time.monotonic()
        page.goto(f"/canvases/{guest.canvas}", wait_until="commit")
        expect(page.locator(".cell[data-focused] .block__title")).to_be_visible(timeout=60_000)
        seen = time.monotonic() - begun
        expect(page.locator(USABLE)).to_have_count(1, timeout=60_000)
        usable = time.monotonic() - begun
        print(
            f"  CPU {SLOW_CPU} times slower, {BYTES_PER_SECOND * 8 / 1000:.0f} kbit/s, {LATENCY} ms: "
            f"words after {seen:.2f} s, usable after {usable:.2f} s"
        )


def _print_busy_seconds(
    browser: Browser, url: str, reader: Guest, writer: Guest, rate: float, seconds: float
) -> None:
    with _phone(browser, url, reader) as page:
        traffic = Traffic(page)
        traffic.watch_tasks()
        page.goto(f"/canvases/{reader.canvas}")
        expect(page.locator(LIVE)).to_have_count(1)
        traffic.slow_down()
        page.evaluate("longTasks.length = 0")
        added = _add(url, writer, rate, seconds)
        page.wait_for_timeout(2000)
        tasks = sorted(traffic.long_tasks(), reverse=True)
        print(
            f"  {added} notes in {seconds:g} s from others, CPU {SLOW_CPU} times slower: "
            f"{len(tasks)} tasks above 50 ms, {sum(task > 200 for task in tasks)} above 200 ms, "
            f"longest {max(tasks, default=0):.0f} ms"
        )


def _add(url: str, writer: Guest, rate: float, seconds: float) -> int:
    """Add notes all over the canvas, evenly."""
    count = int(rate * seconds)
    begun = time.monotonic()
    with httpx2.Client(base_url=url, headers=writer.headers) as http:
        for number in range(count):
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
            fields = {"block": BLOCKS[number % len(BLOCKS)], "text": TEXT.format(f"baru {number}")}
            body = {"op_id": str(uuid4()), "kind": "add", "note_id": str(uuid4()), **fields}
            http.post(f"/api/canvases/{writer.canvas}/ops", json=body).raise_for_status()
    return count


if __name__ == "__main__":
    raise SystemExit(main())
