"""Keeping the catalogs complete: `python -m app.web.catalogs update | check | merge FILE…`."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

import app.errors
from app.resources import LOCALE, ROOT
from app.web.i18n import DEFAULT_LOCALE, LANGUAGES, po_file

_REFUSALS = [
    kind for kind in vars(app.errors).values() if isinstance(kind, type) and kind.__module__ == "app.errors"
]
# Actions write `raise errors.Gone("code", "Message.")`; only the second argument is text for people.
_KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "translate": (2,),
    "translate_plural": (2, 3),
    **{kind.__name__: (2,) for kind in _REFUSALS},
}
_JINJA_OPTIONS = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
_PLURALS = {"id": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def extracted(root: Path = ROOT) -> Catalog:
    """Every message that code and templates contain now."""
    catalog = Catalog()
    for method, path, options in _sources(root):
        found = extract_from_file(method, path, keywords=_KEYWORDS, options=options)
        for _line, message, _comments, context in found:
            if message and any(message):
                catalog.add(message, context=context)
    return catalog


def updated(locale: str, template: Catalog, known: Iterable[Catalog]) -> Catalog:
    """The template's messages with the first translation each has in `known`. English explains itself."""
    catalog = Catalog(locale=locale)
    # Babel believes that Indonesian has two plural forms.
    catalog.mime_headers = [("Plural-Forms", _PLURALS[locale])]
    sources = list(known)
    for message in template:
        if not message.id:
            continue
        translation = next(filter(None, (_translation(source, message) for source in sources)), ())
        if not translation and locale == "en":
            translation = _forms(message.id)
        catalog.add(message.id, _shape(translation, message, locale), context=message.context)
    return catalog


def text_of(locale: str, catalog: Catalog) -> str:
    """A catalog as it stands in the repository: sorted, without dates, places and tool versions."""
    body = BytesIO()
    write_po(
        body, catalog, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=110
    )
    head = [
        "Content-Type: text/plain; charset=utf-8",
        f"Language: {locale}",
        f"Plural-Forms: {_PLURALS[locale]}",
    ]
    lines = "".join(f'"{line}\\n"\n' for line in head)
    return f'msgid ""\nmsgstr ""\n{lines}\n{body.getvalue().decode().strip()}\n'


def load(path: Path, locale: str) -> Catalog:
    """A catalog file; empty when there is none."""
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as source:
        return read_po(source, locale=locale, abort_invalid=True)


def problems(root: Path = ROOT, directory: Path = LOCALE) -> list[str]:
    """What keeps the catalogs from being complete and equal to the code, one sentence each."""
    template = extracted(root)
    return [problem for locale in LANGUAGES for problem in _problems_of(locale, template, directory)]


def update(
    root: Path = ROOT, directory: Path = LOCALE, extra: Mapping[str, list[Catalog]] | None = None
) -> None:
    """Write both catalogs anew from the code, keeping every translation that is still used."""
    template = extracted(root)
    for locale in LANGUAGES:
        path = po_file(locale, directory)
        known = [load(path, locale), *(extra or {}).get(locale, [])]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(locale, updated(locale, template, known)), "utf-8")


def merge(files: Iterable[Path], root: Path = ROOT, directory: Path = LOCALE) -> list[str]:
    """Take Indonesian translations from other files, the present catalog first. Returns what was not used."""
    extra = {file: load(file, DEFAULT_LOCALE) for file in files}
    update(root, directory, {DEFAULT_LOCALE: list(extra.values())})
    merged = load(po_file(DEFAULT_LOCALE, directory), DEFAULT_LOCALE)
    notes = []
    for file, catalog in extra.items():
        for message in catalog:
            kept = merged.get(message.id, message.context) if message.id else message
            if kept is None:
                notes.append(f"{file.name}: not in the code: {message.id!r}")
            elif message.id and kept.string != _shape(
                _translation(catalog, message), message, DEFAULT_LOCALE
            ):
                notes.append(f"{file.name}: already translated: {message.id!r} as {kept.string!r}")
    return notes


def _sources(root: Path) -> Iterator[tuple[str, Path, dict[str, str]]]:
    for path in sorted((root / "app").rglob("*.py")):
        yield "python", path, {}
    for path in sorted((root / "templates").rglob("*.html")):
        yield "jinja2", path, _JINJA_OPTIONS


def _forms(text: Any) -> tuple[str, ...]:
    """Babel's one string, list, tuple or nothing as a tuple of plural forms."""
    return (text,) if isinstance(text, str) else tuple(form or "" for form in text or ())


def _translation(catalog: Catalog, message: Message) -> tuple[str, ...]:
    found = catalog.get(message.id, message.context)
    if found is None or found.fuzzy or not any(_forms(found.string)):
        return ()
    return _forms(found.string)


def _shape(translation: tuple[str, ...], message: Message, locale: str) -> str | tuple[str, ...]:
    """The translation in the form the catalog wants: as many plurals as the language has, or one string."""
    forms = 1 if locale == "id" else 2
    padded = (*translation, "", "")
    return padded[:forms] if message.pluralizable else padded[0]


def _problems_of(locale: str, template: Catalog, directory: Path) -> Iterator[str]:
    path = po_file(locale, directory)
    catalog = load(path, locale)
    for message in template:
        if message.id and catalog.get(message.id, message.context) is None:
            yield f"{locale}: missing: {message.id!r}"
    for message in catalog:
        if message.id:
            if template.get(message.id, message.context) is None:
                yield f"{locale}: no longer in the code: {message.id!r}"
            yield from (f"{locale}: {fault}: {message.id!r}" for fault in _faults(message))
    for message in catalog.obsolete.values():
        yield f"{locale}: obsolete: {message.id!r}"
    expected = text_of(locale, updated(locale, template, [catalog]))
    if not path.exists() or path.read_text("utf-8") != expected:
        yield f"{locale}: not as `python -m app.web.catalogs update` writes it"


def _faults(message: Message) -> Iterator[str]:
    ids, strings = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not strings or not all(strings):
        yield "not translated"
        return
    wanted = set(_PLACEHOLDER.findall(ids[-1]))
    for text in strings:
        names = set(_PLACEHOLDER.findall(text))
        # The form for one may do without the number: "a note".
        if names != wanted and names != set(_PLACEHOLDER.findall(ids[0])):
            yield f"other placeholders in {text!r}"
        try:
            text % defaultdict(int)
        except (TypeError, ValueError):
            yield f"a lone per cent sign (write %%) in {text!r}"


def main(arguments: list[str]) -> int:
    """Exit status 1 when `check` finds something."""
    match arguments:
        case ["update"]:
            update()
        case ["merge", *files]:
            sys.stdout.writelines(f"{note}\n" for note in merge(map(Path, files)))
        case ["check"]:
            found = problems()
            sys.stdout.writelines(f"{problem}\n" for problem in found)
            return 1 if found else 0
        case _:
            sys.stderr.write("usage: python -m app.web.catalogs update | check | merge FILE…\n")
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
