"""A page's scripts and styles in few files: on bad Wi-Fi many answers take longer than their bytes do.

No build step: modules and sheets stay in static as they are written, and what a page needs is joined when it
is first asked for. So modules keep to the few forms of import and export that `linked` knows. What they
import later comes in a second file, so that nobody waits for it before they can write.
"""

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.resources import STATIC
from app.web.paths import path_of

# What each kind of page begins with, in order; what these import comes along.
PACKS = {
    "board": ("shapes", "board"),
    "paper": ("paper",),
    "plan": ("live", "plan", "undo"),
    "desk": ("live", "desk", "backups"),
    "projector": ("live", "projector"),
    "room": ("room",),
    "door": ("door",),
    "patient": ("patient",),
    "photographs": ("photographs",),
    "dropping": ("dropping",),
}
# Sheets that come in one file, in order: those of every page, and those of the page that everybody has open.
STYLES = {"base": ("tokens", "app"), "board": ("board", "talk")}
_IMPORT = re.compile(r'^import (?:\{ (?P<names>[^}]+) \} from )?"\./(?P<module>[\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|class) (\w+)", re.MULTILINE)
_LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_SECOND = "-later"
# Each try under an address of its own: browsers may remember that one failed.
_COMING = """const $second = (() => {{
let begun;
const away = (problem) => {{ begun = undefined; throw problem; }};
const come = () => import("{address}#" + performance.now());
return () => (begun ??= come().then(({{ begin }}) => begin({{ {known} }}), away));
}})();
"""
# A second copy of a module, or one that waits, would not be what its author wrote.
_UNKNOWN = re.compile(r"^(?:import|export|await)\b.*|\bimport[(.].*", re.MULTILINE)


class Pack(NamedTuple):
    """A script or sheet ready to be sent, and the fingerprint by which browsers may keep it for a year."""

    text: str
    version: str


@lru_cache
def pack(name: str) -> Pack:
    """The scripts of one kind of page, or those that it imports later. Raises KeyError for another name."""
    page = name.removesuffix(_SECOND)
    text, second = _files(page)
    if page != name:
        text = second
    if not text:
        raise KeyError(name)
    return _fingerprinted(text)


@lru_cache
def spoken_pack(name: str, shapes: str) -> Pack:
    """The same with the words and shapes that its scripts need in a language, which js/shapes.js takes."""
    return _fingerprinted(f"const SHAPES = {json.dumps(shapes, ensure_ascii=False)};\n{pack(name).text}")


@lru_cache
def _files(page: str) -> "Linked":
    return linked(PACKS[page], STATIC / "js", lambda second: _address(page, second))


def _address(page: str, second: str) -> str:
    return path_of("static-generated", f"{page}{_SECOND}.js", v=_fingerprinted(second).version)


def _fingerprinted(text: str) -> Pack:
    return Pack(text, hashlib.sha256(text.encode()).hexdigest()[:12])


@lru_cache
def style_pack(name: str) -> Pack:
    """The styles of one kind of page. Raises KeyError for another name."""
    sheets = (STATIC / "css" / f"{sheet}.css" for sheet in STYLES[name])
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    # It lies in another folder than they do.
    text = _INDENT.sub("", _REMARK.sub("", text)).replace("url(../", "url(/static/")
    return _fingerprinted(text)


class Linked(NamedTuple):
    """Two modules: what runs with the page, and what it asks for later; empty when there is no such thing."""

    text: str
    second: str


def linked(
    entries: Iterable[str], directory: Path, address: Callable[[str], str] = lambda second: ""
) -> Linked:
    """What `entries` do one after the other, with whatever they import before them. What is imported later is
    made when it is asked for; `address` says where the second file will be found.

    Raises ValueError for an import in a circle and for a form of import or export that would be lost.
    """
    first: dict[str, str] = {}
    for entry in entries:
        _collect(entry, directory, first, ())
    beside = dict(first)
    later: dict[str, str] = {}
    while missing := _asked_for_later([*beside.values(), *later.values()]) - beside.keys() - later.keys():
        for name in sorted(missing):
            later[name] = (directory / f"{name}.js").read_text(encoding="utf-8")
            for found in _IMPORT.finditer(later[name]):
                _collect(found["module"], directory, beside, ())
    later = {name: source for name, source in later.items() if name not in beside}
    _check_names(beside | later)
    rest = {name: source for name, source in beside.items() if name not in first}
    known = ", ".join(map(_scope, first))
    second = _second_file(rest, later, known) if later else ""
    coming = _COMING.format(address=address(second), known=known) if later else ""
    made = "".join(_wrapped(name, source, _from_second(later)) for name, source in first.items())
    return Linked(coming + made, second)


def _second_file(rest: dict[str, str], later: dict[str, str], known: str) -> str:
    made = [_wrapped(name, source, _from_here(later)) for name, source in rest.items()]
    made += [_lazily(name, _wrapped(name, source, _from_here(later))) for name, source in later.items()]
    given = ", ".join(map(_scope, [*rest, *later]))
    return f"export function begin({{ {known} }}) {{\n{''.join(made)}return {{ {given} }};\n}}\n"


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


def _wrapped(name: str, source: str, asked: Callable[[str], str]) -> str:
    exports = [found[2] for found in _EXPORT.finditer(source)]
    body = _EXPORT.sub(r"\1 \2", _COMMENT.sub("", _IMPORT.sub("", source)))
    body = _LATER.sub(lambda found: asked(found[1]), body)
    if unknown := _UNKNOWN.search(body):
        raise ValueError(f"{name}.js cannot be joined with others: {unknown.group()}")
    lines = [*_taken(source), _INDENT.sub("", body).rstrip(), f"return {{ {', '.join(exports)} }};"]
    return f"const {_scope(name)} = (() => {{\n" + "\n".join(lines) + "\n})();\n"


def _lazily(name: str, wrapped: str) -> str:
    made = wrapped.removeprefix(f"const {_scope(name)} = ").removesuffix(";\n")
    return f"const {_scope(name)} = (() => {{ let made; return () => (made ??= {made}); }})();\n"


def _from_here(later: Container[str]) -> Callable[[str], str]:
    # Not a resolved promise: what goes wrong in a module rejects it, as with import().
    return lambda module: f"(async () => {_scope(module)}{'()' if module in later else ''})()"


def _from_second(later: Container[str]) -> Callable[[str], str]:
    here = _from_here(later)
    return lambda module: (
        f"$second().then((all) => all.{_scope(module)}())" if module in later else here(module)
    )


def _taken(source: str) -> Iterator[str]:
    for found in _IMPORT.finditer(source):
        if found["names"]:
            yield f"const {{ {found['names'].replace(' as ', ': ')} }} = {_scope(found['module'])};"


def _scope(module: str) -> str:
    return "$" + module.replace("-", "_")
