"""Why a request is refused, in words every layer may use. Standard library only.

    Refused
    ├── NotFound      404   there is no such thing, or not for this person
    ├── Forbidden     403   it exists, but this person may not
    ├── Gone          410   it was here and is not coming back
    ├── Conflict      409   somebody else was first; `payload` says what stands now
    ├── TooLong       413   more than we keep
    ├── Invalid       422   not what was asked for
    ├── Locked        423   not at this moment, and somebody in the room says when again
    ├── TooMany       429   too fast; the same request is welcome after `retry_after` seconds
    └── Unavailable   503   not now; the same request is welcome after `retry_after` seconds

`code` is for programs and never changes; `message` is an English msgid for people, translated at the edge.
"""

from collections.abc import Mapping


def N_(message: str) -> str:
    """Mark a message for the catalogs; it is translated where the reader's language is known."""
    return message


class Refused(Exception):
    """A request we understood and will not carry out. Raise a subclass."""

    status = 400
    code = "refused"
    message = N_("This request cannot be carried out.")

    def __init__(
        self,
        code: str = "",
        message: str = "",
        *,
        payload: Mapping[str, object] | None = None,
        retry_after: float | None = None,
        **params: object,
    ) -> None:
        self.code = code or self.code
        self.message = message or self.message
        self.payload = payload or {}
        self.retry_after = retry_after
        self.params = params
        super().__init__(f"{self.status} {self.code}: {self.message}")


class NotFound(Refused):
    status = 404
    code = "not_found"
    message = N_("This page does not exist.")


class Forbidden(Refused):
    status = 403
    code = "forbidden"
    message = N_("You may not do this.")


class Gone(Refused):
    status = 410
    code = "gone"
    message = N_("This was here, but has been removed.")


class Conflict(Refused):
    status = 409
    code = "conflict"
    message = N_("Somebody else changed this at the same moment.")


class TooLong(Refused):
    status = 413
    code = "too_long"
    message = N_("This is more than we can accept at once.")


class Invalid(Refused):
    status = 422
    code = "invalid"
    message = N_("Something in this form is missing or not valid.")


class Locked(Refused):
    status = 423
    code = "locked"
    message = N_("This is closed at the moment.")


class TooMany(Refused):
    status = 429
    code = "too_many"
    message = N_("Too many requests in a short time.")


class Unavailable(Refused):
    status = 503
    code = "unavailable"
    message = N_("This is not possible right now.")
