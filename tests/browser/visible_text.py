"""What can be read on a page, and how large and where it stands there: measured, not believed."""

from dataclasses import dataclass

from playwright.sync_api import Page

# Every text node (and ::before, ::after with letters) that no ancestor hides or cuts away entirely.
_COLLECT = """() => {
  const found = [];
  const scale = (element) => {
    for (let factor = 1; ; element = element.parentElement) {
      if (!element) return factor;
      const { transform, zoom } = getComputedStyle(element);
      factor *= Number(zoom) * (transform === "none" ? 1 : new DOMMatrix(transform).a);
    }
  };
  const seen = (element, rect) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
    let { left, top, right, bottom } = rect, scrolls = false;
    for (let each = element; each && each !== document.documentElement; each = each.parentElement) {
      const style = getComputedStyle(each), box = each.getBoundingClientRect();
      if (style.clipPath !== "none") return null;
      const cutsX = each !== document.body && style.overflowX !== "visible";
      const cutsY = each !== document.body && style.overflowY !== "visible";
      scrolls ||= cutsX && /auto|scroll/.test(style.overflowX);
      if (cutsX) left = Math.max(left, box.left), right = Math.min(right, box.right);
      if (cutsY) top = Math.max(top, box.top), bottom = Math.min(bottom, box.bottom);
      if (style.position === "fixed") break;
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom, scrolls } : null;
  };
  const take = (text, element, size, rect) => {
    const box = seen(element, rect);
    if (box) found.push({ text: text.trim().slice(0, 60), size: parseFloat(size) * scale(element), ...box });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    take(node.data, element, getComputedStyle(element).fontSize, range.getBoundingClientRect());
  }
  for (const element of document.body.querySelectorAll("*")) {
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const letters = style.content.replace(/^(none|normal)$|\\\\a /g, "");
      if (style.display === "none" || !/\\w/.test(letters)) continue;
      take(`${pseudo} ${style.content}`, element, style.fontSize, element.getBoundingClientRect());
    }
  }
  return found;
}"""


@dataclass(frozen=True)
class Words:
    """A run of text. Lengths in CSS pixels; `scrolls` when it stands in something that scrolls sideways."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    scrolls: bool


def visible_text(page: Page) -> list[Words]:
    return [Words(**found) for found in page.evaluate(_COLLECT)]


def below(size: float, words: list[Words]) -> list[str]:
    """The texts that are smaller."""
    return [f"{each.text} ({each.size:.1f} px)" for each in words if each.size < size]


def beyond(width: float, words: list[Words]) -> list[str]:
    """The texts that stick out of the screen to the side."""
    return [each.text for each in words if not each.scrolls and (each.right > width + 1 or each.left < -1)]
