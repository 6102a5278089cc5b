"""Who are the partners, what do they give and get, and does it lead graduates to work?"""

from collections.abc import Iterator

from app.canvas.checks.findings import Area, CanvasCheck, CheckedCanvas, CheckedNote, Place
from app.errors import N_


def one_sided_partners(canvas: CheckedCanvas) -> Iterator[Place]:
    for note in canvas.of("partners"):
        if not (note.gives.strip() and note.gets.strip()):
            yield Place(note.block, note.id)


def unused_contributions(canvas: CheckedCanvas) -> Iterator[Place]:
    used = canvas.words.stems("\n".join(note.text for note in canvas.of("resources", "activities")))
    if not used:
        # The empty blocks are asked about as such.
        return
    for note in canvas.of("partners"):
        given = canvas.words.stems(note.gives)
        if given and not given & used:
            yield Place(note.block, note.id)


def customers_and_partners(canvas: CheckedCanvas) -> Iterator[Place]:
    customers = [set(canvas.words.content(note.text)) for note in canvas.of("segments")]
    for note in canvas.of("partners"):
        partner = set(canvas.words.content(note.text))
        if any(
            partner and customer and (partner <= customer or customer <= partner) for customer in customers
        ):
            yield Place(note.block, note.id)


def no_named_company(canvas: CheckedCanvas) -> Iterator[Place]:
    if not any(_names_a_company(canvas, note) for note in canvas.of("partners", "segments")):
        yield Place(canvas.block("partners"))


def no_agreement(canvas: CheckedCanvas) -> Iterator[Place]:
    partners = canvas.of("partners")
    said = [note.all_words for note in (*partners, *canvas.of("activities"))]
    if partners and not canvas.words.agreements.found_in("\n".join((*said, canvas.plan_says()))):
        yield Place(canvas.block("partners"))


def no_outcome(canvas: CheckedCanvas) -> Iterator[Place]:
    said = "\n".join(note.all_words for note in canvas.notes)
    if not canvas.words.outcomes.found_in(f"{said}\n{canvas.plan_says()}"):
        yield Place(canvas.block("activities"))


def _names_a_company(canvas: CheckedCanvas, note: CheckedNote) -> bool:
    words = canvas.words
    if words.associations.found_in(note.text):
        return True
    is_company = note.side == "industry" or words.companies.found_in(note.text)
    return bool(is_company and words.content(words.companies.without(note.text)))


CHECKS = (
    CanvasCheck(
        "M01",
        Area.PARTNERSHIP,
        "high",
        N_("What does this partner give and get?"),
        one_sided_partners,
        needs=("partners",),
    ),
    CanvasCheck(
        "M02",
        Area.PARTNERSHIP,
        "low",
        N_("Where is this partner's contribution used?"),
        unused_contributions,
        needs=("partners", "resources", "activities"),
    ),
    CanvasCheck(
        "M03",
        Area.PARTNERSHIP,
        "info",
        N_("Employer of graduates and partner? Make sure that both roles are clear."),
        customers_and_partners,
        needs=("partners", "segments"),
    ),
    CanvasCheck(
        "M04",
        Area.PARTNERSHIP,
        "medium",
        N_("Who is the industry partner?"),
        no_named_company,
        needs=("partners", "segments"),
    ),
    CanvasCheck(
        "M05",
        Area.PARTNERSHIP,
        "low",
        N_("Is an MoU or PKS needed? Who signs it?"),
        no_agreement,
        needs=("partners", "activities"),
    ),
    CanvasCheck(
        "P01",
        Area.PARTNERSHIP,
        "medium",
        N_("How do graduates come to work?"),
        no_outcome,
        needs=("activities",),
    ),
)
