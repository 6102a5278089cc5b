"""A workshop with people in it, by the public API: what every measurement and fault test begins with."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from uuid import uuid4

import httpx2

from app.identity import cookies

AT_ONCE = 8


@dataclass(frozen=True)
class Guest:
    """A participant's token and canvas."""

    token: str
    canvas: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


class Room:
    """`async with Room(url, facilitator_token) as room`: opens a workshop with `groups` canvases."""

    def __init__(self, url: str, facilitator_token: str, groups: int = 1) -> None:
        self.host = Guest(facilitator_token, "")
        self.workshop = ""
        self.canvases: list[str] = []
        self._wanted = [
            {"name": f"Group {n}", "partnership": f"BLK {n} × Partner {n}"} for n in range(1, groups + 1)
        ]
        self._groups: list[str] = []
        self._code = ""
        self._http = httpx2.AsyncClient(base_url=url, timeout=20)

    async def __aenter__(self) -> "Room":
        body = {"title": "Measured workshop", "groups": self._wanted}
        answer = await self._http.post("/api/workshops", json=body, headers=self.host.headers)
        answer.raise_for_status()
        workshop = answer.json()
        self.workshop = workshop["id"]
        self._code = workshop["join_code"]
        self._groups = [group["id"] for group in workshop["groups"]]
        self.canvases = [group["canvas_id"] for group in workshop["groups"]]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def join(self, people: int) -> list[Guest]:
        """So many participants, spread over the groups in turn."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> Guest:
            group = self._groups[number % len(self._groups)]
            body = {"code": self._code, "name": f"Guest {number}", "group_id": group}
            async with gate:
                answer = await self._http.post("/api/join", json=body)
            answer.raise_for_status()
            return Guest(answer.json()["token"], answer.json()["canvas_id"])

        return list(await asyncio.gather(*map(one, range(people))))

    async def sit_down(self, name: str) -> Guest:
        """A participant of the first group who came by the form; the token is for a browser's cookie."""
        origin = {"Origin": str(self._http.base_url).rstrip("/")}
        found = await self._http.post("/join", data={"code": self._code}, headers=origin)
        form = {"name": name, "group": self._groups[0]}
        joined = await self._http.post(found.headers["location"], data=form, headers=origin)
        return Guest(joined.cookies[cookies.PARTICIPANT], self.canvases[0])

    async def change(
        self, guest: Guest, kind: str, note_id: str | None = None, **args: object
    ) -> httpx2.Response:
        """One operation, answered as the server answers it."""
        body = {"op_id": str(uuid4()), "kind": kind, "note_id": note_id or str(uuid4()), **args}
        return await self._http.post(f"/api/canvases/{guest.canvas}/ops", json=body, headers=guest.headers)

    async def write(self, guest: Guest, texts: Sequence[str], block: str) -> list[dict[str, Any]]:
        """A note for each text; their states as the server keeps them."""
        notes = []
        for text in texts:
            answer = await self.change(guest, "add", block=block, text=text)
            answer.raise_for_status()
            notes.append(answer.json()["note"])
        return notes

    async def snapshot(self, canvas: str) -> dict[str, Any]:
        answer = await self._http.get(f"/api/canvases/{canvas}", headers=self.host.headers)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return told

    async def changes(self, canvas: str, after: object, wait: float = 0) -> httpx2.Response:
        params: dict[str, Any] = {"after": after, "wait": wait}
        return await self._http.get(
            f"/api/canvases/{canvas}/changes", params=params, headers=self.host.headers
        )
