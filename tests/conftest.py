"""An application on a folder of its own, and people who use it over HTTP."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.parts import Parts
from app.settings import Settings
from app.storage import prepare
from tests.factories import Room, open_room

BASE_URL = "http://testserver"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", host="127.0.0.1")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database is up to date: copying it is cheaper than migrating again."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    prepare(Settings(data_dir=folder))
    return folder


@pytest.fixture
def anonymous(settings: Settings, migrated: Path) -> Iterator[TestClient]:
    """A browser nobody has used yet, at a running application."""
    shutil.copytree(migrated, settings.data_dir)
    with browser(settings) as client:
        yield client


@pytest.fixture
def house(anonymous: TestClient) -> Parts:
    parts: Parts = anonymous.app.state.parts  # type: ignore[attr-defined]
    return parts


@pytest.fixture
def room(anonymous: TestClient) -> Room:
    """A workshop with two groups, its facilitator's browser, and a way to let people in."""
    return open_room(anonymous)


def browser(settings: Settings) -> TestClient:
    """The application as a browser meets it: posts carry their origin, redirects are looked at."""
    return TestClient(
        create_app(settings),
        base_url=BASE_URL,
        headers={"origin": BASE_URL},
        follow_redirects=False,
    )
