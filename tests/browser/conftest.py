"""One browser and one server for all of these tests; a workshop and devices of its own for each."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from app.canvas.catalog import example
from tests.browser.board import Board
from tests.browser.devices import Devices
from tests.browser.house import NAME, House, Workshop, cookie_of, fill, open_workshop
from tests.factories import Person

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1, MAP elsewhere.test 127.0.0.1",
]

# A busy machine may be slow; what must be quick says so in its own test.
expect.set_options(timeout=15_000)


# Not for the whole session: while Playwright runs, no other test could start an event loop.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    house.start()
    yield house
    house.stop()


@pytest.fixture
def workshop(house: House) -> Workshop:
    return open_workshop(house)


@pytest.fixture(scope="package")
def finished(house: House) -> Workshop:
    """A workshop whose first table has filled its canvas, to be looked at and not to be written on."""
    return open_workshop(house)


@pytest.fixture(scope="package")
def sari(finished: Workshop) -> Person:
    """Who wrote it all."""
    person = finished.join("Sari")
    fill(person, example("serang-petrochemical-welding"))
    return person


@pytest.fixture
def back_for_the_next_test(house: House) -> Iterator[None]:
    """However a test ends that stops the server, the next one finds it running."""
    yield
    if not house.running:
        house.start()


@pytest.fixture
def devices(chromium: Browser, house: House) -> Iterator[Devices]:
    with Devices(chromium, house.origin) as devices:
        yield devices


@pytest.fixture
def wulan(workshop: Workshop) -> Person:
    """Somebody at the first table who wrote three notes."""
    person = workshop.join("Wulan")
    for text in ("satu", "dua", "tiga"):
        person.add(text)
    return person


@pytest.fixture
def laptop(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    """Theirs, at the block they wrote in."""
    page = devices.laptop(cookie_of(wulan))
    return Board(page).open(f"{workshop.tables[0].path}?block=channels")


@pytest.fixture
def phone(workshop: Workshop, devices: Devices, wulan: Person) -> Board:
    """Their telephone, at the same block."""
    page = devices.phone(cookie_of(wulan))
    return Board(page).open(f"{workshop.tables[0].path}?block=channels")
