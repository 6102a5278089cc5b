"""A page's scripts in one file, its styles in two: on bad Wi-Fi many answers take longer than their bytes do.

No build step: modules and sheets stay in static as they are written, and what a page needs is joined when it
is first asked for. What scripts import later comes in a second file, when the first of it is wanted. So
modules keep to the few forms of import and export that `linked` knows.
"""

import hashlib
import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.resources import STATIC

# What each kind of page begins with, in order; what these import comes along.
PACKS = {
    "board": ("live", "board", "undo"),
    "paper": ("paper",),
    "plan": ("live", "plan", "undo"),
    "desk": ("live", "desk", "backups"),
    "projector": ("live", "projector"),
    "room": ("room",),
    "door": ("door",),
}
# What a page's scripts import later, under the name of the pack with this behind it.
LATER = "-later"
# Sheets that come in one file, in order: those of every page, and those of the page that everybody has open.
STYLES = {"base": ("tokens", "app"), "board": ("board", "talk")}
_IMPORT = re.compile(r'^import (?:\{ (?P<names>[^}]+) \} from )?"\./(?P<module>[\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|class) (\w+)", re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# A second copy of a module, or one that waits, would not be what its author wrote.
_UNKNOWN = re.compile(r"^(?:import|export|await)\b.*|\bimport[(.].*", re.MULTILINE)


class Pack(NamedTuple):
    """A script or sheet ready to be sent, and the fingerprint by which browsers may keep it for a year."""

    text: str
    version: str


class Linked(NamedTuple):
    """Scripts joined: a module, what is imported later, and what that needs of the first."""

    now: str
    later: str = ""
    shared: tuple[str, ...] = ()


@lru_cache
def pack(name: str) -> Pack:
    """The scripts of one kind of page, or what comes later. Raises KeyError for another name."""
    page = name.removesuffix(LATER)
    joined = linked(PACKS[page], STATIC / "js")
    # One fingerprint for both: the second names the first by it, and finds what the page has made.
    version = hashlib.sha256(f"{joined.now}{joined.later}".encode()).hexdigest()[:12]
    if name == page:
        return Pack(joined.now, version)
    if not joined.later:
        raise KeyError(name)
    return Pack(
        f'import {{ {", ".join(joined.shared)} }} from "./{page}.js?v={version}";\n{joined.later}', version
    )


@lru_cache
def style_pack(name: str) -> Pack:
    """The styles of one kind of page. Raises KeyError for another name."""
    sheets = (STATIC / "css" / f"{sheet}.css" for sheet in STYLES[name])
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    # It lies in another folder than they do.
    text = _INDENT.sub("", _REMARK.sub("", text)).replace("url(../", "url(/static/")
    return Pack(text, hashlib.sha256(text.encode()).hexdigest()[:12])


def linked(entries: Iterable[str], directory: Path) -> Linked:
    """One module that does what `entries` do one after the other, with whatever they import before them. What
    is imported later is a second one, in which each part is made when it is asked for.

    Raises ValueError for an import in a circle and for a form of import or export that would be lost.
    """
    sources: dict[str, str] = {}
    for entry in entries:
        _collect(entry, directory, sources, ())
    later: dict[str, str] = {}
    while missing := _asked_for_later([*sources.values(), *later.values()]) - sources.keys() - later.keys():
        for name in sorted(missing):
            later[name] = (directory / f"{name}.js").read_text(encoding="utf-8")
            for found in _IMPORT.finditer(later[name]):
                _collect(found["module"], directory, sources, ())
    later = {name: source for name, source in later.items() if name not in sources}
    _check_names(sources | later)
    now = "".join(_wrapped(name, source, later, is_later=False) for name, source in sources.items())
    if not later:
        return Linked(now)
    behind = "".join(_wrapped(name, source, later, is_later=True) for name, source in later.items())
    needed = {found["module"] for source in later.values() for found in _IMPORT.finditer(source)}
    shared = tuple(_scope(name) for name in sources if name in needed)
    return Linked(now + _given(shared), behind + _given(map(_scope, later)), shared)


def _given(names: Iterable[str]) -> str:
    return f"export {{ {', '.join(names)} }};\n"


def _check_names(sources: dict[str, str]) -> None:
    """A browser refuses an import of what a module does not give; joined, it would be missed when used."""
    for name, source in sources.items():
        for found in _IMPORT.finditer(source):
            wanted = {
                each.split(" as ")[0].strip() for each in (found["names"] or "").split(",") if each.strip()
            }
            if missing := wanted - {given[2] for given in _EXPORT.finditer(sources[found["module"]])}:
                raise ValueError(
                    f"{name}.js imports {missing} from {found['module']}.js, which has no such thing"
                )


def _asked_for_later(sources: Iterable[str]) -> set[str]:
    return {name for source in sources for name in _LATER.findall(source)}


def _collect(name: str, directory: Path, sources: dict[str, str], waiting: tuple[str, ...]) -> None:
    if name in waiting:
        raise ValueError(f"{name}.js imports itself by way of {', '.join(waiting)}")
    if name in sources:
        return
    source = (directory / f"{name}.js").read_text(encoding="utf-8")
    for found in _IMPORT.finditer(source):
        _collect(found["module"], directory, sources, (*waiting, name))
    sources[name] = source


def _wrapped(name: str, source: str, later: Container[str], *, is_later: bool) -> str:
    exports = [found[2] for found in _EXPORT.finditer(source)]
    body = _EXPORT.sub(r"\1 \2", _COMMENT.sub("", _IMPORT.sub("", source)))
    if unknown := _UNKNOWN.search(_LATER.sub("", body)):
        raise ValueError(f"{name}.js cannot be joined with others: {unknown.group()}")
    body = _LATER.sub(lambda found: _promise(found[1], later, is_here=is_later), body)
    lines = [*_taken(source), _INDENT.sub("", body).rstrip(), f"return {{ {', '.join(exports)} }};"]
    made = "(() => {\n" + "\n".join(lines) + "\n})()"
    if is_later:
        made = f"(() => {{ let made; return () => (made ??= {made}); }})()"
    return f"const {_scope(name)} = {made};\n"


def _promise(module: str, later: Container[str], *, is_here: bool) -> str:
    # Not a resolved promise: what goes wrong in a module rejects it, as with import().
    if module not in later or is_here:
        return f"(async () => {_scope(module)}{'()' if module in later else ''})()"
    # The address of this very file but for its name.
    return f'import(import.meta.url.replace(".js", "{LATER}.js")).then((later) => later.{_scope(module)}())'


def _taken(source: str) -> Iterator[str]:
    for found in _IMPORT.finditer(source):
        if found["names"]:
            yield f"const {{ {found['names'].replace(' as ', ': ')} }} = {_scope(found['module'])};"


def _scope(module: str) -> str:
    return "$" + module.replace("-", "_")
