"""Where this computer can make no PDF: what to install, and the page that a browser prints."""

from fastapi import Request
from fastapi.responses import Response

from app.export.press import PdfUnavailable
from app.web.i18n import locale_of, translate
from app.web.rendering import Renderer, wants_json


def printed_instead(
    request: Request, renderer: Renderer, refusal: PdfUnavailable, *, page: str, back: str, back_name: str
) -> Response:
    """For people the way to `page`, and `back` by a msgid; for programs the refusal, raised again."""
    if wants_json(request):
        raise refusal
    return renderer.page(
        request,
        "canvas/pdf_unavailable.html",
        status=503,
        print_page=page,
        back=back,
        back_name=translate(locale_of(request), back_name),
    )
