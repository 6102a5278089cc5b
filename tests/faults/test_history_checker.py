"""The checker is checked: each rule on a small history by hand, then seeded bugs on a live fake server."""

import dataclasses
from collections.abc import Sequence

import pytest

from tests.faults.history.adapter import ProductAdapter
from tests.faults.history.checks import check
from tests.faults.history.fake_server import FakeServer
from tests.faults.history.fake_store import BUGS
from tests.faults.history.model import Event, Finals, Note, Op, Read, Snapshot
from tests.faults.history.run import Report, run
from tests.faults.history.world import NETWORK_FAULTS, Config

# What each seeded bug must be caught as; any one of them will do.
CAUGHT_AS = {
    "lost_update": {"lost_update", "lost_edit"},
    "dup_on_retry": {"duplicate", "applied_twice", "idempotency"},
    "ack_before_disk": {"rolled_back", "lost_add", "lost_edit", "rev_reused", "ack_not_in_log"},
    "missed_event": {"stream_gap"},
    "replay_off_by_one": {"stream_gap"},
    "feed_hole": {"stream_gap", "feed_differs"},
    "new_epoch": {"epoch_changed"},
    "needless_reset": {"needless_reset"},
    "resurrect": {"resurrected"},
    "lost_restore": {"lost_restore"},
    "cross_canvas": {"cross_canvas"},
    "wrong_place": {"wrong_place"},
    "phantom_move": {"duplicate"},
    "double_vote": {"vote"},
    "deaf_vote": {"vote"},
    "stale_cache": {"stale_read", "read_your_writes", "went_backwards"},
    "stale_region": {"screen_stale"},
    "swallow_error": {"lost_edit", "ack_not_in_log", "rev_reused"},
    "applied_but_500": {"refused_but_applied"},
}
# One bug for each way of noticing; the others run by night.
QUICK = {
    "dup_on_retry",
    "ack_before_disk",
    "missed_event",
    "feed_hole",
    "stale_region",
    "wrong_place",
    "double_vote",
}


def op(number: int, kind: str, note: str, rev: int | None, token: str | None = None, **more: object) -> Op:
    args = {"block": more.pop("block", "channels"), "before": more.pop("before", None)}
    made = Op(
        f"o{number}", "c0", "k", kind, note, args, token, number, number + 0.5, "ok", rev, note, attempts=1
    )
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def found(
    ops: Sequence[Op],
    end: Snapshot,
    log: list[Event] | None = None,
    reads: Sequence[Read] = (),
    **more: object,
) -> set[str]:
    finals = dataclasses.replace(Finals(end, log), **more)  # type: ignore[arg-type]
    return {violation.kind for violation in check(ops, reads, {"k": finals})}


def at(rev: int, *notes: Note) -> Snapshot:
    return Snapshot(rev, {note.id: note for note in notes})


NOTE = Note("n1", "channels", "<<c0.1>>", 1.0, 1)
ADD = op(1, "add", "n1", 1, "c0.1")
ADDED = Event("op", 1, "o1", "add", "n1", NOTE)


def test_a_good_history_is_not_blamed() -> None:
    assert found([ADD], at(1, NOTE), [ADDED]) == set()
    assert found([ADD, op(2, "delete", "n1", 2)], at(2)) == set()
    assert found([ADD, op(2, "delete", "n1", 2), op(3, "restore", "n1", 3)], at(3, NOTE)) == set()
    assert found([ADD, op(2, "delete", "n1", None, outcome="unknown")], at(2)) == set()


def test_a_missing_note_is_a_loss() -> None:
    assert found([ADD], at(1)) == {"lost_add"}
    assert found([ADD], at(0)) == {"lost_add", "rolled_back"}
    assert found([ADD, op(2, "delete", "n1", 2), op(3, "restore", "n1", 3)], at(3)) == {"lost_restore"}


def test_a_deleted_note_stays_deleted() -> None:
    assert found([ADD, op(2, "delete", "n1", 2)], at(2, NOTE)) == {"resurrected"}


def test_an_acknowledged_edit_is_in_the_note_or_in_a_copy_kept_beside_it() -> None:
    edit = op(2, "edit", "n1", 2, "c1.1", client="c1")
    copy = Note("n1b", "channels", "<<c1.1>>", conflict_of="n1")
    assert found([ADD, edit], at(2, NOTE)) == {"lost_edit"}
    assert found([ADD, edit], at(3, NOTE, copy)) == set()


def test_a_token_stands_once_and_only_where_it_was_written() -> None:
    assert found([ADD], at(2, NOTE, Note("n2", "channels", "<<c0.1>>"))) == {"duplicate"}
    assert found([ADD], at(1, NOTE, Note("n9", "channels", "<<zz.9>>"))) == {"phantom"}
    elsewhere = op(2, "add", "n9", 1, "zz.9", canvas="other")
    assert found([ADD, elsewhere], at(1, NOTE, Note("n9", "channels", "<<zz.9>>"))) == {"cross_canvas"}


def test_what_was_refused_must_not_be_there() -> None:
    refused = op(3, "edit", "n1", None, "c2.1", outcome="fail", client="c2")
    assert found([ADD, refused], at(2, dataclasses.replace(NOTE, text="<<c0.1>> <<c2.1>>"))) == {
        "refused_but_applied"
    }


def test_the_last_acknowledged_placement_holds() -> None:
    assert found([ADD, op(2, "move", "n1", 2, block="key_resources")], at(2, NOTE)) == {"move"}


def test_a_vote_is_as_it_was_last_acknowledged_and_counts_once() -> None:
    given = dataclasses.replace(op(2, "vote", "n1", 2, voter="p1"), args={"value": True}, changed=False)
    taken = dataclasses.replace(given, op_id="o3", rev=3, args={"value": False})
    counted = dataclasses.replace(NOTE, voters=("p1",))
    assert found([ADD, given], at(2, NOTE)) == {"vote"}
    assert found([ADD, given], at(2, counted)) == set()
    assert found([ADD, given, taken], at(3, counted)) == {"vote"}
    assert found([ADD, given, taken], at(3, NOTE)) == set()
    assert found([ADD, dataclasses.replace(given, outcome="unknown")], at(2, counted)) == set()
    assert found([ADD], at(2, dataclasses.replace(NOTE, voters=("p1", "p1")))) == {"vote"}
    assert found([ADD, given], at(2, counted), [ADDED]) == {"ack_not_in_log"}


def test_a_revision_is_given_once() -> None:
    second = Note("n2", "channels", "<<c0.2>>", 2.0, 1)
    assert found([ADD, op(2, "add", "n2", 1, "c0.2")], at(1, NOTE, second)) == {"rev_reused"}


def test_every_window_shows_the_same() -> None:
    assert found([ADD], at(1, NOTE), views={"c3": at(1)}) == {"diverged"}
    assert found([ADD], at(1, NOTE), views={"c3": at(0)}) == {"not_converged"}


def test_a_board_shows_the_notes_of_the_snapshot_and_the_newest_html() -> None:
    html = {"block-channels": '<li data-note="n1">'}
    assert found([ADD], at(1, NOTE), fresh_screen=html, screens={"s": dict(html)}) == set()
    assert found([ADD], at(1, NOTE), fresh_screen={}) == {"screen_wrong"}
    assert found([ADD], at(1, NOTE), fresh_screen=html, screens={"s": {}}) == {"screen_stale"}


def test_an_overwritten_edit_is_traced_to_its_revision() -> None:
    edits = [op(2, "edit", "n1", 2, "c1.1"), op(3, "edit", "n1", 3, "c2.1")]
    first = dataclasses.replace(NOTE, text="<<c0.1>> <<c1.1>>")
    second = dataclasses.replace(NOTE, text="<<c0.1>> <<c2.1>>")
    log = [ADDED, Event("op", 2, "o2", "edit", "n1", first), Event("op", 3, "o3", "edit", "n1", second)]
    assert found([ADD, *edits], at(3, second), log) == {"lost_update", "lost_edit"}


def test_the_log_has_no_hole_and_no_change_twice() -> None:
    again = dataclasses.replace(ADDED, rev=3)
    assert found([ADD], at(1, NOTE), [ADDED, again]) >= {"log_gap", "applied_twice"}
    assert found([ADD], at(1, NOTE), [ADDED], feed=[]) == {"feed_differs"}


def test_a_note_stands_before_the_one_it_was_put_before() -> None:
    second = Note("n2", "channels", "<<c0.2>>", 2.0, 1)
    put = op(2, "add", "n2", 2, "c0.2", before="n1")
    log = [ADDED, Event("op", 2, "o2", "add", "n2", second)]
    assert found([ADD, put], at(2, NOTE, second), log) == {"wrong_place"}
    first = dataclasses.replace(second, position=0.5)
    log = [ADDED, Event("op", 2, "o2", "add", "n2", first)]
    assert found([ADD, put], at(2, NOTE, first), log) == set()


def test_a_read_shows_what_was_acknowledged_before_it() -> None:
    read = Read("c0", "k", 5, 6, 0, "", must_see=1, own_ack=0)
    assert found([ADD], at(1, NOTE), reads=[read]) == {"stale_read"}
    assert found([ADD], at(1, NOTE), reads=[dataclasses.replace(read, own_ack=1)]) == {"read_your_writes"}
    newer = dataclasses.replace(read, invoked=1, done=2, rev=3)
    assert "went_backwards" in found([ADD], at(1, NOTE), reads=[newer, read])


def test_the_epoch_stays() -> None:
    read = Read("c0", "k", 5, 6, 1, "a", must_see=1, own_ack=0)
    other = dataclasses.replace(read, invoked=7, done=8, epoch="b")
    assert found([ADD], at(1, NOTE), reads=[read, other]) == {"epoch_changed"}


WRITING = {"add": 0.22, "edit": 0.35, "move": 0.18, "delete": 0.06, "restore": 0.05, "vote": 0.14}
VOTING = {"add": 0.2, "vote": 0.8}


async def on_fake(bugs: set[str], seed: int, plan: tuple[str, ...]) -> Report:
    server = FakeServer(bugs, seed)
    await server.start()
    config = Config(
        clients=12,
        screens=1,
        plan=plan,
        seed=seed,
        think=0.12,
        timeout=0.8,
        idle=2.0,
        backoff_max=0.6,
        drain=5,
        settle=0.2,
        fault_gap=(0.1, 0.3),
        fault_len=(0.2, 0.4),
        double_send=0.1,
        hot=3,
        mix=VOTING if bugs & {"double_vote", "deaf_vote"} else WRITING,
    )
    try:
        return await run(config, lambda url: ProductAdapter(url, "f"), "127.0.0.1", server.port, server.crash)
    finally:
        await server.stop()


@pytest.mark.parametrize(
    "bug", [bug if bug in QUICK else pytest.param(bug, marks=pytest.mark.nightly) for bug in BUGS]
)
async def test_a_seeded_bug_is_caught(bug: str) -> None:
    report = await on_fake({bug}, 3, ("lost_ack", "crash", "reset", "crash"))
    assert set(report.kinds()) & CAUGHT_AS[bug], str(report)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.nightly)])
async def test_a_correct_server_is_not_blamed(seed: int) -> None:
    report = await on_fake(set(), seed, (*NETWORK_FAULTS, "crash", "crash"))
    assert not report.violations, str(report)
    assert report.stats["ok"] > 50, str(report)
