"""The papers say what is: settings, commands, modules, dependencies, links, and answers of the API."""

import argparse
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import __version__, cli
from app.settings import Settings
from tests.factories import Room

ROOT = Path(__file__).parents[1]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Not for operators: only tests set them.
EMPTY = ("BASE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "BACKUP_TO")
INTERNAL = {"heartbeat", "send_timeout", "max_body"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


class Asked(dict[str, str]):
    """An environment that is empty, and remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return default


def settings_table() -> dict[str, str]:
    """Variable to default, as the README has them."""
    return dict(re.findall(r"^\| `(KANVAS_\w+)` \| (?:`([^`]*)`)? *\|", README, re.MULTILINE))


def test_the_readme_names_every_setting_that_is_read_and_no_other() -> None:
    asked = Asked()
    Settings.from_env(asked)

    assert asked.names == set(settings_table())


def test_every_field_of_the_settings_has_a_variable_or_is_internal() -> None:
    short = {"data_dir": "DATA", "show_api_docs": "API_DOCS"}
    named = {f"KANVAS_{short.get(field.name, field.name.upper())}" for field in fields(Settings)}

    assert named - set(settings_table()) == {f"KANVAS_{field.upper()}" for field in INTERNAL}


def test_the_readme_gives_the_true_defaults() -> None:
    table, settings = settings_table(), Settings()

    assert table["KANVAS_DATA"] == settings.data_dir.name
    assert table["KANVAS_HOST"] == settings.host
    assert table["KANVAS_PORT"] == str(settings.port)
    assert table["KANVAS_MAX_STREAMS"] == str(settings.max_streams)
    assert table["KANVAS_MAX_STREAMS_PER_PERSON"] == str(settings.max_streams_per_person)
    assert table["KANVAS_BACKUP_EVERY"] == f"{settings.backup_every:g}"
    assert table["KANVAS_PDF_AHEAD"] == f"{settings.pdf_ahead:g}"
    assert table["KANVAS_API_DOCS"] == str(int(settings.show_api_docs))
    assert [table[f"KANVAS_{each}"] for each in EMPTY] == [""] * 4


def test_the_readme_names_every_command_and_no_other() -> None:
    (commands,) = (
        action for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction)
    )

    assert set(re.findall(r"^\| `kanvas (\w+)", README, re.MULTILINE)) == set(commands.choices)


def test_the_readme_is_read_in_one_go() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_every_link_leads_to_a_file_or_out(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'<img src="([^"]+)"', text)

    broken = [
        target for target in targets if "://" not in target and not (path.parent / target).resolve().exists()
    ]

    assert broken == []


def test_decisions_are_short_complete_and_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 30, path.name
        assert text.startswith(f"# {int(path.name[:4])}. ") and "\nStatus: " in text, path.name
        listing = "dependencies" in path.name
        assert listing or all(f"\n## {part}\n" in text for part in ("Context", "Decision", "Consequences")), (
            path.name
        )


def test_the_architecture_names_only_what_exists() -> None:
    paths = re.findall(
        r"`((?:app|canvases|templates|static|tests|bench|bin)/[\w./-]*|app/\w+)`", ARCHITECTURE
    )
    modules = {path.stem for path in (ROOT / "app").rglob("*.py")}
    modules |= {path.stem for path in (ROOT / "static" / "js").glob("*.js")}
    table = ARCHITECTURE.split("## Where things are")[1].split("## ")[0]
    words = {word for word in re.findall(r"`(\w+)`", table) if word != "kanvas"}

    assert len(paths) > 15 and len(words) > 20
    assert [path for path in paths if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()] == []
    folders = {path.name for path in ROOT.iterdir()}
    assert words - modules - folders == set()


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_code_shown_as_ours_is_ours(path: Path) -> None:
    shown = re.findall(r"(?:Good: |^\| `)([a-z]+/[\w/]+\.(?:py|js|html|css))", path.read_text("utf-8"), re.M)

    assert [file for file in shown if not (ROOT / file).exists()] == []


@pytest.mark.parametrize(
    ("decision", "asked_for"),
    [
        ("0011", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]),
        ("0012", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_every_dependency_has_its_line(decision: str, asked_for: list[str]) -> None:
    (path,) = (path for path in DECISIONS if path.name.startswith(decision))
    lines = set(re.findall(r"^- `([\w-]+)`: \S", path.read_text("utf-8"), re.MULTILINE))

    assert lines == {re.split(r"[^\w-]", wanted, maxsplit=1)[0] for wanted in asked_for}


def test_the_changelog_knows_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert "## [Unreleased]" in changelog and __version__ in changelog
    assert PROJECT["project"]["version"] == __version__


def test_the_credit_of_the_canvas_stands_in_readme_and_notice() -> None:
    for paper in (README, (ROOT / "NOTICE").read_text("utf-8")):
        assert "strategyzer.com" in paper and "CC BY-SA 3.0" in paper


def test_every_promise_names_the_tests_that_carry_its_number() -> None:
    promises = (ROOT / "docs/promises.md").read_text("utf-8").split("## Not yet proven")[0]
    rows = [line for line in promises.splitlines() if "[T-" in line]
    named = {}
    for row in rows:
        (number,) = re.findall(r"T-[A-Z]+-\d+[a-z]?", row)
        named[number] = {Path(target).name for target in re.findall(r"\]\(\.\./tests/([^)]+)\)", row)}
    carried: dict[str, set[str]] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for number in re.findall(r"\bT-[A-Z]+-\d+[a-z]?\b", path.read_text("utf-8")):
            carried.setdefault(number, set()).add(path.name)

    assert len(rows) > 30
    assert named == carried


# docs/api.md

API = (ROOT / "docs/api.md").read_text("utf-8")
BLOCKS = re.findall(r"^```http\n(.*?)\n```", API, re.MULTILINE | re.DOTALL)


def test_the_api_paper_describes_every_path_and_no_other(anonymous: TestClient) -> None:
    document = anonymous.get("/api/openapi.json").json()["paths"]
    templates = {re.sub(r"\{\w+\}", "[^/ ?]+", path): path for path in document}
    named = set(re.findall(r"(?:GET|POST|PUT) (/api/[^\s`?]+)", API))

    found = {path for one in named for pattern, path in templates.items() if re.fullmatch(pattern, one)}

    assert all(any(re.fullmatch(pattern, one) for pattern in templates) for one in named)
    assert found == set(document)


def test_the_api_answers_what_its_paper_says(room: Room) -> None:
    real = {"Bearer FACILITATOR": room.bearer()["authorization"]}
    assert len(BLOCKS) > 10 and len(BLOCKS) % 2 == 0
    for request, answer in zip(BLOCKS[::2], BLOCKS[1::2], strict=True):
        for told, meant in real.items():
            request = request.replace(told, meant)
        line, headers, body = parts(request)
        method, path = line.split()
        headers["content-type"] = "application/json"
        response = room.facilitator.request(method, path, content=body.encode(), headers=headers)

        status, _, expected = parts(answer)
        assert f"HTTP/1.1 {response.status_code} {response.reason_phrase}" == status, request
        real |= dict(differences(json.loads(expected), response.json(), request))


def parts(block: str) -> tuple[str, dict[str, str], str]:
    """First line, headers and body of a request or an answer."""
    head, _, body = block.partition("\n\n")
    first, *rest = head.splitlines()
    return first, dict(line.split(": ", 1) for line in rest), body


def differences(told: Any, real: Any, where: str) -> Iterator[tuple[str, str]]:
    """Ids, secrets and times that differ, told and real; anything else that differs is a mistake."""
    if isinstance(told, dict) and isinstance(real, dict):
        assert list(told) == list(real), where
        for key, value in told.items():
            yield from differences(value, real[key], f"{where} {key}")
    elif isinstance(told, list) and isinstance(real, list):
        assert len(told) == len(real), where
        for pair in zip(told, real, strict=True):
            yield from differences(*pair, where)
    elif told != real:
        assert isinstance(told, str) and isinstance(real, str), (where, told, real)
        assert re.fullmatch(r"[0-9A-Za-z_-]{8,}|[0-9A-Z]{4} [0-9A-Z]{4}|[0-9T:.Z-]{20,}", told), (
            where,
            told,
            real,
        )
        yield told, real
