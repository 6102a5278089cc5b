"""Refusals and accidents as pages for people and as JSON for programs, wherever in the stack they happen."""

import json
import logging
import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import N_, Forbidden, Gone, Invalid, NotFound, Refused, TooLong, TooMany, Unavailable
from app.web.advice import advice_for
from app.web.i18n import locale_of, translate
from app.web.rendering import PRODUCT, Renderer, wants_json

logger = logging.getLogger(__name__)

_TEMPLATE = "errors/error.html"
_KNOWN_STATUSES = {
    kind.status: kind for kind in (Forbidden, NotFound, Gone, TooLong, Invalid, TooMany, Unavailable)
}


class TooSlow(Refused):
    status = 408
    code = "too_slow"
    message = N_("The rest of this request did not arrive in time.")


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What an error page says. `reference` finds the accident in the log; empty for a refusal.

    `ways` are labels and addresses, the most helpful first.
    """

    status: int
    title: str
    message: str
    advice: str
    ways: tuple[tuple[str, str], ...]
    reference: str = ""


class ErrorPages:
    """Answers for exceptions, in the reader's language and in the shape the reader asked for."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def answer(self, request: Request, error: Exception) -> Response:
        """The response for anything raised. What nobody expected is logged under a short reference."""
        refusal = as_refusal(error)
        reference = ""
        if refusal is None:
            refusal, reference = _Accident(), secrets.token_hex(4)
            logger.error("Unexpected error %s in %s", reference, _place(request), exc_info=error)
        locale = locale_of(request)
        headers = _headers(refusal, error)
        message = translate(locale, refusal.message, **refusal.params)
        if wants_json(request):
            body = {"error": refusal.code, "message": message, **refusal.payload}
            if reference:
                body["reference"] = reference
            return _json(refusal.status, body, headers)
        if request.method == "GET" and refusal.retry_after is not None:
            # Nobody has to stay and press a button until there is room.
            headers["refresh"] = headers["retry-after"]
        advice = advice_for(refusal)
        title, sentence = translate(locale, advice.title), translate(locale, advice.sentence)
        ways = tuple((translate(locale, way.label), way.to(request)) for way in advice.ways)
        view = ErrorView(refusal.status, title, message, sentence, ways, reference)
        return self._page(request, view, headers)

    def _page(self, request: Request, view: ErrorView, headers: Mapping[str, str]) -> Response:
        try:
            return self._renderer.page(request, _TEMPLATE, view.status, headers, error=view)
        except Exception:
            # The error may come from the very layout this page extends.
            logger.exception("The error page itself failed")
            return HTMLResponse(_bare_page(locale_of(request), view), view.status, headers)


class ErrorBoundary:
    """ASGI middleware inside the security headers and outside all else: nothing gets past it unanswered."""

    def __init__(self, app: ASGIApp, pages: ErrorPages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except ClientDisconnect:
            pass
        except Exception as error:
            if started:
                raise
            await self._pages.answer(Request(scope), error)(scope, receive, send)


def install(app: FastAPI, pages: ErrorPages) -> None:
    """Replace FastAPI's own error answers, which know neither languages nor pages."""

    async def answer(request: Request, error: Exception) -> Response:
        return pages.answer(request, error)

    for kind in (Refused, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer)


def as_refusal(error: Exception) -> Refused | None:
    """The refusal an exception stands for; None when it stands for a mistake of ours."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, RequestValidationError):
        return Invalid(payload={"fields": _fields(error)})
    if isinstance(error, UnicodeEncodeError):
        # JSON can spell half a character (a lone surrogate), which no answer and no database can hold.
        return Invalid("text_not_valid", N_("This text contains characters that cannot be stored."))
    if not isinstance(error, HTTPException) or (error.status_code >= 500 and error.status_code != 503):
        return None
    refusal = _KNOWN_STATUSES.get(error.status_code, Refused)()
    if type(refusal) is Refused:
        refusal.status = error.status_code
        refusal.code = f"http_{error.status_code}"
    return refusal


class _Accident(Refused):
    status = 500
    code = "unexpected"
    message = N_("An unexpected error happened on the server.")


def _fields(error: RequestValidationError) -> list[str]:
    # Names only: what was sent may be long, secret or not even text.
    names = (str(part) for detail in error.errors() for part in detail["loc"][1:2])
    return list(dict.fromkeys(name[:60] for name in names))[:20]


def _headers(refusal: Refused, error: Exception) -> dict[str, str]:
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if refusal.retry_after is not None:
        headers["retry-after"] = str(max(1, math.ceil(refusal.retry_after)))
    return headers


def _place(request: Request) -> str:
    # The function and not the path: paths carry secrets.
    endpoint = request.scope.get("endpoint")
    name = f"{endpoint.__module__}.{getattr(endpoint, '__qualname__', '?')}" if endpoint else "(no route)"
    return f"{request.method} {name}"


def _json(status: int, body: Mapping[str, object], headers: Mapping[str, str]) -> Response:
    # Escaped to ASCII: a lone surrogate in a field's name must not turn a 422 into a 500.
    text = json.dumps(body, ensure_ascii=True, allow_nan=False, default=str)
    return Response(text, status, headers, media_type="application/json")


def _bare_page(locale: str, view: ErrorView) -> str:
    reference = f"<p>{escape(view.reference)}</p>" if view.reference else ""
    ways = "".join(f'<p><a href="{escape(address)}">{escape(label)}</a></p>' for label, address in view.ways)
    return (
        f'<!doctype html><html lang="{locale}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(view.title)} · {PRODUCT}</title>'
        f"<h1>{escape(view.title)}</h1><p>{escape(view.message)}</p><p>{escape(view.advice)}</p>{reference}"
        f"{ways}</html>"
    )
