import inspect
import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.web.urls import Urls, dom_id, urls

PATHS = [
    (urls.home(), "/"),
    (urls.setup("t"), "/setup/t"),
    (urls.sign_in(), "/sign-in"),
    (urls.sign_out(), "/sign-out"),
    (urls.language(), "/language"),
    (urls.contrast(), "/contrast"),
    (urls.workshops(), "/workshops"),
    (urls.new_workshop(), "/workshops/new"),
    (urls.imports(), "/imports"),
    (urls.imports_into("w"), "/imports/into/w"),
    (urls.waiting_import("r"), "/imports/waiting/r"),
    (urls.desk("w"), "/workshops/w"),
    (urls.particulars("w"), "/workshops/w/particulars"),
    (urls.desk_events("w"), "/workshops/w/events"),
    (urls.joining("w"), "/workshops/w/joining"),
    (urls.scene("w"), "/workshops/w/scene"),
    (urls.agenda("w"), "/workshops/w/agenda"),
    (urls.agenda_start("w"), "/workshops/w/agenda/start"),
    (urls.agenda_saving("w"), "/workshops/w/agenda/saving"),
    (urls.agenda_steps("w"), "/workshops/w/agenda/steps"),
    (urls.agenda_step("w", "s"), "/workshops/w/agenda/steps/s"),
    (urls.step("w"), "/workshops/w/step"),
    (urls.timer("w"), "/workshops/w/timer"),
    (urls.rejoining("w"), "/workshops/w/rejoining"),
    (urls.attention("w"), "/workshops/w/attention"),
    (urls.locks("w"), "/workshops/w/locks"),
    (urls.visit("w"), "/workshops/w/visit"),
    (urls.everything("w"), "/workshops/w/everything.zip"),
    (urls.report("w"), "/workshops/w/report"),
    (urls.report_pdf("w"), "/workshops/w/report.pdf"),
    (urls.files("w"), "/workshops/w/files"),
    (urls.workshop_file("w", "notes.csv", names=0), "/workshops/w/files/notes.csv?names=0"),
    (urls.canvas_file("c", "canvas.json"), "/canvases/c/files/canvas.json"),
    (urls.booklet_pdf("w"), "/workshops/w/booklet.pdf"),
    (urls.report_pdf("w", names=1, photographs=0), "/workshops/w/report.pdf?names=1&photographs=0"),
    (urls.books("w"), "/workshops/w/books"),
    (urls.photographs("w"), "/photographs/w"),
    (urls.photograph("w", "p"), "/photographs/w/p"),
    (urls.photograph_picture("w", "p"), "/photographs/w/p/picture.jpg"),
    (urls.photograph_deletion("w", "p"), "/photographs/w/p/deletion"),
    (urls.book_run("w", "report", "r"), "/workshops/w/books/report/r"),
    (urls.book_file("w", "report", "r"), "/workshops/w/books/report/r/file"),
    (urls.book_cancellation("w", "report", "r"), "/workshops/w/books/report/r/cancellation"),
    (urls.backups("w"), "/workshops/w/backups"),
    (urls.join_code_renewal("w"), "/workshops/w/join-code"),
    (urls.projector_link_renewal("w"), "/workshops/w/projector-link"),
    (urls.participant_removal("w", "p"), "/workshops/w/participants/p/removal"),
    (urls.participant_restoration("w", "p"), "/workshops/w/participants/p/restoration"),
    (urls.participant_link("w", "p"), "/workshops/w/participants/p/link"),
    (urls.participant_notes_hiding("w", "p"), "/workshops/w/participants/p/hidden-notes"),
    (urls.take_home("t"), "/j/t/canvas"),
    (urls.take_home_of("t", 2), "/j/t/canvas/2"),
    (urls.facilitators("w"), "/workshops/w/facilitators"),
    (urls.facilitator_link("w", "f"), "/workshops/w/facilitators/f/link"),
    (urls.facilitator_removal("w", "f"), "/workshops/w/facilitators/f/removal"),
    (urls.invitation("t"), "/facilitator/t"),
    (urls.recovery_code(), "/recovery-code"),
    (urls.recovery(), "/sign-in/recovery"),
    (urls.password(), "/password"),
    (urls.remotes("w"), "/workshops/w/remotes"),
    (urls.remote_withdrawal("w", "r"), "/workshops/w/remotes/r/withdrawal"),
    (urls.remote_link("t"), "/remote/t"),
    (urls.projector("t"), "/projector/t"),
    (urls.projector_events("t"), "/projector/t/events"),
    (urls.join(), "/join"),
    (urls.join_workshop("t"), "/j/t"),
    (urls.room("w"), "/workshops/w/room"),
    (urls.room_now("w"), "/workshops/w/room/now"),
    (urls.room_wall("w"), "/workshops/w/room/wall"),
    (urls.room_address("w"), "/workshops/w/room/address"),
    (urls.wifi("w"), "/workshops/w/wifi"),
    (urls.door_sheet("w"), "/workshops/w/door"),
    (urls.phone_test("t"), "/room/t"),
    (urls.join_qr("t", "10.0.0.5:8000"), "/j/t/qr.svg?at=10.0.0.5%3A8000"),
    (urls.personal_link("t"), "/p/t"),
    (urls.canvas("c"), "/canvases/c"),
    (urls.canvas("c", "channels", 2), "/canvases/c?block=channels&question=2"),
    (urls.canvas("c", question=1), "/canvases/c?question=1"),
    (urls.canvas_events("c"), "/canvases/c/events"),
    (urls.canvas_print("c", "a3"), "/canvases/c/print?paper=a3"),
    (urls.canvas_papers("c"), "/canvases/c/papers"),
    (urls.canvas_pictures("c"), "/canvases/c/pictures"),
    (urls.canvas_picture("c", 2), "/canvases/c/files/canvas.png?page=2"),
    (urls.commitments("c"), "/canvases/c/commitments"),
    (urls.commitments_pdf("c"), "/canvases/c/commitments.pdf"),
    (urls.canvas_pdf("c", "a4"), "/canvases/c/canvas.pdf?paper=a4"),
    (urls.follow_up_plan("c", "n"), "/canvases/c/follow-up-plan?item=n"),
    (urls.plan_events("c"), "/canvases/c/follow-up-plan/events"),
    (urls.action_item("c", "n"), "/canvases/c/follow-up-plan/n"),
    (urls.canvas_checks("c"), "/canvases/c/checks"),
    (urls.canvas_checks("c", "links", voices=1), "/canvases/c/checks?voices=1#area-links"),
    (urls.dismissals("c"), "/canvases/c/checks/dismissals"),
    (urls.dismissal_withdrawal("c", "d"), "/canvases/c/checks/dismissals/d/withdrawal"),
    (urls.comments("c", every=1), "/canvases/c/comments?every=1"),
    (urls.note_comments("c", "n"), "/canvases/c/notes/n/comments"),
    (urls.block_comments("c", "channels"), "/canvases/c/blocks/channels/comments"),
    (urls.comment("c", "k"), "/canvases/c/comments/k"),
    (urls.comment_replies("c", "k"), "/canvases/c/comments/k/replies"),
    (urls.canvas_people("c"), "/canvases/c/people"),
    (urls.canvas_paper("c", "channels", "p"), "/canvases/c/paper?block=channels&author=p"),
    (urls.paper_withdrawal("c", "n"), "/canvases/c/paper/n/withdrawal"),
    (urls.notes("c"), "/canvases/c/notes"),
    (urls.note("c", "n"), "/canvases/c/notes/n"),
    (urls.note_placement("c", "n"), "/canvases/c/notes/n/placement"),
    (urls.note_deletion("c", "n"), "/canvases/c/notes/n/deletion"),
    (urls.note_restoration("c", "n"), "/canvases/c/notes/n/restoration"),
    (urls.note_hiding("c", "n"), "/canvases/c/notes/n/hiding"),
    (urls.note_showing("c", "n"), "/canvases/c/notes/n/showing"),
    (urls.canvas("c", "channels", turned=7), "/canvases/c?block=channels&turned=7"),
    (urls.canvas_undo("c"), "/canvases/c/undo"),
    (urls.canvas_redo("c"), "/canvases/c/redo"),
    (urls.canvas_clearing("c", "channels"), "/canvases/c/clearing?block=channels"),
    (urls.canvas_trash("c", 9), "/canvases/c/trash?before=9"),
    (urls.canvas_history("c", 9), "/canvases/c/history?before=9"),
    (urls.canvas_replay("c", 9), "/canvases/c/replay?rev=9"),
    (urls.canvas_versions("c"), "/canvases/c/versions"),
    (urls.canvas_reinstatement("c"), "/canvases/c/reinstatement"),
    (urls.canvas("c", view="list"), "/canvases/c?view=list"),
    (urls.block_example("c", "channels", "x"), "/canvases/c/examples/channels?example=x"),
    (urls.canvas_selection("c", "channels", "n"), "/canvases/c/selection?block=channels&notes=n"),
    (urls.notes_placement("c"), "/canvases/c/placement"),
    (urls.notes_deletion("c"), "/canvases/c/deletion"),
    (urls.clusters("c"), "/canvases/c/clusters"),
    (urls.cluster_naming("c"), "/canvases/c/clusters/naming"),
    (urls.voting("w"), "/workshops/w/voting"),
    (urls.voting_closing("w"), "/workshops/w/voting/closing"),
    (urls.silence("w"), "/workshops/w/silence"),
    (urls.reveal("w"), "/workshops/w/silence/reveal"),
    (urls.voting_reopening("w"), "/workshops/w/voting/reopening"),
    (urls.votes("c"), "/canvases/c/votes"),
    (urls.signals("c"), "/canvases/c/signals"),
    (urls.hands("w"), "/workshops/w/hands"),
    (urls.about_me("c", saved=1), "/canvases/c/about-me?saved=1"),
    (urls.about_person("w", "p"), "/workshops/w/participants/p/about"),
    (urls.own_attendance("c", saved=1), "/canvases/c/attendance?saved=1"),
    (urls.own_attendance_copy("c"), "/canvases/c/attendance/copy.txt"),
    (urls.own_attendance_erasure("c"), "/canvases/c/attendance/erasure"),
    (urls.attendance("w", saved=1), "/workshops/w/attendance?saved=1"),
    (urls.attendance_terms("w"), "/workshops/w/attendance/terms"),
    (urls.attendance_sheet("w", 2), "/workshops/w/attendance/days/2/sheet"),
    (urls.attendance_sheet_pdf("w", 1, 0), "/workshops/w/attendance/days/1/sheet.pdf?contacts=0"),
    (urls.attendance_person("w", "p"), "/workshops/w/attendance/people/p"),
    (urls.attendance_copy("w", "p"), "/workshops/w/attendance/people/p/copy.txt"),
    (urls.attendance_erasure("w", "p"), "/workshops/w/attendance/people/p/erasure"),
    (urls.ballot("c"), "/canvases/c/ballot"),
    (urls.own_notes("c"), "/canvases/c/own-notes"),
    (urls.canvas_results("c"), "/canvases/c/results"),
    (urls.host_votes("c"), "/canvases/c/host-votes"),
    (urls.canvas_css(), "/static-generated/canvas.css"),
    (urls.spoken_scripts("board", "id", "1a"), "/static-generated/board.id.js?v=1a"),
]


@pytest.mark.parametrize(("built", "path"), PATHS)
def test_paths_are_those_of_the_product(built: str, path: str) -> None:
    assert built == path


def test_no_path_is_forgotten_here() -> None:
    public = {name for name, _ in inspect.getmembers(Urls, inspect.isfunction) if not name.startswith("_")}
    assert len({urlsplit(path).path for _, path in PATHS}) == len(
        public - {"static", "static_version", "scripts", "styles"}
    )


@pytest.mark.parametrize("odd", ["a/b", "a?b", "a#b", "a b", "ä", "%2f", "\\", '"><script>', "😀"])
def test_odd_ids_stay_one_segment(odd: str) -> None:
    path = urls.note("c", odd)
    assert path.startswith("/canvases/c/notes/")
    assert path.count("/") == 4
    assert path.isascii()
    assert not set('?#"<> \\') & set(path)


def test_odd_query_values_stay_one_value() -> None:
    query = urlsplit(urls.canvas("c", "a&question=2#x")).query
    assert parse_qs(query) == {"block": ["a&question=2#x"]}


def test_an_element_id_names_kind_and_key() -> None:
    assert dom_id("block", "channels") == "block-channels"


def test_a_fingerprint_follows_the_content(tmp_path: Path) -> None:
    file = tmp_path / "css" / "app.css"
    file.parent.mkdir()
    file.write_text("a{}", "utf-8")
    own = Urls(tmp_path)
    first = own.static("css/app.css")
    assert first.startswith("/static/css/app.css?v=")
    assert own.static("css/app.css") == first
    file.write_text("b{}", "utf-8")
    os.utime(file, ns=(1, 1))
    assert own.static("css/app.css") != first


def test_a_missing_file_has_a_path_without_fingerprint(tmp_path: Path) -> None:
    assert Urls(tmp_path).static("css/none.css") == "/static/css/none.css"
