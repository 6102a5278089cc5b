"""The fast protocol with a header deadline and a header limit."""

import asyncio
from http import HTTPStatus
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.web.protocol import ABORT, HEADER_DEADLINE, HEADER_LIMIT, Deadline, refuse


class PatientHttpToolsProtocol(HttpToolsProtocol):
    """httptools collects a header of any size before it tells anybody, so the raw bytes are counted here."""

    header_deadline = HEADER_DEADLINE
    header_limit = HEADER_LIMIT

    def __init__(self, config: Config, *args: Any, **kwargs: Any) -> None:
        super().__init__(config, *args, **kwargs)
        self._deadline = Deadline(self.loop, self.header_deadline)
        self._in_header = False
        self._in_body = False
        self._header_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, ABORT: transport.abort}
        self._deadline.start(transport)

    def data_received(self, data: bytes) -> None:
        idle = self._is_idle()
        if idle:
            self._deadline.start(self.transport)
        if self._in_header or (idle and not self._in_body):
            data = self._receive_header(data)
        if data and not self.transport.is_closing():
            super().data_received(data)

    def on_message_begin(self) -> None:
        self._in_header = True
        self._deadline.start(self.transport)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_header = False
        self._in_body = True
        self._header_size = 0
        self._deadline.stop()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        refuse(self.transport, HTTPStatus.BAD_REQUEST)

    def _is_idle(self) -> bool:
        # None before the first request, whatever uvicorn declares.
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]

    def _receive_header(self, data: bytes) -> bytes:
        """Parse no more than a header may still have. Returns what comes after that."""
        first = data[: self.header_limit - self._header_size]
        self._header_size += len(first)
        super().data_received(first)
        if self._header_size >= self.header_limit and not self.transport.is_closing():
            refuse(self.transport, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        return data[len(first) :]
