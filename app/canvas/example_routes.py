"""What others wrote into a block: the examples of the catalog, one at a time, for a table that asks."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app import errors
from app.canvas import catalog, queries
from app.canvas.example_views import example_canvas
from app.errors import N_
from app.identity.deps import SeeCanvas
from app.parts import House
from app.web.i18n import locale_of
from app.web.rendering import is_htmx

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/examples/{block}")
def block_example(
    request: Request, house: House, access: SeeCanvas, block: str, example: str = ""
) -> Response:
    """One block of one example; the first when none is named."""
    with house.db.read() as session:
        facts = queries.canvas_facts(session, access.canvas_id)
    assert facts is not None
    definition = catalog.definition(facts.canvas.definition_key)
    examples = {each.key: each for each in catalog.examples() if each.definition_key == definition.key}
    chosen = examples.get(example) if example else next(iter(examples.values()), None)
    if chosen is None or not definition.has_block(block):
        raise errors.NotFound("example_not_found", N_("There is no such example."))
    locale = locale_of(request)
    return house.renderer.page(
        request,
        "canvas/_example.html" if is_htmx(request) else "canvas/example.html",
        canvas_id=access.canvas_id,
        block=example_canvas(chosen, definition, locale).block(block),
        example=chosen,
        others=[each for each in examples.values() if each is not chosen],
    )
