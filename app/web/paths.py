"""How a path is put together. Pure."""

from urllib.parse import quote, urlencode


def dom_id(kind: str, key: object) -> str:
    """The id of an element that live updates or scripts look for: `block-channels`."""
    return f"{kind}-{key}"


def path_of(*segments: str, **query: object) -> str:
    path = "/" + "/".join(quote(segment, safe="") for segment in segments)
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path
