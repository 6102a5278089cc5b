"""Live patches as a browser takes them (static/js/live.js).

A block names its notes; those that changed come beside it, as regions named after their places.
"""

import re

_PARTIAL = re.compile(
    r'<hx-partial hx-target="#([\w -]+(?:#[\w-]+)?)" hx-swap="outerMorph">(.*?)</hx-partial>', re.S
)
_PLACE = re.compile(r'<li class="note" id="([\w-]+)" data-as-it-was></li>')
_NOTE = re.compile(r'<li class="note" id="([\w-]+)".*?</li>', re.S)


def taken(shown: dict[str, str], html: str) -> dict[str, str]:
    """What a page shows, HTML by region, after a patch. Raises KeyError for a note that it lacks."""
    regions: dict[str, str] = dict(_PARTIAL.findall(html))
    blocks = {region.partition(" #")[0] for region in regions}
    return shown | {block: _filled(block, regions, shown.get(block, "")) for block in blocks}


def _filled(block: str, regions: dict[str, str], before: str) -> str:
    kept = {found[1]: found[0] for found in _NOTE.finditer(before)}

    def note(place: re.Match[str]) -> str:
        return regions.get(f"{block} #{place[1]}") or kept[place[1]]

    return _PLACE.sub(note, regions[block]) if block in regions else _NOTE.sub(note, before)
