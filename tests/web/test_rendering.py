import gc
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from app.web.i18n import N_, translate, translate_plural, translations
from app.web.rendering import Renderer, is_htmx, wants_json

Render = Callable[..., str]
PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Hello %(name)s"
msgstr "Halo %(name)s"

msgid "%(num)s note"
msgid_plural "%(num)s notes"
msgstr[0] "%(num)s catatan"
"""


@dataclass(frozen=True)
class Greeting:
    name: str


@pytest.fixture
def locale_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, "utf-8")
    return tmp_path / "locale"


@pytest.fixture
def render(tmp_path: Path, locale_dir: Path) -> Render:
    def render(source: str, locale: str = "id", **context: object) -> str:
        (tmp_path / "page.html").write_text(source, "utf-8")
        return Renderer(tmp_path, locale_dir, attribution=lambda locale: f"credit {locale}").render(
            "page.html", locale, **context
        )

    return render


def test_words_come_in_the_readers_language_and_are_escaped(render: Render) -> None:
    source = "{{ _('Hello %(name)s', name=greeting.name) }}"
    assert render(source, "id", greeting=Greeting("<b>")) == "Halo &lt;b&gt;"
    assert render(source, "en", greeting=Greeting("<b>")) == "Hello &lt;b&gt;"


def test_plurals_follow_the_language(render: Render) -> None:
    source = "{{ ngettext('%(num)s note', '%(num)s notes', n) }}"
    assert [render(source, "id", n=n) for n in (1, 2)] == ["1 catatan", "2 catatan"]
    assert [render(source, "en", n=n) for n in (1, 2)] == ["1 note", "2 notes"]


def test_long_sentences_may_be_broken_in_the_template(render: Render) -> None:
    assert render("{% trans name=n %}\n  Hello\n  {{ name }}\n{% endtrans %}", "id", n="Sri") == "Halo Sri"


def test_every_file_name_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "page.svg").write_text("{{ text }}", "utf-8")
    assert Renderer(tmp_path).render("page.svg", "id", text="<script>") == "&lt;script&gt;"


def test_what_a_page_does_not_get_it_may_not_use(render: Render) -> None:
    assert render("{{ title }}", title="Banten") == "Banten"
    with pytest.raises(UndefinedError):
        render("{{ title }}")


def test_dates_and_numbers_follow_the_language(render: Render) -> None:
    source = (
        "{{ d|long_date }} · {{ d|short_date }} · {{ at|clock_time }} · {{ 1250|number }} · {{ 7.5|number }}"
    )
    at = datetime(2024, 9, 10, 4, 30).astimezone()
    given = {"d": date(2024, 9, 10), "at": at}
    assert render(source, "id", **given) == "Selasa, 10 September 2024 · 10 Sep 2024 · 04.30 · 1.250 · 7,5"
    assert render(source, "en", **given).endswith("04:30 · 1,250 · 7.5")
    early = [render("{{ d|long_date }}", language, d=date(2024, 9, 9)) for language in ("id", "en")]
    assert early == ["Senin, 9 September 2024", "Monday, 9 September 2024"]


def test_a_moment_is_shown_as_the_servers_clock_shows_it(render: Render) -> None:
    at = datetime(2024, 9, 10, 4, 30, tzinfo=UTC)
    assert render("{{ at|clock_time }}", at=at) == at.astimezone().strftime("%H.%M")


def test_a_part_is_kept_under_its_name_until_its_context_changes(tmp_path: Path) -> None:
    (tmp_path / "_note.html").write_text("{{ note.words() }}", "utf-8")
    (tmp_path / "page.html").write_text('{{ part("_note.html", "1", note=note) }}', "utf-8")
    renderer = Renderer(tmp_path)
    drawn = []

    class Note:
        def __init__(self, text: str) -> None:
            self.text = text

        def words(self) -> str:
            drawn.append(self.text)
            return self.text

    first, second = Note("old"), Note("new")
    texts = [renderer.render("page.html", "id", note=note) for note in (first, first, second, first)]
    assert texts == ["old", "old", "new", "old"]
    assert drawn == ["old", "new", "old"]


def test_what_a_part_said_before_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ part("_note.html", "1", note=note) }}', "utf-8")
    (tmp_path / "_note.html").write_text("{{ note.name }}", "utf-8")
    renderer = Renderer(tmp_path)
    notes = [Greeting(str(n)) for n in range(3)]
    left = [weakref.ref(note) for note in notes]
    for note in notes:
        renderer.render("page.html", "id", note=note)
    del note, notes
    gc.collect()
    assert [ref() is not None for ref in left] == [False, False, True]


def test_pages_know_paths_product_and_credit(render: Render) -> None:
    source = "{{ urls.desk('w') }} {{ dom_id('block', 'channels') }} {{ product }} {{ attribution(locale) }}"
    assert render(source, "en") == "/workshops/w block-channels Kanvas Mitra credit en"


def test_a_page_speaks_the_language_of_the_cookie(
    tiny_client: Callable[..., TestClient], tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text("{{ locale }} {{ path }}", "utf-8")
    renderer = Renderer(tmp_path)

    async def page(request: Request) -> Response:
        return renderer.page(request, "page.html", 201, {"x-seen": "yes"})

    client = tiny_client(Route("/page", page, methods=["GET", "POST"]))
    answer = client.get("/page?a=1&b=2")
    assert (answer.status_code, answer.headers["x-seen"]) == (201, "yes")
    assert answer.text == "id /page?a=1&amp;b=2"
    assert client.get("/page", headers={"cookie": "language=en"}).text == "en /page"
    assert client.get("/page", headers={"cookie": "language=../../etc"}).text == "id /page"
    assert client.post("/page", headers={"sec-fetch-site": "same-origin"}).text == "id /"


def test_code_can_translate_for_a_reader(locale_dir: Path) -> None:
    catalog = translations("id", locale_dir)
    assert catalog.gettext("Hello %(name)s") == "Halo %(name)s"
    assert translate("en", N_("Hello %(name)s"), name="Sri") == "Hello Sri"
    assert translate("en", "100%% done") == "100% done"
    assert translate_plural("en", "%(num)s note", "%(num)s notes", 2) == "2 notes"


def test_without_a_catalog_messages_stay_as_written(tmp_path: Path) -> None:
    assert translations("id", tmp_path / "none").gettext("Add note") == "Add note"


@pytest.mark.parametrize(
    ("path", "accept", "json"),
    [
        ("/", "text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/", "*/*", False),
        ("/", "application/json", True),
        ("/", "text/html, application/json", False),
        ("/api/join", "*/*", True),
        ("/apiary", "*/*", False),
    ],
)
def test_programs_get_json_and_people_pages(path: str, accept: str, json: bool) -> None:
    assert wants_json(_request(path, accept=accept)) is json


def test_htmx_is_recognised_by_its_header() -> None:
    assert is_htmx(_request("/", **{"hx-request": "true"}))
    assert not is_htmx(_request("/"))


def _request(path: str, **headers: str) -> Request:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": raw,
            "server": ("t", 80),
        }
    )
