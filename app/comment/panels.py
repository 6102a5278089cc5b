"""Putting together what is said: about one place, and everywhere on a canvas."""

from collections.abc import Iterable
from itertools import groupby

from sqlmodel import Session, col, select

from app import errors
from app.canvas.definition import Definition
from app.canvas.history import names_of
from app.canvas.models import Canvas, Note
from app.canvas.queries import visible_notes
from app.comment.models import Comment
from app.comment.queries import QUIET, comments_at, comments_of, talk_on
from app.comment.views import CommentPlace, CommentReader, PanelView, Person, thread_views
from app.errors import N_
from app.workshop.models import Group, Participant
from app.workshop.names import group_name


def note_panel(
    session: Session, canvas_id: str, definition: Definition, note_id: str, reader: CommentReader
) -> PanelView:
    """What is said about a note. Raises Gone."""
    note = session.get(Note, (canvas_id, note_id))
    if note is None or not note.is_visible:
        raise errors.Gone("note_gone", N_("This note was deleted."))
    return _panel(session, _note_place(note, definition, reader.locale), reader)


def block_panel(
    session: Session, canvas_id: str, definition: Definition, block: str, reader: CommentReader
) -> PanelView:
    """What is said about a block as a whole. Raises NotFound."""
    if not definition.has_place(block):
        raise errors.NotFound("unknown_block", N_("This canvas has no such block."))
    return _panel(session, _block_place(canvas_id, block, definition, reader.locale), reader)


def panel_around(
    session: Session, canvas_id: str, definition: Definition, comment_id: str, reader: CommentReader
) -> PanelView:
    """The panel in which a comment stands. Raises Gone."""
    comment = session.get(Comment, (canvas_id, comment_id))
    if comment is None:
        raise errors.Gone("comment_gone", N_("This comment is not there any more."))
    if comment.note_id:
        return note_panel(session, canvas_id, definition, comment.note_id, reader)
    return block_panel(session, canvas_id, definition, comment.block or "", reader)


def panels_of(
    session: Session, canvas_id: str, definition: Definition, reader: CommentReader, *, every: bool
) -> tuple[PanelView, ...]:
    """Where something is open, or with `every` anything is said, in filling order; for each place its threads
    that are open, or all.
    """
    notes = {note.id: note for note in visible_notes(session, canvas_id)}
    comments = comments_of(session, canvas_id)
    names = _names(session, comments, reader.locale)
    guests = _guests(session, canvas_id, comments, reader.locale)
    talk = talk_on(session, canvas_id)
    keys = [*(place.key for place in definition.places), definition.plan.key]

    def place_of(comment: Comment) -> CommentPlace:
        if comment.note_id:
            return _note_place(notes[comment.note_id], definition, reader.locale)
        return _block_place(canvas_id, comment.block or "", definition, reader.locale)

    def order(comment: Comment) -> tuple[int, float, str]:
        note = notes.get(comment.note_id or "")
        block = note.block if note else comment.block or ""
        return keys.index(block), note.position if note else -1.0, comment.note_id or ""

    panels = []
    for _, group in groupby(sorted(comments, key=order), key=order):
        said = list(group)
        place = place_of(said[0])
        threads = thread_views(said, reader, names, guests)
        if shown := tuple(each for each in threads if every or each.is_open):
            panels.append(PanelView(place, talk.get(place.key, QUIET), shown))
    return tuple(panels)


def _panel(session: Session, place: CommentPlace, reader: CommentReader) -> PanelView:
    block = None if place.note_id else place.block
    comments = comments_at(session, place.canvas_id, place.note_id or None, block)
    names = _names(session, comments, reader.locale)
    guests = _guests(session, place.canvas_id, comments, reader.locale)
    threads = thread_views(comments, reader, names, guests)
    return PanelView(place, talk_on(session, place.canvas_id).get(place.key, QUIET), threads)


def _names(session: Session, comments: Iterable[Comment], locale: str) -> dict[Person, str]:
    resolvers = (
        (each.resolved_by_kind or "", each.resolved_by_id) for each in comments if each.resolved_by_id
    )
    return names_of(session, resolvers, locale)


def _guests(session: Session, canvas_id: str, comments: Iterable[Comment], locale: str) -> dict[Person, str]:
    """Which other group each guest among the authors is of."""
    authors = {each.author_id for each in comments if each.author_kind == "participant"}
    home = select(Canvas.group_id).where(Canvas.id == canvas_id).scalar_subquery()
    rows = session.exec(
        select(Participant.id, Group)
        .join(Group, col(Group.id) == Participant.group_id)
        .where(col(Participant.id).in_(authors), Participant.group_id != home)
    )
    return {("participant", person): group_name(group, locale) for person, group in rows}


def _note_place(note: Note, definition: Definition, locale: str) -> CommentPlace:
    return CommentPlace(
        note.canvas_id, note.block, definition.place(note.block).name.of(locale), note.id, note.text
    )


def _block_place(canvas_id: str, block: str, definition: Definition, locale: str) -> CommentPlace:
    return CommentPlace(canvas_id, block, definition.place(block).name.of(locale))
