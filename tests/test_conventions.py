"""Rules of the house that a command can check (STYLE.md)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
CODE = sorted((ROOT / "app").rglob("*.py"))
BLOCKS = ("customer_segments", "value_propositions", "key_partnerships", "cost_structure", "channels")
FORBIDDEN_NAMES = re.compile(r"\b\w*(manager|helper|service|util|handler)s?\b", re.IGNORECASE)
# What a library calls its own things, and what the standard library calls them.
BORROWED_NAMES = re.compile(r"add_exception_handler|exception_handler|TimerHandle|handler_404", re.IGNORECASE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_check() -> None:
    assert len(TEMPLATES) > 20 and len(SCRIPTS) > 3 and len(STYLES) > 3 and len(CODE) > 40


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_says_what_it_needs_and_escapes_what_it_shows(path: Path) -> None:
    html = path.read_text()

    assert html.startswith("{#-"), "a template starts with a comment that names its context"
    assert "Context" in html.split("#}", 1)[0] or "context" in html.split("#}", 1)[0]
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", html)
    assert not re.search(r"\sstyle=|\son\w+=|javascript:|<style|hx-on|hx-vals=.js", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html), "scripts are files"


@pytest.mark.parametrize("path", TEMPLATES + SCRIPTS + STYLES, ids=name)
def test_the_nine_blocks_stand_in_the_catalog_and_nowhere_else(path: Path) -> None:
    found = [block for block in BLOCKS if re.search(rf"\b{block}\b", path.read_text())]

    assert found == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_scripts_put_text_into_pages_only_as_text(path: Path) -> None:
    script = re.sub(r"//.*", "", path.read_text())

    assert not re.search(
        r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function", script
    )
    assert not re.search(r"randomUUID|navigator\.(clipboard|serviceWorker|locks|wakeLock)", script), (
        "a LAN address is an insecure context, which has none of these"
    )


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_fetch_nothing_from_elsewhere(path: Path) -> None:
    assert not re.search(r"@import|https?://|//\w+\.", path.read_text())


@pytest.mark.parametrize("path", CODE, ids=name)
def test_code_names_things_by_what_they_are(path: Path) -> None:
    defined = re.findall(r"^\s*(?:class|def|async def)\s+(\w+)", path.read_text(), re.M)

    wrong = [word for word in defined if FORBIDDEN_NAMES.search(word) and not BORROWED_NAMES.search(word)]

    assert wrong == []


@pytest.mark.parametrize("path", [path for path in CODE if "migrations" not in path.parts], ids=name)
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    code = path.read_text()

    assert not code.strip() or code.startswith('"""')


@pytest.mark.parametrize("path", CODE, ids=name)
def test_sql_is_never_put_together_from_strings(path: Path) -> None:
    code = path.read_text()

    # A PRAGMA takes no parameters; the ones we set stand in lists of ours.
    assert not re.search(r'(text|execute|exec_driver_sql)\(\s*f["\'](?!PRAGMA )', code)


# Where a script's `words` come from: outbox and plan bring their own, others import those of board-toast.js.
WORDS = {"outbox": "canvas/_outbox_words.html", "words": "canvas/_words.html", "steps": "canvas/plan.html"}
SPEAKING = [
    path for path in SCRIPTS if re.search(r"import .*\bwords\b|\bwords = .*dataset", path.read_text())
]


@pytest.mark.parametrize("path", SPEAKING, ids=name)
def test_every_word_a_script_says_is_given_to_it(path: Path) -> None:
    script = path.read_text()
    source = "words" if re.search(r"\bwords\b.*from|getElementById\(\"words\"\)", script) else "outbox"
    source = "steps" if 'getElementById("steps")' in script else source
    given = set(re.findall(r"data-([a-z-]+)=", (ROOT / "templates" / WORDS[source]).read_text()))
    said = {
        re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", word)
        for word in re.findall(r"\bwords\.([a-zA-Z]+)", script)
    }

    assert said <= given
