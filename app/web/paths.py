"""How a path is put together. Pure."""

from functools import lru_cache
from urllib.parse import quote, urlencode

KEPT_PATHS = 4096


def dom_id(kind: str, key: object) -> str:
    """The id of an element that live updates or scripts look for: `block-channels`."""
    return f"{kind}-{key}"


def path_of(*segments: str, **query: object) -> str:
    given = tuple((name, str(value)) for name, value in query.items() if value is not None)
    return _path(segments, given)


# A block of a board names a dozen paths, the same ones with every change of a note.
@lru_cache(maxsize=KEPT_PATHS)
def _path(segments: tuple[str, ...], query: tuple[tuple[str, str], ...]) -> str:
    path = "/" + "/".join(quote(segment, safe="") for segment in segments)
    return f"{path}?{urlencode(query)}" if query else path
