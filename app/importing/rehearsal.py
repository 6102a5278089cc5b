"""A dry run: the import itself, into an empty database in memory. What that refuses, the real one refuses."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import create_engine, func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, SQLModel, col, select

from app import schema as _all_tables  # noqa: F401
from app.canvas.models import Note
from app.canvas.voting_models import VotingRound
from app.comment.models import Comment
from app.errors import N_, Invalid
from app.export.archive_entries import Archive, GroupEntry, NoteEntry
from app.importing.additions import Additions
from app.importing.archives import import_workshop
from app.photograph.models import Photograph
from app.workshop.models import AgendaStep, Participant
from app.workshop.queries import Table, tables

_HERE = col(Note.deleted_at).is_(None) & col(Note.hidden_at).is_(None)


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that will be there; its number is its name where it has none."""

    number: int
    name: str
    partnership: str
    notes: int
    people: int


@dataclass(frozen=True, slots=True)
class NewWorkshop:
    """What will be there, in counts. `put_away`: notes that were hidden or deleted, and will be."""

    title: str
    held_on: date
    place: str
    groups: tuple[NewGroup, ...]
    notes: int
    put_away: int
    people: int
    comments: int
    votes: int
    steps: int
    photographs: int


def rehearse(archive: Archive) -> NewWorkshop:
    """What importing this archive makes. Raises Refused as the import would."""
    engine = create_engine("sqlite://")
    try:
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            workshop = import_workshop(session, archive, "nobody")
            groups = tuple(_group(session, table) for table in tables(session, workshop.id))
            return NewWorkshop(
                title=workshop.title,
                held_on=workshop.held_on,
                place=workshop.place,
                groups=groups,
                notes=sum(group.notes for group in groups),
                put_away=_count(session, Note, ~_HERE),
                people=sum(group.people for group in groups),
                comments=_count(session, Comment),
                votes=_count(session, VotingRound),
                steps=_count(session, AgendaStep),
                photographs=_count(session, Photograph),
            )
    except (SQLAlchemyError, OverflowError, ValueError) as error:
        # A moment before the first year, a number that no column holds.
        raise Invalid("archive_invalid", N_("This is not a file of Kanvas Mitra.")) from error
    finally:
        engine.dispose()


def rehearse_additions(additions: Additions) -> tuple[NewGroup, ...]:
    """The groups that will be new; the notes for canvases that stand there are tried out as well.

    Raises Refused.
    """
    for placed in additions.notes:
        rehearse(_of([GroupEntry(name="", notes=_keyed(placed.notes))]))
    return rehearse(_of(additions.groups)).groups if additions.groups else ()


def _of(groups: list[GroupEntry]) -> Archive:
    return Archive(title="x", held_on=date(2000, 1, 1), groups=groups)


def _keyed(notes: list[NoteEntry]) -> list[NoteEntry]:
    return [note.model_copy(update={"key": f"n{number}"}) for number, note in enumerate(notes)]


def _group(session: Session, table: Table) -> NewGroup:
    return NewGroup(
        number=table.group.number,
        name=table.group.name,
        partnership=table.partnership.title if table.partnership else "",
        notes=_count(session, Note, _HERE, Note.canvas_id == table.canvas.id),
        people=_count(
            session,
            Participant,
            Participant.group_id == table.group.id,
            col(Participant.removed_at).is_(None),
        ),
    )


def _count(session: Session, what: type[SQLModel], *where: object) -> int:
    return session.exec(select(func.count()).select_from(what).where(*where)).one()  # type: ignore[arg-type]
