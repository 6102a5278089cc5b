"""The words of notes, and lists of words by which checks guess what a note is about. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.toml_table import TomlTable

# A crude stem: "pelatih" and "pelatihan" are the same enough for a question.
_STEM = 6


@dataclass(frozen=True, slots=True)
class WordList:
    """Words to look for, as `canvases/checks/` spells them."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "WordList":
        """`*` stands for any letters, `#` for a number."""
        expressions = "|".join(map(_expression, words))
        return cls(re.compile(rf"(?<!\w)(?:{expressions or '(?!)'})(?!\w)", re.IGNORECASE))

    def found_in(self, text: str) -> str:
        """The first of them in a text, as it is written there; empty when there is none."""
        match = self.pattern.search(text)
        return match[0] if match else ""

    def without(self, text: str) -> str:
        """The text with these words left out."""
        return self.pattern.sub(" ", text)


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists of a kind of canvas; the file says what each is for. `costs`: kinds of cost by name."""

    small: frozenset[str]
    companies: WordList
    associations: WordList
    agreements: WordList
    public_money: WordList
    other_money: WordList
    fees: WordList
    fee_rules: WordList
    outcomes: WordList
    generic_groups: WordList
    restrictions: WordList
    measures: WordList
    costs: tuple[tuple[str, WordList], ...]

    def content(self, text: str) -> list[str]:
        """The words of a text that say something, in small letters."""
        return [word for word in re.findall(r"\w+", text.casefold()) if word not in self.small]

    def stems(self, text: str) -> set[str]:
        """The beginnings of the longer words of a text, to see whether two speak of the same."""
        return {word[:_STEM] for word in self.content(text) if len(word) >= 4}


def read_word_lists(path: Path) -> WordLists:
    """The lists in a file; MalformedFile says what is wrong with it."""
    file = TomlTable.of_file(path)

    def words(key: str) -> WordList:
        return WordList.of(file.texts(key))

    lists = WordLists(
        small=frozenset(word.casefold() for word in file.texts("small")),
        companies=words("companies"),
        associations=words("associations"),
        agreements=words("agreements"),
        public_money=words("public_money"),
        other_money=words("other_money"),
        fees=words("fees"),
        fee_rules=words("fee_rules"),
        outcomes=words("outcomes"),
        generic_groups=words("generic_groups"),
        restrictions=words("restrictions"),
        measures=words("measures"),
        costs=tuple(_cost(table) for table in file.tables("costs")),
    )
    file.refuse_unread()
    return lists


def _cost(table: TomlTable) -> tuple[str, WordList]:
    cost = table.text("name"), WordList.of(table.texts("words"))
    table.refuse_unread()
    return cost


def _expression(words: str) -> str:
    escaped = re.escape(" ".join(words.split()))
    return escaped.replace(r"\*", r"\w*").replace(r"\#", r"\d+").replace(r"\ ", r"\s+")
