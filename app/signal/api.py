"""Signals for programs: what a table says, and saying it."""

from fastapi import APIRouter, Depends
from sqlmodel import Session

from app.canvas.forms import request_of
from app.canvas.models import Canvas
from app.canvas.operations import Operation
from app.identity.deps import SeeCanvas, WriteCanvas, bearer
from app.parts import REFUSALS, House
from app.signal.actions import give_signal
from app.signal.forms import SignalIn, SignalsOut
from app.signal.queries import signals_at

router = APIRouter(
    prefix="/api/canvases/{canvas_id}/signals",
    tags=["signals"],
    dependencies=[Depends(bearer)],
    responses=REFUSALS,
)


@router.get("")
def read_signals(house: House, access: SeeCanvas) -> SignalsOut:
    """Who of this table is done with the present step, and whose hand is up, longest first."""
    with house.db.read() as session:
        return _signals(session, access.canvas_id)


@router.post("")
async def signal(house: House, access: WriteCanvas, sent: SignalIn) -> SignalsOut:
    """Say it, or take it back. Repeat with the same op_id until there is an answer."""
    press = sent.press()
    operation = Operation(access.canvas_id, "", sent.op_id, access.actor, request_of(sent))

    def give(session: Session) -> SignalsOut:
        give_signal(session, operation, press, sent.people, moderates=access.moderates)
        return _signals(session, access.canvas_id)

    return await house.db.write(give)


def _signals(session: Session, canvas_id: str) -> SignalsOut:
    canvas = session.get_one(Canvas, canvas_id)
    signals = signals_at(session, canvas)
    return SignalsOut(
        rev=canvas.signal_revision, step=signals.step, done=list(signals.done), hands=list(signals.hands)
    )
