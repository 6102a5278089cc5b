"""The lists of a workshop for other programs: what their columns are called, in which order, of which kind.

Who writes a list and who reads one goes by this alone. Headings and words are in the reader's language;
a list that comes back is understood in every language, and by the keys, which never change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.canvas import catalog
from app.canvas.definition import Text
from app.canvas.follow_up import STATUS_NAMES
from app.canvas.models import Evidence, NoteSide
from app.comment.models import CommentKind
from app.errors import N_
from app.web.i18n import translate

Cell = str | int | bool | date | datetime | None


class Kind(StrEnum):
    """What a cell holds. A moment is by the clock of the computer that wrote it."""

    TEXT = "text"
    NUMBER = "number"
    RUPIAH = "rupiah"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in letters. `choices`: what values are called, where there are only so many."""

    key: str
    heading: Text
    kind: Kind = Kind.TEXT
    width: int = 14
    choices: Mapping[str, Text] = field(default_factory=dict)

    def word(self, value: str | None, locale: str) -> str:
        """What a value is called; nothing for none."""
        return self.choices[value].of(locale) if value else ""

    def meant(self, said: str) -> str | None:
        """The value that is called so in any language; None for a word nobody knows."""
        wanted = _folded(said)
        return next(
            (
                value
                for value, word in self.choices.items()
                if wanted in (_folded(value), _folded(word.id), _folded(word.en))
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: one sheet of a workbook, or one CSV file whose name is its key."""

    key: str
    name: Text
    columns: tuple[Column, ...]


def column_headed(columns: Sequence[Column], heading: str) -> Column | None:
    """The column that is headed so in any language, or by its key."""
    wanted = _folded(heading)
    return next(
        (
            column
            for column in columns
            if wanted in (column.key, _folded(column.heading.id), _folded(column.heading.en))
        ),
        None,
    )


def in_words(value: bool, locale: str) -> str:
    """Yes or no, for programs that know no truth values."""
    return (_YES if value else _NO).of(locale)


def truth(said: str) -> bool | None:
    """What a yes or no of any language or program means; None for another word. An empty cell is a no."""
    wanted = _folded(said)
    if wanted in ("", "0", "false", "salah", _folded(_NO.id), _folded(_NO.en)):
        return False
    return True if wanted in ("1", "x", "true", "benar", _folded(_YES.id), _folded(_YES.en)) else None


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())


def _both(message: str) -> Text:
    return Text(translate("id", message), translate("en", message))


def _blocks() -> dict[str, Text]:
    return {place.key: place.name for place in catalog.definition().places}


_YES, _NO = _both(N_("yes")), _both(N_("no"))

SIDES: Mapping[str, Text] = {
    NoteSide.BLK: _both(N_("From the training centre")),
    NoteSide.INDUSTRY: _both(N_("From industry")),
    NoteSide.JOINT: _both(N_("Joint")),
}
EVIDENCE: Mapping[str, Text] = {
    Evidence.FACT: _both(N_("Fact")),
    Evidence.ASSUMPTION: _both(N_("Assumption")),
    Evidence.TESTED: _both(N_("Tested")),
}
STATUSES: Mapping[str, Text] = {status: _both(name) for status, name in STATUS_NAMES.items()}
PERSPECTIVES: Mapping[str, Text] = {
    NoteSide.JOINT: _both(N_("Joint partnership")),
    NoteSide.BLK: _both(N_("BLK")),
    NoteSide.INDUSTRY: _both(N_("Industry")),
}
REPLY = "reply"
COMMENT_KINDS: Mapping[str, Text] = {
    CommentKind.LIKE: _both(N_("I like")),
    CommentKind.SUGGEST: _both(N_("I suggest")),
    CommentKind.WHAT_IF: _both(N_("What if")),
    CommentKind.ASK: _both(N_("I ask")),
    REPLY: _both(N_("Reply to a comment")),
}

_GROUP = Column("group", _both(N_("Group")), width=16)
_PARTNERSHIP = Column("partnership", _both(N_("Partnership")), width=30)
_BLOCK_NUMBER = Column("block_number", _both(N_("Block no.")), Kind.NUMBER, width=9)
_BLOCK = Column("block", _both(N_("Block")), width=22, choices=_blocks())
_NOTE = Column("text", _both(N_("Note")), width=50)
_AUTHOR = Column("author", _both(N_("Written by")), width=18)
_CREATED_AT = Column("created_at", _both(N_("Written at")), Kind.MOMENT, width=17)

NOTES = ListKind(
    "notes",
    _both(N_("Notes")),
    (
        _GROUP,
        _PARTNERSHIP,
        _BLOCK_NUMBER,
        _BLOCK,
        _NOTE,
        Column("gives", _both(N_("Gives")), width=24),
        Column("gets", _both(N_("Gets")), width=24),
        Column("side", _both(N_("Side")), width=15, choices=SIDES),
        Column("segments", _both(N_("Segments")), width=12),
        Column("inclusion", _both(N_("Inclusion (GEDSI)")), Kind.YES_NO, width=12),
        Column("evidence", _both(N_("How sure")), width=13, choices=EVIDENCE),
        Column("amount_low", _both(N_("Lowest amount")), Kind.RUPIAH, width=18),
        Column("amount", _both(N_("Amount")), Kind.RUPIAH, width=18),
        Column("amount_high", _both(N_("Highest amount")), Kind.RUPIAH, width=18),
        Column("cluster", _both(N_("Group of ideas")), width=20),
        Column("votes", _both(N_("Votes")), Kind.NUMBER, width=8),
        _AUTHOR,
        _CREATED_AT,
        Column("edited_at", _both(N_("Changed at")), Kind.MOMENT, width=17),
    ),
)

TAGS = ListKind(
    "tags",
    _both(N_("Marks")),
    (
        _GROUP,
        _PARTNERSHIP,
        _BLOCK,
        _NOTE,
        Column("tag_kind", _both(N_("Kind of mark")), width=20),
        Column("tag", _both(N_("Marked as")), width=32),
    ),
)

VOTES = ListKind(
    "votes",
    _both(N_("Voting")),
    (
        _GROUP,
        _PARTNERSHIP,
        Column("question", _both(N_("Question")), width=34),
        Column("rank", _both(N_("Place in the result")), Kind.NUMBER, width=10),
        _BLOCK,
        _NOTE,
        Column("votes", _both(N_("Votes")), Kind.NUMBER, width=8),
        Column("by_host", _both(N_("Entered by the host")), Kind.NUMBER, width=14),
        Column("voters", _both(N_("Who voted")), width=34),
    ),
)

COMMENTS = ListKind(
    "comments",
    _both(N_("Comments")),
    (
        _GROUP,
        _PARTNERSHIP,
        _BLOCK,
        _NOTE,
        Column("comment_kind", _both(N_("Kind of comment")), width=15, choices=COMMENT_KINDS),
        Column("comment", _both(N_("Comment")), width=50),
        Column("reply_to", _both(N_("Reply to")), width=34),
        Column("settled", _both(N_("Settled")), Kind.YES_NO, width=10),
        Column("settled_at", _both(N_("Settled at")), Kind.MOMENT, width=17),
        Column("guest_of", _both(N_("Guest from")), width=16),
        _AUTHOR,
        _CREATED_AT,
    ),
)

PLAN = ListKind(
    "plan",
    _both(N_("Follow-up plan (RTL)")),
    (
        _GROUP,
        _PARTNERSHIP,
        Column("number", _both(N_("No.")), Kind.NUMBER, width=6),
        Column("text", _both(N_("Activity")), width=40),
        Column("output", _both(N_("Output")), width=24),
        Column("centre_owner", _both(N_("Responsible at the training centre")), width=22),
        Column("partner_owner", _both(N_("Responsible at the industry partner")), width=22),
        Column("due_on", _both(N_("Due")), Kind.DAY, width=12),
        Column("resources", _both(N_("Resources")), width=22),
        Column("indicator", _both(N_("Indicator of success")), width=24),
        Column("status", _both(N_("Status")), width=13, choices=STATUSES),
        Column("linked_block", _both(N_("Helps the block")), width=22, choices=_blocks()),
    ),
)

GROUPS = ListKind(
    "groups",
    _both(N_("Groups")),
    (
        Column("number", _both(N_("No.")), Kind.NUMBER, width=6),
        _GROUP,
        Column("training_centre", _both(N_("Training centre")), width=28),
        Column("industry_partner", _both(N_("Industry partner")), width=28),
        Column("vocational_field", _both(N_("Vocational field")), width=22),
        Column("perspective", _both(N_("Seen from the side of")), width=20, choices=PERSPECTIVES),
        Column("people", _both(N_("People present")), Kind.NUMBER, width=10),
        Column("note_count", _both(N_("Number of notes")), Kind.NUMBER, width=10),
        Column("step_count", _both(N_("Number of steps in the plan")), Kind.NUMBER, width=12),
        Column("revision", _both(N_("Version")), Kind.NUMBER, width=8),
    ),
)

LISTS = (NOTES, TAGS, VOTES, COMMENTS, PLAN, GROUPS)
