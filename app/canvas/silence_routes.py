"""Writing alone first: one's own notes that nobody else sees yet, and the host who begins and reveals."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from app.canvas import catalog, queries
from app.canvas.drawing import note_view
from app.canvas.silence import hide_writing, reveal_notes
from app.canvas.veiled import own_veiled_notes
from app.identity import queries as identity_queries
from app.identity.deps import RunWorkshop, SeeCanvas
from app.parts import House
from app.web.urls import dom_id, urls
from app.workshop.hosting import at_each_table
from app.workshop.queries import tables

router = APIRouter(include_in_schema=False)


@router.get("/canvases/{canvas_id}/own-notes")
def own_notes(request: Request, house: House, access: SeeCanvas) -> Response:
    """One's own veiled notes, block by block, for a page that has just written one."""
    with house.db.read() as session:
        facts = queries.known_facts(session, access.canvas_id)
        mine = own_veiled_notes(session, access.canvas_id, access.actor.id)
        epoch = identity_queries.epoch(session)
    return house.renderer.page(
        request,
        "canvas/own_notes.html",
        places=[block.key for block in catalog.definition(facts.canvas.definition_key).places],
        mine=[note_view(note, is_veiled=True) for note in mine],
        since=f"{epoch}-{facts.revision}",
    )


@router.post("/workshops/{workshop_id}/silence")
async def begin(house: House, access: RunWorkshop, canvas: Annotated[str, Form()] = "") -> Response:
    """One table writes alone, or all of them."""
    return await _set(house, access, canvas, silent=True)


@router.post("/workshops/{workshop_id}/silence/reveal")
async def reveal(house: House, access: RunWorkshop, canvas: Annotated[str, Form()] = "") -> Response:
    """Show what one table has written, or what all have."""
    return await _set(house, access, canvas, silent=False)


async def _set(house: House, access: RunWorkshop, canvas: str, *, silent: bool) -> Response:
    def each(session: Session) -> None:
        others = [
            table.canvas.id
            for table in tables(session, access.workshop_id)
            if table.canvas.is_silent is not silent
        ]
        chosen, act = [canvas] if canvas else others, hide_writing if silent else reveal_notes
        at_each_table(session, access.workshop_id, access.actor, chosen, act)

    await house.db.write(each)
    return RedirectResponse(f"{urls.desk(access.workshop_id)}#{dom_id('desk', 'silence')}", 303)
