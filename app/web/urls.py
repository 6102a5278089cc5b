"""Every path of the product. Templates and code ask here and never put a path together themselves."""

import hashlib
from pathlib import Path
from urllib.parse import quote, urlencode

from app.resources import STATIC
from app.web.packs import pack, style_pack


def dom_id(kind: str, key: object) -> str:
    """The id of an element that live updates or scripts look for: `block-channels`."""
    return f"{kind}-{key}"


class Urls:
    """Paths by name. Pure string building, except that `static` reads the file it names once."""

    def __init__(self, static_dir: Path = STATIC) -> None:
        self._static_dir = static_dir
        self._versions: dict[str, tuple[int, str]] = {}

    def home(self) -> str:
        return "/"

    def setup(self, token: str) -> str:
        return _path("setup", token)

    def sign_in(self, back: str | None = None) -> str:
        return _path("sign-in", back=back)

    def sign_out(self) -> str:
        return "/sign-out"

    def language(self) -> str:
        return "/language"

    def contrast(self) -> str:
        return "/contrast"

    # The event

    def workshops(self) -> str:
        return "/workshops"

    def new_workshop(self) -> str:
        return "/workshops/new"

    def desk(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id)

    def particulars(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "particulars")

    def desk_events(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "events")

    def silence(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "silence")

    def reveal(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "silence", "reveal")

    def voting(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "voting")

    def voting_closing(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "voting", "closing")

    def voting_reopening(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "voting", "reopening")

    def joining(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "joining")

    def agenda(self, workshop_id: str, saved: int | None = None) -> str:
        return _path("workshops", workshop_id, "agenda", saved=saved)

    def agenda_start(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "agenda", "start")

    def agenda_saving(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "agenda", "saving")

    def agenda_steps(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "agenda", "steps")

    def agenda_step(self, workshop_id: str, step_id: str, deed: str | None = None) -> str:
        """A step; with `deed` where it is placed, skipped or removed."""
        return _path("workshops", workshop_id, "agenda", "steps", step_id, *([deed] if deed else []))

    def step(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "step")

    def timer(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "timer")

    def rejoining(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "rejoining")

    def everything(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "everything.zip")

    def backups(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "backups")

    def scene(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "scene")

    def join_code_renewal(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "join-code")

    def projector_link_renewal(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "projector-link")

    def participant_removal(self, workshop_id: str, participant_id: str) -> str:
        return _path("workshops", workshop_id, "participants", participant_id, "removal")

    def participant_restoration(self, workshop_id: str, participant_id: str) -> str:
        return _path("workshops", workshop_id, "participants", participant_id, "restoration")

    def participant_link(self, workshop_id: str, participant_id: str) -> str:
        return _path("workshops", workshop_id, "participants", participant_id, "link")

    def participant_notes_hiding(self, workshop_id: str, participant_id: str) -> str:
        return _path("workshops", workshop_id, "participants", participant_id, "hidden-notes")

    def projector(self, token: str) -> str:
        return _path("projector", token)

    def projector_events(self, token: str) -> str:
        return _path("projector", token, "events")

    # Before the guests come

    def room(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "room")

    def room_now(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "room", "now")

    def room_wall(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "room", "wall")

    def room_address(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "room", "address")

    def wifi(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "wifi")

    def door_sheet(self, workshop_id: str) -> str:
        return _path("workshops", workshop_id, "door")

    def phone_test(self, room_token: str) -> str:
        return _path("room", room_token)

    # Coming in

    def join(self) -> str:
        return "/join"

    def join_workshop(self, join_token: str) -> str:
        return _path("j", join_token)

    def join_qr(self, join_token: str, at: str | None = None) -> str:
        """The picture of the code; `at`: the address in it, so that another one is another picture."""
        return _path("j", join_token, "qr.svg", at=at)

    def personal_link(self, token: str) -> str:
        return _path("p", token)

    # The canvas

    def canvas_paper(self, canvas_id: str, block: str | None = None, author: str | None = None) -> str:
        return _path("canvases", canvas_id, "paper", block=block, author=author)

    def paper_withdrawal(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "paper", note_id, "withdrawal")

    def canvas_people(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "people")

    def canvas(
        self,
        canvas_id: str,
        block: str | None = None,
        question: int | None = None,
        deleted: str | None = None,
        turned: int | None = None,
        view: str | None = None,
    ) -> str:
        """The board. `view`: as one of `canvas.seeing.VIEWS`, now and from now on."""
        return _path(
            "canvases", canvas_id, block=block, question=question, deleted=deleted, turned=turned, view=view
        )

    def block_example(self, canvas_id: str, block: str, example: str | None = None) -> str:
        return _path("canvases", canvas_id, "examples", block, example=example)

    def canvas_events(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "events")

    def canvas_print(self, canvas_id: str, paper: str | None = None) -> str:
        return _path("canvases", canvas_id, "print", paper=paper)

    def canvas_pdf(self, canvas_id: str, paper: str | None = None) -> str:
        return _path("canvases", canvas_id, "canvas.pdf", paper=paper)

    def notes(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "notes")

    def note(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id)

    def note_placement(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id, "placement")

    def note_deletion(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id, "deletion")

    def note_restoration(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id, "restoration")

    def note_hiding(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id, "hiding")

    def note_showing(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id, "showing")

    def canvas_selection(self, canvas_id: str, block: str, notes: str | None = None) -> str:
        """Where several notes of a block are chosen; `notes`: the ids of those that are already."""
        return _path("canvases", canvas_id, "selection", block=block, notes=notes)

    def notes_placement(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "placement")

    def notes_deletion(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "deletion")

    def clusters(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "clusters")

    def cluster_naming(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "clusters", "naming")

    def canvas_undo(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "undo")

    def canvas_redo(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "redo")

    def canvas_clearing(self, canvas_id: str, block: str | None = None) -> str:
        return _path("canvases", canvas_id, "clearing", block=block)

    def canvas_trash(self, canvas_id: str, before: int | None = None) -> str:
        return _path("canvases", canvas_id, "trash", before=before)

    def canvas_history(self, canvas_id: str, before: int | None = None) -> str:
        return _path("canvases", canvas_id, "history", before=before)

    def canvas_replay(self, canvas_id: str, rev: int | None = None) -> str:
        return _path("canvases", canvas_id, "replay", rev=rev)

    def canvas_versions(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "versions")

    def canvas_checks(self, canvas_id: str, area: str | None = None, voices: int | None = None) -> str:
        """The page of the checks; at one of its areas when given."""
        path = _path("canvases", canvas_id, "checks", voices=voices)
        return f"{path}#{dom_id('area', area)}" if area else path

    def dismissals(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "checks", "dismissals")

    def dismissal_withdrawal(self, canvas_id: str, dismissal_id: str) -> str:
        return _path("canvases", canvas_id, "checks", "dismissals", dismissal_id, "withdrawal")

    def votes(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "votes")

    def own_notes(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "own-notes")

    def ballot(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "ballot")

    def canvas_results(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "results")

    def host_votes(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "host-votes")

    # Talking about it

    def comments(self, canvas_id: str, every: int | None = None) -> str:
        """What is open; with `every` also what is settled."""
        return _path("canvases", canvas_id, "comments", every=every)

    def note_comments(self, canvas_id: str, note_id: str) -> str:
        return _path("canvases", canvas_id, "notes", note_id, "comments")

    def block_comments(self, canvas_id: str, block: str) -> str:
        return _path("canvases", canvas_id, "blocks", block, "comments")

    def comment(self, canvas_id: str, comment_id: str) -> str:
        return _path("canvases", canvas_id, "comments", comment_id)

    def comment_replies(self, canvas_id: str, comment_id: str) -> str:
        return _path("canvases", canvas_id, "comments", comment_id, "replies")

    def canvas_reinstatement(self, canvas_id: str) -> str:
        return _path("canvases", canvas_id, "reinstatement")

    # Files

    def canvas_css(self) -> str:
        return "/static-generated/canvas.css"

    def static(self, path: str) -> str:
        """A packaged file, with a fingerprint of its content so that browsers may keep it for a year."""
        version = self.static_version(path)
        return _path("static", *path.split("/"), v=version)

    def scripts(self, name: str) -> str:
        """The scripts of one kind of page in one file (packs.PACKS)."""
        return _path("static-generated", f"{name}.js", v=pack(name).version)

    def styles(self, name: str) -> str:
        """The styles of one kind of page in one file (packs.STYLES)."""
        return _path("static-generated", f"{name}.css", v=style_pack(name).version)

    def static_version(self, path: str) -> str | None:
        """The fingerprint of a packaged file, taken anew when the file changes. None without a file."""
        file = self._static_dir / path
        try:
            changed = file.stat().st_mtime_ns
            known = self._versions.get(path)
            if known is None or known[0] != changed:
                known = self._versions[path] = changed, hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        except OSError:
            return None
        return known[1]


def _path(*segments: str, **query: object) -> str:
    path = "/" + "/".join(quote(segment, safe="") for segment in segments)
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


urls = Urls()
