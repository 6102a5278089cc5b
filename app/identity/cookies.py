"""The two cookies, a facilitator's and a participant's. Each holds a random token and nothing else."""

from datetime import timedelta

from starlette.responses import Response

FACILITATOR = "kanvas_facilitator"
PARTICIPANT = "kanvas_participant"
_LASTS = {FACILITATOR: timedelta(days=7), PARTICIPANT: timedelta(days=90)}


def remember(response: Response, cookie: str, secret: str, *, secure: bool) -> None:
    """Have the browser send this token from now on."""
    response.set_cookie(
        cookie,
        secret,
        max_age=int(_LASTS[cookie].total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def forget(response: Response, cookie: str) -> None:
    """Have the browser drop this token."""
    response.delete_cookie(cookie, httponly=True, samesite="lax")
