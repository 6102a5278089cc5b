"""Does the money come from somewhere, and does everything that costs some have it?"""

from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, CheckedNote, Place
from app.errors import N_

ENOUGH_TO_COST = 4


def income_from_nobody(canvas: CheckedCanvas) -> Iterator[Place]:
    for note in canvas.of("income"):
        if not (note.segments or note.side or _names_a_source(canvas, note)):
            yield Place(note.block, note.id)


def costs_unseen(canvas: CheckedCanvas) -> Iterator[Place]:
    makers, costs = canvas.of("resources", "activities"), canvas.of("costs")
    block = canvas.block("costs")
    if len(makers) >= ENOUGH_TO_COST and 2 * len(costs) < len(makers):
        yield Place(block, asks=N_("Some costs of activities and resources cannot be seen yet. Which?"))
    needed, paid = ("\n".join(note.text for note in notes) for notes in (makers, costs))
    for kind, words in canvas.words.costs:
        word = words.found_in(needed)
        if word and not words.found_in(paid):
            yield Place(block, about=kind, name=word.casefold())


def one_side_of_the_money(canvas: CheckedCanvas) -> Iterator[Place]:
    costs, income = canvas.of("costs"), canvas.of("income")
    if costs and not income:
        yield Place(canvas.block("income"))
    if income and not costs:
        yield Place(canvas.block("costs"), asks=N_("There is funding, but there are no costs yet."))


def only_public_money(canvas: CheckedCanvas) -> Iterator[Place]:
    income = canvas.of("income")
    if income and all(_is_public(canvas, note) for note in income):
        yield Place(canvas.block("income"))


def fees_without_rule(canvas: CheckedCanvas) -> Iterator[Place]:
    said = "\n".join(note.all_words for note in canvas.notes)
    if canvas.words.fee_rules.found_in(f"{said}\n{canvas.plan_says()}"):
        return
    for note in canvas.of("income"):
        if canvas.words.fees.found_in(note.text):
            yield Place(note.block, note.id)


def _names_a_source(canvas: CheckedCanvas, note: CheckedNote) -> str:
    return canvas.words.public_money.found_in(note.text) or canvas.words.other_money.found_in(note.text)


def _is_public(canvas: CheckedCanvas, note: CheckedNote) -> bool:
    if note.side == "industry" or canvas.words.other_money.found_in(note.text):
        return False
    return bool(canvas.words.public_money.found_in(note.text))


CHECKS = (
    CanvasCheck(
        "H05",
        Area.FUNDING,
        "high",
        N_("Who does this income or funding come from?"),
        income_from_nobody,
        needs=("income",),
    ),
    CanvasCheck(
        "H08",
        Area.FUNDING,
        "high",
        N_("There are costs, but no source of funds yet."),
        one_side_of_the_money,
        needs=("income", "costs"),
    ),
    CanvasCheck(
        "H07",
        Area.FUNDING,
        "medium",
        N_("The cost of “%(name)s” cannot be seen yet."),
        costs_unseen,
        needs=("resources", "activities", "costs"),
    ),
    CanvasCheck(
        "D01",
        Area.FUNDING,
        "medium",
        N_("If the budget is cut, what is the fallback plan?"),
        only_public_money,
        needs=("income",),
    ),
    CanvasCheck(
        "D02",
        Area.FUNDING,
        "low",
        N_("Have the PNBP/BLUD rules been checked?"),
        fees_without_rule,
        needs=("income",),
    ),
)
