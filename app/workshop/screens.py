"""What the desk and the wall show, put together. Frozen, free of viewer and request; never querying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.attendance.views import TableBalance
from app.canvas.follow_up import PlanView
from app.canvas.replay import Moment
from app.canvas.results import ResultView, RoundView, Turnout
from app.canvas.views import CanvasView, NoteView
from app.identity.recovery import RecoveryView
from app.ids import spell_code
from app.room.views import WifiView
from app.signal.views import RaisedHand, TableSignals, Tally
from app.workshop.at_step import StageView
from app.workshop.attention import AttentionView
from app.workshop.models import CANVAS_SCENES, STEP_SCENES, WALKED_SCENES, SceneKind, Workshop
from app.workshop.pages import pages, plan_pages, result_pages
from app.workshop.run_sheet import RunSheet
from app.workshop.views import FacilitatorView, GroupView, MemberView, RemoteView, WorkshopView
from app.workshop.walks import Walk, walk


@dataclass(frozen=True, slots=True)
class TableVote:
    """A vote at a table: of `people` there so many have voted. `result` once it is closed, never before."""

    round: RoundView
    turnout: Turnout
    people: int
    result: ResultView | None = None


@dataclass(frozen=True, slots=True)
class SceneView:
    """What the projector shows. Names of people are never in it.

    `step` is the one everybody is at, `written` how many notes there are in its blocks. Where it is a vote,
    `voted` says how many people have; where people work, `tally` says how many are done. `other` is a canvas
    beside the first one; `take_home` the picture of the code that leads phones to their own canvas.
    """

    kind: str
    workshop_title: str
    join_code: str
    join_url: str
    qr_url: str
    present: int
    expected: int | None
    groups: tuple[GroupView, ...]
    canvas: CanvasView | None
    focus: str | None
    moment: Moment | None = None
    vote: TableVote | None = None
    plan: PlanView | None = None
    wifi: WifiView | None = None
    page: int = 1
    page_count: int = 1
    step: StageView | None = None
    written: int = 0
    voted: int | None = None
    tally: Tally | None = None
    walk: Walk | None = None
    other: CanvasView | None = None
    take_home: str = ""


@dataclass(frozen=True, slots=True)
class DeskView:
    """Everything on the facilitator's desk. `reached_at`: when a phone tested the network, if one did.

    `signals`: what each table says, by its canvas. `balance` is for no other eyes than the host's.
    """

    workshop: WorkshopView
    groups: tuple[GroupView, ...]
    signals: Mapping[str, TableSignals]
    hands: tuple[RaisedHand, ...]
    balance: tuple[TableBalance, ...]
    votes: Mapping[str, TableVote]
    sheet: RunSheet
    present: int
    removed: tuple[MemberView, ...]
    hidden_notes: tuple[NoteView, ...]
    scene: SceneView
    projector_token: str
    co_facilitators: tuple[FacilitatorView, ...]
    remotes: tuple[RemoteView, ...]
    recoveries: tuple[RecoveryView, ...]
    attention: AttentionView
    reached_at: datetime | None = None


def scene_view(
    workshop: Workshop,
    join_url: str,
    qr_url: str,
    groups: Sequence[GroupView],
    present: int,
    canvas: CanvasView | None,
    moment: Moment | None = None,
    vote: TableVote | None = None,
    plan: PlanView | None = None,
    step: StageView | None = None,
    voted: int | None = None,
    other: CanvasView | None = None,
) -> SceneView:
    """The scene chosen for the wall. What is not there any more means the welcome page."""
    kind = workshop.scene.get("kind", SceneKind.WELCOME)
    needs_canvas = kind in CANVAS_SCENES
    is_there = canvas is not None and (kind != SceneKind.VOTES or vote is not None)
    is_lost = (needs_canvas and not is_there) or (kind in STEP_SCENES and step is None)
    scene = SceneView(
        kind=SceneKind.WELCOME if is_lost else kind,
        workshop_title=workshop.title,
        join_code=spell_code(workshop.join_code),
        join_url=join_url,
        qr_url=qr_url,
        present=present,
        expected=workshop.expected_participants,
        groups=tuple(replace(group, members=()) for group in groups),
        canvas=canvas if needs_canvas and is_there else None,
        focus=workshop.scene.get("block") if kind == SceneKind.BLOCK or kind in WALKED_SCENES else None,
        moment=moment,
        vote=vote,
        plan=plan,
        step=step,
        written=_written(groups, step),
        voted=voted,
        other=other,
    )
    if scene.canvas and kind in WALKED_SCENES:
        scene = replace(scene, walk=walk(groups, scene.canvas, scene.focus, other))
    return _on_page(scene, workshop.scene.get("page", 1))


def _written(groups: Sequence[GroupView], step: StageView | None) -> int:
    """How many notes there are: in the blocks that a step is about, or in all."""
    about = step.blocks if step else ()
    return sum(block.count for group in groups for block in group.blocks if not about or block.key in about)


def _on_page(scene: SceneView, page: int) -> SceneView:
    """With only what fits on this page or the last: of a block shown large, of a result, of a plan."""
    if scene.vote and scene.vote.result:
        parts = result_pages(scene.vote.result)
        page = min(page, len(parts))
        vote = replace(scene.vote, result=replace(scene.vote.result, notes=parts[page - 1]))
        return replace(scene, vote=vote, page=page, page_count=len(parts))
    if scene.plan:
        steps = plan_pages(scene.plan)
        page = min(page, len(steps))
        first = sum(len(each) for each in steps[: page - 1]) + 1
        plan = replace(scene.plan, items=steps[page - 1], first=first)
        return replace(scene, plan=plan, page=page, page_count=len(steps))
    if scene.canvas is None or scene.focus is None:
        return scene
    beside = scene.other is not None
    count = max(
        len(pages(each.block(scene.focus), beside=beside)) for each in (scene.canvas, scene.other) if each
    )
    page = min(page, count)
    return replace(
        scene,
        canvas=_paged(scene.canvas, scene.focus, page, beside=beside),
        other=_paged(scene.other, scene.focus, page, beside=True) if scene.other else None,
        page=page,
        page_count=count,
    )


def _paged(canvas: CanvasView, key: str, page: int, *, beside: bool) -> CanvasView:
    """With those notes of one block that stand on a page; one that has fewer pages stays at its last."""
    block = canvas.block(key)
    each = pages(block, beside=beside)
    shown = replace(block, notes=each[min(page, len(each)) - 1])
    return replace(canvas, blocks=tuple(shown if one is block else one for one in canvas.blocks))
