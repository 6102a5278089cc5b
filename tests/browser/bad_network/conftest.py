"""The house of these tests stands behind a network that can be made bad."""

from collections.abc import Iterator

import pytest

from tests.browser.devices import Devices
from tests.browser.house import Workshop
from tests.browser.network import HouseBehind
from tests.factories import Person


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HouseBehind]:
    house = HouseBehind(tmp_path_factory.mktemp("behind"))
    house.start()
    with house.network:
        yield house
    house.stop()


@pytest.fixture(autouse=True)
def good_again(house: HouseBehind, devices: Devices) -> Iterator[None]:
    """However a test ends, the next one finds a network that works."""
    devices.watch.expect("net::ERR_")
    yield
    house.network.mode = "good"
    house.network.lighten()


@pytest.fixture
def bagas(workshop: Workshop) -> Person:
    """Somebody else at the table."""
    return workshop.join("Bagas")
