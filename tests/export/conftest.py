"""One press for all tests here: starting a child takes longer than most sheets."""

from collections.abc import Iterator

import pytest

from app.export.press import Press


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    press = Press()
    yield press
    press.close()
