"""Shortcuts through WeasyPrint: the same PDF, to the byte, for four fifths of the processor time.

It looks up some 200 properties for every element one by one, though most are at their initial values, and
lays out every line twice, to measure it and to draw it. The shorter ways belong to the release they were
written for: with any other, nothing is put in its place.
"""

from collections.abc import Callable
from typing import Any

import weasyprint
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.text.line_break import Layout

RELEASE = "70.0"

_BY_HAND = {"float", "position", "display", "page"} | {
    name for name in INITIAL_VALUES if name.startswith("text_decoration_")
}
_INITIAL = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED | INITIAL_NOT_COMPUTED | _BY_HAND
}
_LOGICAL = {
    name: {direction: logical(block="ttb", inline=direction) for direction in ("ltr", "rtl")}
    for name, logical in PHYSICAL_FUNCTIONS.items()
}
_PHYSICAL = {
    logical: {name for name, names in _LOGICAL.items() if logical in names.values()}
    for names in _LOGICAL.values()
    for logical in names.values()
}
_EDGES = [*(f"border_{side}" for side in ("top", "right", "bottom", "left")), "outline"]
_PLAIN = {str, int, float, Dimension}

_init_style, _look_up = ComputedStyle.__init__, ComputedStyle.__missing__
_init_anonymous_style, _take_up_slowly = AnonymousStyle.__init__, Layout.reactivate


def take() -> None:
    """Take the shortcuts, in this process."""
    if weasyprint.__version__ == RELEASE:
        for owner, name, shorter in SHORTCUTS:
            setattr(owner, name, shorter)


def _begin_style(self: Any, parent_style: Any, cascaded: dict[str, Any], *rest: Any) -> None:
    """With the initial values of all properties that no rule names, and no width for edges without a line."""
    _init_style(self, parent_style, cascaded, *rest)
    self.update(_INITIAL)
    for name in cascaded:
        self.pop(name, None)
        for physical in _PHYSICAL.get(name, ()):
            self.pop(physical, None)
    for edge in _EDGES:
        if f"{edge}_style" in self:
            self[f"{edge}_width"] = 0


def _begin_anonymous_style(self: Any, parent_style: Any) -> None:
    self.update(_INITIAL)
    _init_anonymous_style(self, parent_style)


def _work_out(self: Any, name: str) -> Any:
    """What is inherited, or the plain value of the rule that counts; all else the long way."""
    rule = self.cascaded.get(name)
    if logical := _LOGICAL.get(name):
        other = self.cascaded.get(logical[self["direction"]])
        if other and (not rule or other[1] >= rule[1]):
            rule = other
    if rule and type(rule[0]) in _PLAIN and rule[0] not in ("inherit", "initial") and name not in _BY_HAND:
        computed = COMPUTER_FUNCTIONS.get(name)
        value = computed(self, name, rule[0]) if computed else rule[0]
    elif not rule and name in INHERITED and self.parent_style is not None:
        value = self.parent_style[name]
    else:
        return _look_up(self, name)
    self[name] = value
    return value


def _copy_style(self: Any) -> Any:
    """All that is known so far, instead of beginning anew."""
    copy = ComputedStyle.__new__(ComputedStyle)
    copy.__dict__.update(self.__dict__)
    copy.__dict__.pop("anonymous_style", None)
    copy.update(self)
    copy.specified = self.specified.copy()
    return copy


def _keep(self: Any) -> None:
    """The line that was measured is the line that is drawn."""


def _take_up(self: Any, style: Any) -> None:
    if self.justification_spacing:
        _take_up_slowly(self, style)


SHORTCUTS: tuple[tuple[type, str, Callable[..., Any]], ...] = (
    (ComputedStyle, "__init__", _begin_style),
    (ComputedStyle, "__missing__", _work_out),
    (ComputedStyle, "copy", _copy_style),
    (AnonymousStyle, "__init__", _begin_anonymous_style),
    (Layout, "deactivate", _keep),
    (Layout, "reactivate", _take_up),
)
LONG_WAYS = tuple((owner, name, getattr(owner, name)) for owner, name, _ in SHORTCUTS)
