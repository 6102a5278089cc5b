"""The real server under a name of the local network, and workshops made there by plain HTTP."""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from httpx2 import Client

from app.canvas.catalog import Example
from app.identity import cookies
from bench.server import SETUP_LINK, Product
from tests.factories import PASSWORD, Person

# Neither localhost nor https: browsers call such a page an insecure context.
NAME = "kanvas.test"
PARTNERSHIPS = (
    "BBPVP Serang × industri petrokimia; Teknik Las\nBLK Lebak × pabrik alas kaki\nBLK Cilegon × galangan"
)


class House(Product):
    """A server whose links and QR codes carry `origin`, which only the browser's resolver knows."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._env["KANVAS_BASE_URL"] = self.origin
        self._visitors = ExitStack()

    @property
    def origin(self) -> str:
        return f"http://{NAME}:{self.port}"

    def setup_path(self) -> str:
        """The one-time link printed at the first start."""
        link = SETUP_LINK.search(self.log.read_text(encoding="utf-8"))
        assert link, "the server printed no set-up link"
        return link.group()

    def visitor(self) -> Client:
        """Somebody without cookies."""
        # Plain http: loading certificates would only take time.
        http = Client(base_url=self.url, headers={"Origin": self.url}, timeout=20, verify=False)
        return self._visitors.enter_context(http)

    def stop(self) -> None:
        self._visitors.close()
        super().stop()

    @cached_property
    def facilitator(self) -> Client:
        """The facilitator, signed in."""
        http = self.visitor()
        form = {"name": "Fasilitator", "password": PASSWORD, "password_again": PASSWORD}
        assert http.post(self.setup_path(), data=form).status_code == 303
        return http


@dataclass(frozen=True)
class Table:
    """One group."""

    id: str
    canvas_id: str

    @property
    def path(self) -> str:
        return f"/canvases/{self.canvas_id}"


@dataclass(frozen=True)
class Workshop:
    """A workshop of three groups, and whoever comes in by HTTP instead of by a browser."""

    house: House
    id: str
    join_path: str
    projector_path: str
    tables: tuple[Table, ...]

    @property
    def desk_path(self) -> str:
        return f"/workshops/{self.id}"

    @property
    def facilitator_cookie(self) -> dict[str, str]:
        return {cookies.FACILITATOR: self.house.facilitator.cookies[cookies.FACILITATOR]}

    def join(self, name: str, table: int = 0) -> Person:
        """Somebody sits down at a table."""
        http = self.house.visitor()
        answer = http.post(self.join_path, data={"name": name, "group": self.tables[table].id})
        assert answer.status_code == 303, answer.text
        return Person(http, self.tables[table].canvas_id, name)

    def show(
        self, kind: str, table: int = 0, block: str = "", page: int = 1, rev: int = 0, other: int = 0
    ) -> None:
        """Press a button of the desk's remote control; `other`: the table to compare with."""
        form = {"kind": kind, "group": self.tables[table].id, "block": block, "page": page, "rev": rev}
        form["other"] = self.tables[other].id
        assert self.house.facilitator.post(f"{self.desk_path}/scene", data=form).status_code == 303


def cookie_of(person: Person) -> dict[str, str]:
    """What makes a browser this person's."""
    return {cookies.PARTICIPANT: person.http.cookies[cookies.PARTICIPANT]}


def open_workshop(house: House, partnerships: str = PARTNERSHIPS) -> Workshop:
    """A workshop as the form makes it."""
    http = house.facilitator
    form = {
        "title": "Lokakarya Banten",
        "held_on": "2024-09-10",
        "expected": "26",
        "partnerships": partnerships,
    }
    desk_path = http.post("/workshops", data=form).headers["location"]
    desk = http.get(desk_path).text
    code = _found(r'class="joining__code">([^<]+)<', desk)
    join_path = house.visitor().post("/join", data={"code": code}).headers["location"]
    canvases = dict.fromkeys(re.findall(r'class="tables__open[^>]*href="/canvases/([\w-]+)"', desk))
    groups = re.findall(r'name="group" value="([\w-]+)"', http.get(join_path).text)
    tables = tuple(Table(*pair) for pair in zip(groups, canvases, strict=True))
    return Workshop(
        house, desk_path.rsplit("/", 1)[1], join_path, _found(r'"(/projector/[\w-]+)"', desk), tables
    )


def _found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, f"{pattern} is not on the page"
    return match[1]


def fill(person: Person, example: Example) -> None:
    """A canvas as full as a group leaves it."""
    for note in example.notes:
        marks: Mapping[str, object] = {
            "segments": list(note.segments),
            "side": note.side or "",
            "gives": note.gives,
            "gets": note.gets,
            **({"inclusion": "1"} if note.inclusion else {}),
            "evidence": note.evidence or "none",
            "amount": note.amount or "",
            "amount_low": note.amount_low or "",
            "amount_high": note.amount_high or "",
        }
        person.add(note.text, note.block, **marks)
