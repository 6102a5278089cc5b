"""Templates to text. One Jinja environment per language; what is not declared is an error."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.clock import steady
from app.resources import LOCALE, TEMPLATES
from app.rupiah import rupiah, short_rupiah
from app.web.contrast import contrast_of
from app.web.i18n import LANGUAGES, locale_of, translations
from app.web.packs import Pack, spoken_pack
from app.web.urls import dom_id, urls

PRODUCT = "Kanvas Mitra"
# What scripts need in words, for the kinds of pages that have such scripts.
SHAPES = {"board": "canvas/_shapes.html"}
# The pieces of the line of credit in a language, each with `text` and perhaps a `url`.
Attribution = Callable[[str], Iterable[object]]
KEPT_PARTS = 8192
CONVENTIONS = {"id": "id_ID", "en": "en_GB"}


def is_htmx(request: Request) -> bool:
    """Whether htmx asks for a fragment rather than a browser for a page."""
    return request.headers.get("hx-request") == "true"


def wants_json(request: Request) -> bool:
    """Whether a program asks: a path of the API, or a script that accepts JSON and not pages."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or (
        "application/json" in accept and "text/html" not in accept
    )


class Renderer:
    """`attribution` gives the line of credit in a language, `shapes` the context of the template in SHAPES:
    this package knows no canvas itself.
    """

    def __init__(
        self,
        templates_dir: Path = TEMPLATES,
        locale_dir: Path = LOCALE,
        attribution: Attribution = lambda locale: (),
        reload: bool = False,
        shapes: Callable[[str], Mapping[str, object]] = lambda locale: {"places": ()},
    ) -> None:
        self._shapes = cache(lambda name, locale: self.render(SHAPES[name], locale, **shapes(locale)))
        self._environments = {
            locale: _environment(locale, templates_dir, locale_dir, attribution, reload)
            for locale in LANGUAGES
        }
        for locale, environment in self._environments.items():
            environment.globals["spoken_scripts"] = partial(self._address_of_scripts, locale=locale)

    def scripts(self, name: str, locale: str) -> Pack:
        """The scripts of one kind of page, with their words. Raises KeyError for another."""
        return spoken_pack(name, self._shapes(name, locale))

    def _address_of_scripts(self, name: str, locale: str) -> str:
        return urls.spoken_scripts(name, locale, self.scripts(name, locale).version)

    def render(self, template: str, locale: str, **context: object) -> str:
        """The template's text in a language, for anybody: live patches, projector, PDF."""
        return self._environments[locale].get_template(template).render(context)

    def part(self, template: str, name: str, locale: str, **context: object) -> str:
        """The text that `part(…)` gives in a template of this language; see `_parts`."""
        markup: str = self._environments[locale].globals["part"](template, name, **context)  # type: ignore[operator]
        return markup

    def page(
        self,
        request: Request,
        template: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> HTMLResponse:
        """A page in the reader's language. Adds `contrast`, and `path`, where the switches come back to."""
        reader = {"path": _path_of(request), "contrast": contrast_of(request)}
        html = self.render(template, locale_of(request), **{**reader, **context})
        return HTMLResponse(html, status_code=status, headers=headers)

    def form(
        self,
        request: Request,
        template: str,
        form: Mapping[str, str],
        problems: Mapping[str, str],
        **context: object,
    ) -> HTMLResponse:
        """A page with what was typed into its form and, by field, what is wrong: 422 if anything is."""
        context = {"form": form, "errors": problems, **context}
        return self.page(request, template, 422 if problems else 200, None, **context)


def _path_of(request: Request) -> str:
    if request.method not in ("GET", "HEAD"):
        return urls.home()
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _environment(
    locale: str, templates_dir: Path, locale_dir: Path, attribution: Attribution, reload: bool
) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_dir),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=reload,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    catalog = translations(locale, locale_dir)
    environment.install_gettext_translations(catalog, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "urls": urls,
        "dom_id": dom_id,
        "product": PRODUCT,
        "attribution": attribution,
        "locale": locale,
        "languages": LANGUAGES,
        "part": _parts(environment),
        "server_time": lambda: round(steady().timestamp() * 1000),
    }
    environment.filters |= _filters(CONVENTIONS[locale])
    environment.filters |= {
        "rupiah": partial(rupiah, locale=locale),
        "short_rupiah": partial(short_rupiah, locale=locale),
    }
    return environment


def _parts(environment: Environment) -> Callable[..., Markup]:
    """`part(template, name, …)`: an include whose text is kept under this name for as long as its context
    stays the same.

    A block of twenty notes is drawn anew with every change of one; nineteen of them are as they were.
    """

    # A place for each name, not one for each context: what a note said before is let go.
    @lru_cache(maxsize=KEPT_PARTS)
    def place(template: str, name: str) -> dict[str, tuple[Mapping[str, object], Markup]]:
        return {}

    def part(template: str, name: str, **context: object) -> Markup:
        kept = place(template, name)
        seen, markup = kept.get("latest", (None, Markup()))
        if seen != context:
            # Already escaped: it comes out of a template of this very environment.
            markup = Markup(environment.get_template(template).render(context))
            kept["latest"] = (context, markup)
        return markup

    return part


def _filters(convention: str) -> dict[str, Callable[..., str]]:
    def number(value: float) -> str:
        return format_decimal(value, locale=convention)

    def long_date(value: date) -> str:
        # "full" writes 09 September in Indonesian, which nobody does.
        return format_date(value, "EEEE, d MMMM y", locale=convention)

    def short_date(value: date) -> str:
        return format_date(value, "medium", locale=convention)

    def plain_date(value: date) -> str:
        return format_date(value, "d MMMM y", locale=convention)

    def clock_time(value: datetime) -> str:
        return format_time(value.astimezone(), "short", locale=convention)

    dates = {"long_date": long_date, "short_date": short_date, "plain_date": plain_date}
    return {"number": number, "clock_time": clock_time, **dates}
