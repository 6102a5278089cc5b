"""What happens afterwards: the follow-up plan, and how assumptions are tested.

Where no plan is kept (`CheckedCanvas.plan` is None), nobody is asked for what cannot be written down.
"""

from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, Place
from app.errors import N_

SOON = 30
ASSUMPTION, TESTED = "assumption", "tested"


def steps_without_owner_or_day(canvas: CheckedCanvas) -> Iterator[Place]:
    if canvas.plan == ():
        yield Place("")
    for step in canvas.plan or ():
        if not step.owner.strip() or step.due_days is None:
            yield Place("", step.id, name=step.activity)


def no_first_step(canvas: CheckedCanvas) -> Iterator[Place]:
    days = [step.due_days for step in canvas.plan or () if step.due_days is not None]
    if canvas.plan and min(days, default=SOON + 1) > SOON:
        yield Place("")


def untested_assumptions(canvas: CheckedCanvas) -> Iterator[Place]:
    """Asked once there is a plan: before that, T01 asks for the whole of it."""
    if not canvas.plan:
        return
    planned = canvas.words.stems(canvas.plan_says())
    for note in canvas.notes:
        if note.evidence == ASSUMPTION and not canvas.words.stems(note.text) & planned:
            yield Place(note.block, note.id)


def assumptions_unclear(canvas: CheckedCanvas) -> Iterator[Place]:
    """Too many to test, or none: asked where the values are promised."""
    marks = [note.evidence for note in canvas.notes]
    if 2 * marks.count(ASSUMPTION) > len(marks) or not {ASSUMPTION, TESTED} & set(marks):
        yield Place(canvas.block("values"))


CHECKS = (
    CanvasCheck(
        "T01",
        Area.FOLLOW_UP,
        "high",
        N_("Who does what, and by when?"),
        steps_without_owner_or_day,
    ),
    CanvasCheck("T03", Area.FOLLOW_UP, "medium", N_("How is this assumption tested?"), untested_assumptions),
    CanvasCheck(
        "T02",
        Area.FOLLOW_UP,
        "low",
        N_("What is the first step within 30 days?"),
        no_first_step,
    ),
    CanvasCheck(
        "U02",
        Area.FOLLOW_UP,
        "info",
        N_("Choose the 3 riskiest assumptions to test."),
        assumptions_unclear,
        needs=("values",),
    ),
)
