"""Scripts joined for a page do what they do one by one, and browsers keep them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from app.resources import STATIC, TEMPLATES
from app.web.headers import IMMUTABLE, REVALIDATE
from app.web.packs import PACKS, STYLES, linked, pack, style_pack
from app.web.rendering import Renderer
from app.web.static import packed, packed_styles
from app.web.urls import urls


@pytest.fixture
def client(tiny_client: Callable[..., TestClient]) -> TestClient:
    return tiny_client(
        Route("/static-generated/{name}.js", packed(Renderer())),
        Route("/static-generated/{name}.css", packed_styles),
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, source: str) -> Path:
        (tmp_path / f"{name}.js").write_text(source, encoding="utf-8")
        return tmp_path

    return write


def test_every_module_is_in_a_pack_or_asked_for_by_a_page() -> None:
    packed_names = {
        name.replace("_", "-")
        for page in PACKS.values()
        for text in linked(page, STATIC / "js")
        for name in re.findall(r"^const \$(\w+) = \(\(\) => \{(?!\nlet begun)", text, re.M)
    }
    pages = "".join(page.read_text(encoding="utf-8") for page in TEMPLATES.rglob("*.html"))
    alone = set(re.findall(r'static\("js/([\w-]+)\.js"\)', pages))
    assert packed_names | alone == {file.stem for file in (STATIC / "js").glob("*.js")}


def test_what_is_imported_comes_first_and_only_once(write: Callable[[str, str], Path]) -> None:
    write("both", 'import { one } from "./one.js";\nimport "./two.js";\none();\n')
    write("two", 'import { one as first } from "./one.js";\nfirst();\n')
    folder = write("one", "// Why.\nexport function one() {}\n")

    text, second = linked(["both", "two"], folder)

    assert re.findall(r"^const (\$\w+) =", text, re.MULTILINE) == ["$one", "$two", "$both"]
    assert "const { one: first } = $one;" in text
    assert "return { one };" in text
    assert "Why" not in text
    assert second == ""


def test_what_is_imported_later_comes_in_a_second_file_and_is_made_when_it_is_asked_for(
    write: Callable[[str, str], Path],
) -> None:
    write("page", 'export const name = "page";\nconst carrying = () => import("./carry.js");\n')
    write("there", "export const there = 1;\n")
    folder = write(
        "carry",
        'import { name } from "./page.js";\nimport { there } from "./there.js";\nexport const up = name;\n',
    )

    text, second = linked(["page"], folder, lambda second: "/later.js")

    assert re.findall(r"^const (\$\w+) =", text, re.MULTILINE) == ["$second", "$page"]
    assert 'import("/later.js#"' in text and "begin({ $page })" in text
    assert "const carrying = () => $second().then((all) => all.$carry());" in text
    assert second.startswith("export function begin({ $page }) {")
    assert re.findall(r"^const (\$\w+) =", second, re.MULTILINE) == ["$there", "$carry"]
    assert "const $carry = (() => { let made; return () => (made ??= (() => {" in second
    assert "return { $there, $carry };" in second


@pytest.mark.parametrize(
    "source",
    [
        "export default 1;",
        "export let count = 0;",
        'import * as all from "./other.js";',
        "const late = import(name);",
        "await ready;",
        "const here = import.meta.url;",
    ],
)
def test_a_form_that_would_be_lost_is_refused(write: Callable[[str, str], Path], source: str) -> None:
    with pytest.raises(ValueError, match=r"odd\.js cannot be joined"):
        linked(["odd"], write("odd", f"{source}\n"))


def test_modules_that_import_each_other_in_a_circle_are_refused(write: Callable[[str, str], Path]) -> None:
    write("egg", 'import { hen } from "./hen.js";\nexport const egg = hen;\n')
    folder = write("hen", 'import { egg } from "./egg.js";\nexport const hen = egg;\n')
    with pytest.raises(ValueError, match="imports itself"):
        linked(["hen"], folder)


def test_a_name_that_a_module_does_not_give_is_refused(write: Callable[[str, str], Path]) -> None:
    write("page", 'import { moved } from "./one.js";\nmoved();\n')
    folder = write("one", "export function kept() {}\n")
    with pytest.raises(ValueError, match="no such thing"):
        linked(["page"], folder)


@pytest.mark.parametrize("name", [*PACKS, "board-later"])
def test_a_pack_under_its_fingerprint_is_kept_for_a_year(client: TestClient, name: str) -> None:
    answer = client.get(urls.scripts(name))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == IMMUTABLE
    assert client.get(f"/static-generated/{name}.js?v=old").headers["cache-control"] == REVALIDATE


def test_the_words_of_scripts_come_with_them_and_are_kept_as_long(client: TestClient) -> None:
    said = {}
    for locale, word in (("id", "Urungkan"), ("en", "Undo")):
        made = Renderer().scripts("board", locale)
        answer = client.get(urls.spoken_scripts("board", locale, made.version))
        assert answer.headers["cache-control"] == IMMUTABLE
        assert answer.text.startswith("const SHAPES = ") and f'data-undo=\\"{word}' in answer.text
        assert answer.text.endswith(pack("board").text)
        said[locale] = made.version
    assert said["id"] != said["en"]
    assert client.get("/static-generated/board.fr.js").status_code == 404
    assert client.get("/static-generated/desk.id.js").status_code == 404


@pytest.mark.parametrize("name", STYLES)
def test_sheets_in_one_file_say_what_they_say_one_by_one(client: TestClient, name: str) -> None:
    def rules(text: str) -> str:
        return re.sub(r"\s|/\*.*?\*/", "", text, flags=re.DOTALL)

    answer = client.get(urls.styles(name))
    single = "".join((STATIC / "css" / f"{sheet}.css").read_text("utf-8") for sheet in STYLES[name])
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["cache-control"] == IMMUTABLE
    assert rules(answer.text) == rules(single).replace("url(../", "url(/static/")
    assert "/*" not in style_pack(name).text


def test_there_is_no_other_pack(client: TestClient) -> None:
    for name in ("elsewhere.js", "elsewhere.css", "desk-later.js"):
        assert client.get(f"/static-generated/{name}").status_code == 404
