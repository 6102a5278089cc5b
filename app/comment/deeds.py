"""What can be done to a comment that stands: it is settled, taken back or hidden, or the reverse."""

from collections.abc import Callable
from typing import Literal

from app import errors
from app.canvas.operations import Actor
from app.clock import now
from app.comment.models import Comment
from app.errors import N_

# What can be done to a comment. Pairs, and each sets a state.
Deed = Literal["resolve", "reopen", "withdraw", "restore", "hide", "show"]
MODERATING: frozenset[Deed] = frozenset({"hide", "show"})
# What a guest of another group may do: whether something is settled is for the table to say.
OWN: frozenset[Deed] = frozenset({"withdraw", "restore"})


def check_deed(deed: Deed, *, can_write: bool, moderates: bool) -> None:
    """Refuse what is a facilitator's to do, or the table's. Raises Forbidden."""
    if deed in MODERATING and not moderates:
        raise errors.Forbidden("not_a_facilitator", N_("Only a facilitator may do this."))
    if deed not in OWN and not can_write:
        raise errors.Forbidden("not_your_canvas", N_("This canvas belongs to another group."))


def gone() -> errors.Gone:
    """What to say of a comment that one does not see."""
    return errors.Gone("comment_gone", N_("This comment is not there any more."))


def _resolve(comment: Comment, actor: Actor) -> None:
    _check_open_question(comment)
    if comment.resolved_at is None:
        comment.resolved_at = now()
        comment.resolved_by_kind, comment.resolved_by_id = actor.kind, actor.id


def _reopen(comment: Comment, _actor: Actor) -> None:
    _check_open_question(comment)
    comment.resolved_at = comment.resolved_by_kind = comment.resolved_by_id = None


def _check_open_question(comment: Comment) -> None:
    if not comment.is_visible:
        raise gone()
    if not comment.asks:
        raise errors.Invalid("nothing_to_resolve", N_("There is nothing to settle about this comment."))


def _withdraw(comment: Comment, actor: Actor) -> None:
    _check_author(comment, actor)
    comment.withdrawn_at = comment.withdrawn_at or now()


def _restore(comment: Comment, actor: Actor) -> None:
    _check_author(comment, actor)
    comment.withdrawn_at = None


def _check_author(comment: Comment, actor: Actor) -> None:
    if (comment.author_kind, comment.author_id) != (actor.kind, actor.id):
        raise errors.Forbidden("not_your_comment", N_("Only whoever wrote a comment can take it back."))


def _hide(comment: Comment, _actor: Actor) -> None:
    comment.hidden_at = comment.hidden_at or now()


def _show(comment: Comment, _actor: Actor) -> None:
    comment.hidden_at = None


DEEDS: dict[Deed, Callable[[Comment, Actor], None]] = {
    "resolve": _resolve,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "restore": _restore,
    "hide": _hide,
    "show": _show,
}
