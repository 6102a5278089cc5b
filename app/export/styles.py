"""The stylesheets of a paper with everything worked out that is the same for all of it.

WeasyPrint looks up every var() and works out every calc() for each element anew: a third of its time.
"""

import re
from collections.abc import Iterable

import tinycss2

_DEFINITION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+);?")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_CALCULATION = re.compile(r"calc\(([\d.]+)([a-z]+)\s*([*/+])\s*([\d.]+)([a-z]*)\)")
_LENGTH = re.compile(r"(?<![\w.#-])(\d*\.?\d+)(mm|pt|px)\b")
_EVERYWHERE = re.compile(r":root|\[data-surface=\w+\]|\[data-paper=\w+\]")
# What depends on the reader's screen, or is for browsers only.
_FOR_SCREENS = ("media", "supports", "font-face")


def worked_out(styles: str, paper: str, zoom: float = 1.0) -> str:
    """These stylesheets for one kind of paper, with everything `zoom` times as large.

    A variable that is set elsewhere than at the root stays.
    """
    rules = [rule for rule in _rules(styles) if not _is_elsewhere(rule, paper)]
    everywhere = [text for selector, text in rules if _EVERYWHERE.fullmatch(selector)]
    varying = {name for selector, text in rules if text not in everywhere for name, _ in _definitions(text)}
    variables = {name: value for text in everywhere for name, value in _definitions(text)}
    known = {name: value for name, value in variables.items() if name not in varying}
    text = "".join(text for _, text in rules)
    while (replaced := _VARIABLE.sub(lambda found: known.get(found[1], found[0]), text)) != text:
        text = replaced
    text = _CALCULATION.sub(_result, _DEFINITION.sub(lambda found: _kept(found, known), text))
    return text if zoom == 1 else _LENGTH.sub(lambda found: f"{float(found[1]) * zoom:.5g}{found[2]}", text)


def _rules(styles: str) -> Iterable[tuple[str, str]]:
    """Every rule for paper: its selector, or nothing for an at-rule, and its text."""
    for rule in tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield tinycss2.serialize(rule.prelude).strip(), rule.serialize()
        elif rule.type == "at-rule" and rule.lower_at_keyword not in _FOR_SCREENS:
            yield "", rule.serialize()


def _is_elsewhere(rule: tuple[str, str], paper: str) -> bool:
    """Whether it is for another paper, or for a screen of high contrast."""
    other_paper = rule[0].startswith("[data-paper=") and not rule[0].startswith(f"[data-paper={paper}]")
    return other_paper or rule[0].startswith(":root[")


def _definitions(text: str) -> list[tuple[str, str]]:
    return [(name, value.strip()) for name, value in _DEFINITION.findall(text)]


def _kept(found: re.Match[str], known: dict[str, str]) -> str:
    return "" if found[1] in known else found[0]


def _result(found: re.Match[str]) -> str:
    first, unit, sign, second, other_unit = found.groups()
    if sign == "+" and unit != other_unit:
        return found[0]
    left, right = float(first), float(second)
    return f"{left + right if sign == '+' else left * right if sign == '*' else left / right:.5g}{unit}"
