"""The real server, in a process of its own that may be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.server import Product
from tests.faults.history.model import block_keys


@pytest.fixture(scope="session")
def block_names() -> list[str]:
    """The keys of the blocks every canvas has."""
    return list(block_keys())


@pytest.fixture(scope="session")
def block_key(block_names: list[str]) -> str:
    """Some block."""
    return block_names[0]


@pytest.fixture
def server_process(tmp_path: Path) -> Iterator[Product]:
    """A running server on an empty data folder; `kill()`, `terminate()` and `start()` act on its process."""
    yield from running(tmp_path)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One running server for all tests of a file that leave it alive."""
    yield from running(tmp_path_factory.mktemp("server"))


def running(folder: Path) -> Iterator[Product]:
    product = Product(folder)
    product.start()
    yield product
    product.stop()
