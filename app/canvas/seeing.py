"""How somebody looks at a canvas: as nine blocks, one at a time or a list, and at which notes only.

A matter of the reader's own screen: no live partial hears of it, style rules do it all.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from app.canvas.models import SEGMENTS

View = Literal["board", "block", "list"]
VIEWS: tuple[View, ...] = ("board", "block", "list")
# What a filter may ask of a note; one that lacks any of those chosen is left out.
MARKS = (*(f"s{number}" for number in SEGMENTS), "inclusion", "assumption", "blk", "industry", "joint")
COOKIE = "view"
_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a page begins with. Scripts change it without asking again."""

    view: View
    only: tuple[str, ...]


def sight_of(request: Request, view: str, only: list[str]) -> Sight:
    """As asked for; else as this browser remembers; else all nine blocks. What is unknown is passed over."""
    wanted = (view, request.cookies.get(COOKIE, ""))
    chosen = next((known for name in wanted for known in VIEWS if known == name), VIEWS[0])
    return Sight(chosen, tuple(mark for mark in MARKS if mark in only))


def remember(response: Response, view: View) -> None:
    """Have the browser open canvases like this from now on. Its scripts set the same cookie."""
    response.set_cookie(COOKIE, view, max_age=int(_LASTS.total_seconds()), samesite="lax")
