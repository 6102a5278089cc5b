"""An application on a folder of its own, and people who use it over HTTP."""

import gc
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.factory import create_app
from app.parts import Parts
from app.settings import Settings
from app.storage import prepare
from tests.factories import Room, open_room, room_of

BASE_URL = "http://testserver"


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: looking through it for garbage was a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", host="127.0.0.1", pdf_ahead=0)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database is up to date: copying it is cheaper than migrating again."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    prepare(Settings(data_dir=folder))
    return folder


@dataclass(frozen=True)
class Opened:
    """A data folder in which `open_room` was at work, its workshop, and the facilitator's cookies."""

    folder: Path
    workshop_id: str
    cookies: dict[str, str]


@pytest.fixture(scope="session")
def opened(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """A room made once through its pages: hashing a password for each test took more than most tests."""
    folder = tmp_path_factory.mktemp("opened") / "data"
    shutil.copytree(migrated, folder)
    with browser(Settings(data_dir=folder, host="127.0.0.1")) as client:
        room = open_room(client)
        made = Opened(folder, room.workshop_id, dict(client.cookies))
    shutil.rmtree(folder / "backups")  # stopping made one; a test begins with none
    return made


@pytest.fixture
def anonymous(request: pytest.FixtureRequest, settings: Settings, migrated: Path) -> Iterator[TestClient]:
    """A browser nobody has used yet, at a running application; in a test with a `room`, its facilitator's."""
    opened = request.getfixturevalue("opened") if "room" in request.fixturenames else None
    shutil.copytree(opened.folder if opened else migrated, settings.data_dir)
    with browser(settings) as client:
        if opened:
            client.cookies.update(opened.cookies)
        yield client


@pytest.fixture
def house(anonymous: TestClient) -> Parts:
    parts: Parts = anonymous.app.state.parts  # type: ignore[attr-defined]
    return parts


@pytest.fixture
def room(anonymous: TestClient, opened: Opened) -> Room:
    """A workshop with two groups, its facilitator's browser, and a way to let people in."""
    return room_of(anonymous, opened.workshop_id)


def browser(settings: Settings) -> TestClient:
    """The application as a browser meets it: posts carry their origin, redirects are looked at."""
    return TestClient(
        create_app(settings),
        base_url=BASE_URL,
        headers={"origin": BASE_URL},
        follow_redirects=False,
    )
