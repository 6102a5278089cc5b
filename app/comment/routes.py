"""Talking about a canvas: panels of notes and blocks, the page of what is open, and the forms in them."""

from collections.abc import Callable
from typing import Annotated, Concatenate

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlmodel import Session

from app import errors
from app.canvas import catalog
from app.canvas.definition import Definition
from app.canvas.drawing import canvas_view
from app.canvas.forms import OperationForm, request_of
from app.canvas.operations import Operation
from app.canvas.queries import known_facts
from app.comment.actions import Place, Remarked, add_comment, add_reply, change_comment
from app.comment.deeds import check_deed
from app.comment.forms import CommentAnswer, CommentForm, DeedForm, ReplyForm, comment_out
from app.comment.panels import block_panel, note_panel, panel_around, panels_of
from app.comment.views import CommentReader, PanelView
from app.identity.deps import CanvasAccess, SeeCanvas, TalkCanvas
from app.ids import new_uuid
from app.parts import House, Parts
from app.web.forms import field_errors
from app.web.i18n import locale_of
from app.web.rendering import is_htmx, wants_json
from app.web.urls import dom_id, urls
from app.workshop.names import group_name
from app.workshop.queries import tables

router = APIRouter(include_in_schema=False)
# What somebody can mend in the form comes back with what was typed; other refusals have pages of their own.
_MENDABLE = frozenset({"text_empty", "comment_too_long", "comment_kind_missing", "text_not_valid"})
Show = Callable[[Session, Definition, CommentReader], PanelView]


@router.get("/canvases/{canvas_id}/comments")
def comments(request: Request, house: House, access: SeeCanvas, every: bool = False) -> Response:
    """What is open on this canvas, with its places; with `every` also what is settled."""
    reader = _reader(request, access)
    with house.db.read() as session:
        facts = known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        panels = panels_of(session, access.canvas_id, definition, reader, every=every)
        others = tables(session, access.place.workshop_id) if access.moderates else ()
    return house.renderer.page(
        request,
        "comment/list.html",
        canvas=canvas_view(facts, definition, reader.locale, (), {}),
        panels=panels,
        every=every,
        neighbours=[(table.canvas.id, group_name(table.group, reader.locale)) for table in others],
        moderates=access.moderates,
        op_id=new_uuid,
    )


@router.get("/canvases/{canvas_id}/notes/{note_id}/comments")
def on_note(request: Request, house: House, access: SeeCanvas, note_id: str) -> Response:
    """What is said about a note."""
    return _page(request, house, access, _of_note(access, note_id))


@router.get("/canvases/{canvas_id}/blocks/{block}/comments")
def on_block(request: Request, house: House, access: SeeCanvas, block: str) -> Response:
    """What is said about a block as a whole."""
    return _page(request, house, access, _of_block(access, block))


@router.get("/canvases/{canvas_id}/comments/{comment_id}/replies")
def replies(request: Request, house: House, access: SeeCanvas, comment_id: str) -> Response:
    """The panel of a comment, ready to answer it."""
    return _page(request, house, access, _around(access, comment_id), reply_to=comment_id)


@router.post("/canvases/{canvas_id}/notes/{note_id}/comments")
async def comment_on_note(
    request: Request, house: House, access: TalkCanvas, note_id: str, form: Annotated[CommentForm, Form()]
) -> Response:
    """A comment on a note."""

    def act(session: Session, op: Operation) -> Remarked:
        return add_comment(session, op, Place(note_id=note_id), form.kind, form.text)

    return await _say(request, house, access, form, act, _of_note(access, note_id))


@router.post("/canvases/{canvas_id}/blocks/{block}/comments")
async def comment_on_block(
    request: Request, house: House, access: TalkCanvas, block: str, form: Annotated[CommentForm, Form()]
) -> Response:
    """A comment on a block as a whole."""

    def act(session: Session, op: Operation) -> Remarked:
        return add_comment(session, op, Place(block=block), form.kind, form.text)

    return await _say(request, house, access, form, act, _of_block(access, block))


@router.post("/canvases/{canvas_id}/comments/{comment_id}/replies")
async def reply(
    request: Request, house: House, access: TalkCanvas, comment_id: str, form: Annotated[ReplyForm, Form()]
) -> Response:
    """An answer to a comment."""

    def act(session: Session, op: Operation) -> Remarked:
        return add_reply(session, op, comment_id, form.text)

    return await _say(request, house, access, form, act, _around(access, comment_id), reply_to=comment_id)


@router.post("/canvases/{canvas_id}/comments/{comment_id}")
async def change(
    request: Request, house: House, access: TalkCanvas, comment_id: str, form: Annotated[DeedForm, Form()]
) -> Response:
    """Settle a comment, take it back, hide it, or the reverse."""
    check_deed(form.deed, can_write=access.can_write, moderates=access.moderates)
    remarked = await house.db.write(change_comment, _operation(access, form), comment_id, form.deed)
    if form.listed and not wants_json(request):
        return RedirectResponse(urls.comments(access.canvas_id), 303)
    return _answer(request, remarked)


async def _say(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    form: CommentForm | ReplyForm,
    act: Callable[Concatenate[Session, Operation, ...], Remarked],
    show: Show,
    reply_to: str = "",
) -> Response:
    """Write it durably, then answer a script with JSON and a browser with the panel."""
    try:
        remarked = await house.db.write(act, _operation(access, form))
    except errors.Refused as error:
        if error.code not in _MENDABLE or wants_json(request):
            raise
        return _page(request, house, access, show, reply_to=reply_to, form=form, error=error)
    return _answer(request, remarked)


def _operation(access: CanvasAccess, form: OperationForm) -> Operation:
    return Operation(access.canvas_id, "", form.op_id, access.actor, request_of(form))


def _answer(request: Request, remarked: Remarked) -> Response:
    comment = remarked.comment
    if wants_json(request):
        answer = CommentAnswer(rev=remarked.revision, comment=comment_out(comment))
        return JSONResponse(answer.model_dump(mode="json"))
    if comment.note_id:
        page = urls.note_comments(comment.canvas_id, comment.note_id)
    else:
        page = urls.block_comments(comment.canvas_id, comment.block or "")
    return RedirectResponse(f"{page}#{dom_id('comment', comment.id)}", 303)


def _page(
    request: Request,
    house: Parts,
    access: CanvasAccess,
    show: Show,
    *,
    reply_to: str = "",
    form: CommentForm | ReplyForm | None = None,
    error: errors.Refused | None = None,
) -> Response:
    """A panel, as a fragment or a page; with what was typed and why it was not taken."""
    reader = _reader(request, access)
    with house.db.read() as session:
        facts = known_facts(session, access.canvas_id)
        definition = catalog.definition(facts.canvas.definition_key)
        panel = show(session, definition, reader)
    return house.renderer.page(
        request,
        "comment/_panel.html" if is_htmx(request) else "comment/panel.html",
        error.status if error else 200,
        panel=panel,
        answered=next((each for each in panel.threads if each.id == reply_to), None),
        kind=form.kind if isinstance(form, CommentForm) else "",
        typed=form.text if form else "",
        error=field_errors(request, error, {}, "text")["text"] if error else "",
        moderates=access.moderates,
        op_id=new_uuid,
    )


def _reader(request: Request, access: CanvasAccess) -> CommentReader:
    person = access.actor.kind, access.actor.id
    return CommentReader(locale_of(request), person, access.moderates, access.can_write)


def _of_note(access: CanvasAccess, note_id: str) -> Show:
    return lambda session, definition, reader: note_panel(
        session, access.canvas_id, definition, note_id, reader
    )


def _of_block(access: CanvasAccess, block: str) -> Show:
    return lambda session, definition, reader: block_panel(
        session, access.canvas_id, definition, block, reader
    )


def _around(access: CanvasAccess, comment_id: str) -> Show:
    return lambda session, definition, reader: panel_around(
        session, access.canvas_id, definition, comment_id, reader
    )
