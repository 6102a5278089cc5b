"""What to do about a refusal: words for each status, better ones for some codes, and the ways on from it."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from app.errors import N_, Refused
from app.web.language import local_path, page_before
from app.web.urls import urls


@dataclass(frozen=True, slots=True)
class Way:
    """A link that helps: what it says, and where it leads whoever made this request."""

    label: str
    to: Callable[[Request], str]


@dataclass(frozen=True, slots=True)
class Advice:
    """A title, a sentence, and the ways on; the first of them is the button."""

    title: str
    sentence: str
    ways: tuple[Way, ...]


def _sign_in_and_back(request: Request) -> str:
    """Signing in, and on to the page that was wanted; for a form, the page it stands on."""
    wanted = page_before(request)
    if request.method in ("GET", "HEAD"):
        wanted = _same_page(request)
    return urls.sign_in(local_path(wanted, fallback="") or None)


def _page_before(request: Request) -> str:
    """The page on which the form stands."""
    return local_path(page_before(request), fallback=urls.home())


def _same_page(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _print_page(request: Request) -> str:
    """Of the canvas that is too much for a press."""
    if not request.url.path.endswith("/canvas.pdf"):
        return urls.home()
    return urls.canvas_print(request.path_params["canvas_id"], request.query_params.get("paper", "a3"))


_HOME = (Way(N_("To the start page"), lambda request: urls.home()),)
_SIGN_IN = Way(N_("Sign in"), lambda request: urls.sign_in())
_SIGN_IN_AND_BACK = Way(N_("Sign in"), _sign_in_and_back)
_AS_FACILITATOR = Way(N_("Sign in as facilitator"), _sign_in_and_back)
_JOIN = Way(N_("Enter the join code"), lambda request: urls.join())
_COME_IN = Advice(
    N_("Please come in first"),
    N_("Scan the QR code, or type the join code from the big screen."),
    (_JOIN, _AS_FACILITATOR),
)
_NOT_FROM_HERE = Advice(
    N_("Not from here"), N_("Nothing was changed."), (Way(N_("Back"), _page_before), *_HOME)
)
# Their pages come again by themselves (`errors`).
_SOON = Advice(
    N_("One moment, please"),
    N_("This page tries again by itself. You can go on working meanwhile."),
    (Way(N_("Try again now"), _same_page), *_HOME),
)
_BY_CODE = {
    **dict.fromkeys(("pdf_queue_full", "pdf_under_way", "file_queue_full"), _SOON),
    "pdf_too_big": Advice(
        N_("Too much for a PDF"),
        N_("Your browser can print it all the same, or save it as a PDF."),
        (Way(N_("Open the print page"), _print_page), *_HOME),
    ),
    "sign_in_needed": Advice(
        N_("For facilitators"),
        N_("After signing in you come straight back to this page."),
        (_SIGN_IN_AND_BACK, _JOIN),
    ),
    "not_joined": _COME_IN,
    "setup_link_used": Advice(
        N_("This set-up is done"), N_("Sign in with the name and password that were chosen."), (_SIGN_IN,)
    ),
    "setup_link_expired": Advice(
        N_("No longer here"), N_("Ask whoever runs the server for a new link."), (_SIGN_IN,)
    ),
    "setup_link_replaced": Advice(
        N_("No longer here"), N_("The server printed a newer link when it started last. Use that one."), _HOME
    ),
    "link_used": Advice(
        N_("No longer here"), N_("Ask your facilitator for a new link, or scan the QR code again."), (_JOIN,)
    ),
    "remote_link_used": Advice(
        N_("No longer here"),
        N_("Press “Use a phone as remote control” on the desk for a new code."),
        _HOME,
    ),
    "invitation_used": Advice(
        N_("No longer here"), N_("Whoever leads the workshop makes a new link on the desk."), (_SIGN_IN,)
    ),
    "not_by_remote": _NOT_FROM_HERE,
    "not_by_co_facilitator": _NOT_FROM_HERE,
    "join_link_unknown": Advice(
        N_("No longer here"), N_("Scan the QR code, or type the join code from the big screen."), (_JOIN,)
    ),
    "same_as_now": Advice(
        N_("Nothing to restore"), N_("Nothing was changed."), (Way(N_("Back"), _page_before), *_HOME)
    ),
    "notes_not_shown": Advice(
        N_("Not while notes are hidden"),
        N_("Nothing is lost: every backup holds these notes too."),
        (Way(N_("Back"), _page_before), *_HOME),
    ),
    "projector_unknown": Advice(
        N_("No longer here"), N_("The facilitator opens the projector view anew from the desk."), _HOME
    ),
}
_BY_STATUS = {
    401: _COME_IN,
    403: Advice(
        N_("Not allowed"), N_("Ask your facilitator if you think you should be able to do this."), _HOME
    ),
    404: Advice(N_("Page not found"), N_("Check the address, or scan the QR code again."), _HOME),
    408: Advice(N_("The connection is too slow"), N_("Check your connection and try again."), _HOME),
    409: Advice(
        N_("Changed in the meantime"), N_("Go back to see what stands there now, and try again."), _HOME
    ),
    410: Advice(
        N_("No longer here"), N_("Ask your facilitator for a new link, or scan the QR code again."), _HOME
    ),
    413: Advice(N_("Too much at once"), N_("Shorten it and try again."), _HOME),
    422: Advice(
        N_("Something is not right yet"), N_("Go back, check what you entered and try again."), _HOME
    ),
    429: Advice(N_("One moment, please"), N_("Wait a moment and try again."), _HOME),
    500: Advice(N_("Something went wrong"), N_("Your saved notes are safe. Go back and try again."), _HOME),
    503: Advice(N_("Not possible right now"), N_("Wait a moment and try again."), _HOME),
}
_UNKNOWN = Advice(N_("This did not work"), N_("Go back and try again."), _HOME)


def advice_for(refusal: Refused) -> Advice:
    """What to say and offer after this refusal."""
    return _BY_CODE.get(refusal.code) or _BY_STATUS.get(refusal.status, _UNKNOWN)
