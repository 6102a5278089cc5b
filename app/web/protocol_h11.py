"""The pure Python protocol with a header deadline."""

import asyncio
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.web.protocol import ABORT, HEADER_DEADLINE, HEADER_LIMIT, Deadline, refuse


class PatientH11Protocol(H11Protocol):
    """The size of a header is h11's own limit, set from `header_limit`."""

    header_deadline = HEADER_DEADLINE
    header_limit = HEADER_LIMIT

    def __init__(self, config: Config, *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self.conn = h11.Connection(h11.SERVER, self.header_limit)
        self._deadline = Deadline(self.loop, self.header_deadline)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, ABORT: transport.abort}
        self._deadline.start(transport)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._deadline.start(self.transport)
        else:
            self._deadline.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        refuse(self.transport, HTTPStatus.BAD_REQUEST)
