"""What browsers and programs send to signal something, and what programs are told."""

from pydantic import BaseModel, Field

from app import errors
from app.canvas.forms import OperationForm, VisibilityForm
from app.errors import N_
from app.signal.actions import Press
from app.signal.models import MAX_STEP, SignalKind

MAX_PEOPLE = 40


class SignalForm(VisibilityForm):
    """One press. It sets a state, so a browser need not name the operation.

    `step` as the page has it; `people`: ids of those without a device it is for, with spaces between.
    """

    step: str = Field(default="", max_length=MAX_STEP)
    people: str = Field(default="", max_length=MAX_PEOPLE * 40)
    done: bool | None = None
    hand: bool | None = None

    def press(self) -> Press:
        """What is said. Raises Invalid."""
        return _press(self.done, self.hand, self.step or None)


class SignalIn(OperationForm):
    """Done with the present step (or with `step`), or a hand; for others without a device: `people`."""

    done: bool | None = None
    hand: bool | None = None
    step: str | None = Field(default=None, max_length=MAX_STEP)
    people: list[str] = Field(default_factory=list, max_length=MAX_PEOPLE)

    def press(self) -> Press:
        """What is said. Raises Invalid."""
        return _press(self.done, self.hand, self.step)


class SignalsOut(BaseModel):
    """What the people of a table say, by their ids; `step` is empty while nobody can be done."""

    rev: int
    step: str
    done: list[str]
    hands: list[str]


def _press(done: bool | None, hand: bool | None, step: str | None) -> Press:
    if (done is None) == (hand is None):
        raise errors.Invalid("signal_unclear", N_("Say one thing at a time: done, or a hand."))
    if done is not None:
        return Press(SignalKind.DONE, done, step)
    return Press(SignalKind.HAND, bool(hand))
