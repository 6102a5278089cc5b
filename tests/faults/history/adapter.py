"""The only part of the checker that knows the product's routes."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx2

from tests.faults.streams import Message, message_of

from .model import Event, Note, Op, Place, Result, Seat, Snapshot

NOTHING = Message("", "", "")
# "We do not know, or not now": try again with the same op_id.
RETRY = {408, 425, 429, 500, 502, 503, 504}
# What a request may raise while the network or the server is being hurt.
LOST: tuple[type[Exception], ...] = (httpx2.HTTPError, OSError, ValueError, KeyError)


def client_uuid(name: str) -> str:
    """A UUID for one of the checker's own names, the same in every run with the same seed."""
    return str(uuid5(NAMESPACE_URL, f"kanvas-history:{name}"))


class ProductAdapter:
    """The product's public API and its HTML streams, as one server address offers them."""

    def __init__(self, base_url: str, facilitator_token: str) -> None:
        self.base = base_url.rstrip("/")
        self.facilitator_token = facilitator_token

    def observe(self, http: httpx2.AsyncClient) -> None:
        """Let `http` see everything, as the facilitator."""
        http.headers["Authorization"] = f"Bearer {self.facilitator_token}"

    async def open_workshop(self, http: httpx2.AsyncClient, title: str, groups: int) -> list[Seat]:
        wanted = [
            {"name": f"Group {n}", "partnership": f"BLK {n} × Partner {n}"} for n in range(1, groups + 1)
        ]
        answer = await http.post(f"{self.base}/api/workshops", json={"title": title, "groups": wanted})
        answer.raise_for_status()
        workshop = answer.json()
        return [Seat(group["canvas_id"], group["id"], workshop["join_code"]) for group in workshop["groups"]]

    async def open_voting(self, http: httpx2.AsyncClient, canvas: str) -> None:
        """Ask everybody, with a budget that nobody uses up."""
        await self._announce(http, canvas, "open_voting", question="?", budget=20, named=True)

    async def close_voting(self, http: httpx2.AsyncClient, canvas: str) -> None:
        """From now on the notes say who voted for them."""
        await self._announce(http, canvas, "close_voting", round=client_uuid(f"open_voting/{canvas}"))

    async def _announce(self, http: httpx2.AsyncClient, canvas: str, kind: str, **args: object) -> None:
        body = {"op_id": client_uuid(f"{kind}/{canvas}"), "kind": kind, **args}
        (await http.post(f"{self.base}/api/canvases/{canvas}/ops", json=body)).raise_for_status()

    async def join(self, http: httpx2.AsyncClient, seat: Seat, name: str) -> str:
        """The participant's id."""
        body = {"code": seat.join_code, "name": name, "group_id": seat.group}
        answer = await http.post(f"{self.base}/api/join", json=body)
        answer.raise_for_status()
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return str(answer.json()["participant_id"])

    async def mutate(self, http: httpx2.AsyncClient, op: Op) -> Result:
        body = {"op_id": op.op_id, "kind": op.kind, "note_id": op.note_id, **op.args}
        answer = await http.post(f"{self.base}/api/canvases/{op.canvas}/ops", json=body)
        if answer.status_code in RETRY:
            return Result("unknown", http=answer.status_code, detail=answer.text[:120])
        try:
            told = answer.json()
        except ValueError:
            told = {}
        note = _note(told["note"]) if told.get("note") else None
        if answer.is_success:
            return Result(
                "ok", told.get("rev"), note, answer.status_code, changed=told.get("changed") is not False
            )
        if answer.status_code == 409 and note is not None:
            return Result("conflict", told.get("rev"), note, 409)
        return Result("fail", http=answer.status_code, detail=str(told)[:120])

    async def snapshot(self, http: httpx2.AsyncClient, canvas: str) -> Snapshot:
        answer = await http.get(f"{self.base}/api/canvases/{canvas}")
        answer.raise_for_status()
        told = answer.json()
        snapshot = Snapshot(told["rev"], {}, told["epoch"])
        for note in map(_note, told["notes"]):
            if note.id in snapshot.notes:
                snapshot.duplicates.append(note.id)
            snapshot.notes[note.id] = note
        return snapshot

    async def changes(self, http: httpx2.AsyncClient, canvas: str, after: int, wait: float) -> list[Event]:
        """The changes newer than `after`, by long-poll; if there are very many, the first of them."""
        answer = await http.get(
            f"{self.base}/api/canvases/{canvas}/changes",
            params={"after": after, "wait": wait},
            timeout=wait + 10,
        )
        answer.raise_for_status()
        return [_event("op", change) for change in answer.json()["changes"]]

    async def events(
        self, http: httpx2.AsyncClient, canvas: str, after: Place, idle: float
    ) -> AsyncIterator[Event]:
        """Follow the API stream from `after`; raises when no byte came for `idle` seconds."""
        url = f"{self.base}/api/canvases/{canvas}/events?after={after.rev}"
        async for told in _messages(http, url, after, idle):
            yield _event(told.kind or "op", json.loads(told.text) if told.text else {})

    async def screen(
        self, http: httpx2.AsyncClient, canvas: str, after: Place, idle: float
    ) -> AsyncIterator[tuple[str, str, str]]:
        """Follow a board's stream: (event name, id, patch)."""
        url = f"{self.base}/canvases/{canvas}/events"
        async for told in _messages(http, url, after, idle):
            yield told.kind, told.id, told.text if told.kind == "" else ""


async def _messages(http: httpx2.AsyncClient, url: str, after: Place, idle: float) -> AsyncIterator[Message]:
    """Every message. Only \\n ends a line: notes contain other line ends."""
    headers = {"Accept": "text/event-stream"}
    if after.epoch:
        headers["Last-Event-ID"] = str(after)
    async with http.stream("GET", url, headers=headers, timeout=httpx2.Timeout(idle)) as answer:
        answer.raise_for_status()
        rest = ""
        async for part in answer.aiter_text():
            *whole, rest = (rest + part).split("\n\n")
            for message in whole:
                told = message_of(message)
                if told != NOTHING:  # else it only sets `retry:`
                    yield told


def _note(told: dict[str, Any]) -> Note:
    return Note(
        told["id"],
        told["block"],
        told["text"],
        told["position"],
        told["version"],
        told.get("conflict_of"),
        tuple(told["voters"]),
    )


def _event(kind: str, told: dict[str, Any]) -> Event:
    return Event(
        kind,
        told.get("rev", -1),
        told.get("op_id", ""),
        told.get("kind", ""),
        told.get("note_id", ""),
        _note(told["note"]) if told.get("note") else None,
    )
