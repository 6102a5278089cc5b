"""What paper costs: seconds, memory and bytes of a canvas and of a booklet, beside Chromium's print of them.

    python -m bench.paper
    python -m bench.paper --canvases 20 --rounds 5

What the rows mean: bench/README.md.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Route, sync_playwright

from app.canvas import catalog
from app.canvas.example_views import example_canvas, example_fields
from app.canvas.stylesheet import stylesheet
from app.export.booklet import Booklet
from app.export.composition import Composition, compose
from app.export.document import Document
from app.export.press import Press
from app.export.sheet import Paper
from app.resources import CANVASES, STATIC
from app.web.rendering import PRODUCT, Renderer
from app.web.urls import urls

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
HOST = "http://paper.test"
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
DEFINITION = catalog.definition()


@dataclass
class Cost:
    """What one way of printing took. `seconds` are those of a clock, `cpu` those of all its processes."""

    name: str
    seconds: list[float]
    cpu: float
    memory: int
    size: int

    def __str__(self) -> str:
        middle, least = statistics.median(self.seconds), min(self.seconds)
        return (
            f"  {self.name:<22}{middle:>7.2f} s (least {least:.2f})  CPU {self.cpu:>6.2f} s  "
            f"{self.memory / 1024**2:>5.0f} MB  {self.size / 1000:>6.0f} kB"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    canvases = _canvases(given.canvases)
    booklet = Booklet(_around(len(canvases)), canvases)
    press = Press()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=FLAGS)
        print(f"1 canvas of {canvases[0].sheet.canvas.note_count} notes")
        print(_by_press("this press", press, lambda: canvases[0].draw(press), given.rounds))
        print(_by_chromium("headless Chromium", chromium, canvases[:1], given.rounds))
        print(f"booklet of {len(canvases)} canvases")
        print(_by_press("this press", press, lambda: booklet.draw(press), 1 + given.rounds // 3))
        print(_by_chromium("headless Chromium", chromium, canvases, 1 + given.rounds // 3))
        chromium.close()
    press.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--canvases", type=int, default=20, help="canvases in the booklet")
    parser.add_argument("--rounds", type=int, default=10, help="how often one canvas is printed")
    return parser


def _canvases(number: int) -> tuple[Composition, ...]:
    """The examples in turn, the fullest first."""
    renderer = Renderer(attribution=lambda locale: DEFINITION.attribution_phrases(locale, PRODUCT))
    files = sorted((CANVASES / "examples").glob("*.toml"))
    examples = sorted(map(catalog.example_in_file, files), key=lambda example: -len(example.notes))
    chosen = [examples[each % len(examples)] for each in range(number)]
    return tuple(
        compose(
            renderer,
            example_canvas(example, DEFINITION, "id"),
            example_fields(example),
            DEFINITION,
            Paper.A3,
            "id",
        )
        for example in chosen
    )


def _around(canvases: int) -> Document:
    places = "".join(f'<i data-inlay="{number}"></i>' for number in range(canvases))
    styles = "".join(
        f'<link rel="stylesheet" href="{urls.static(f"css/{name}.css")}">' for name in ("tokens", "report")
    )
    head = f"<head><title>Buku kanvas</title>{styles}</head>"
    return Document(f'<html lang="id">{head}<body data-surface="document">{places}</body></html>')


def _by_press(name: str, press: Press, draw: Callable[[], bytes], rounds: int) -> Cost:
    """Warm: once before it counts."""
    size = len(draw())
    assert press._process
    child = psutil.Process(press._process.pid)
    spent, seconds = _cpu([child]), []
    for _ in range(rounds):
        began = time.monotonic()
        size = len(draw())
        seconds.append(time.monotonic() - began)
    return Cost(name, seconds, (_cpu([child]) - spent) / rounds, child.memory_info().rss, size)


def _by_chromium(name: str, browser: Browser, canvases: Sequence[Composition], rounds: int) -> Cost:
    """The same pages, each as its browser prints it, in one context that is warm."""
    page = browser.new_context().new_page()
    page.route("**/*", _serve({f"/{number}": each.html for number, each in enumerate(canvases)}))

    def draw() -> int:
        size = 0
        for number in range(len(canvases)):
            page.goto(f"{HOST}/{number}")
            page.evaluate("document.fonts.ready")
            size += len(page.pdf(prefer_css_page_size=True, tagged=True, outline=True))
        return size

    size = draw()
    processes = psutil.Process().children(recursive=True)
    chromium = [each for each in processes if "chrom" in each.name()]
    spent, seconds = _cpu(chromium), []
    for _ in range(rounds):
        began = time.monotonic()
        size = draw()
        seconds.append(time.monotonic() - began)
    memory = sum(each.memory_full_info().pss for each in chromium)
    return Cost(name, seconds, (_cpu(chromium) - spent) / rounds, memory, size)


def _serve(pages: dict[str, str]) -> Callable[[Route], None]:
    """The pages and what they load, without a server."""
    styles = {urls.canvas_css(): stylesheet(DEFINITION)}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0]
        file = STATIC / path.removeprefix("/static/")
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        elif path in styles:
            route.fulfill(body=styles[path], content_type="text/css")
        elif path.startswith("/static/") and file.suffix in TYPES:
            route.fulfill(body=Path(file).read_bytes(), content_type=TYPES[file.suffix])
        else:
            route.abort()

    return answer


def _cpu(processes: Sequence[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(spent.user + spent.system for spent in times))


if __name__ == "__main__":
    raise SystemExit(main())
