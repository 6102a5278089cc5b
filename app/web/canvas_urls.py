"""The paths of canvases: the board, its notes, its past, its paper, what is said about it."""

from app.web.paths import dom_id, path_of


class CanvasUrls:
    """Paths by name, of everything on one canvas. Pure string building."""

    def canvas_paper(self, canvas_id: str, block: str | None = None, author: str | None = None) -> str:
        return path_of("canvases", canvas_id, "paper", block=block, author=author)

    def paper_withdrawal(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "paper", note_id, "withdrawal")

    def canvas_people(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "people")

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
        return path_of(
            "canvases", canvas_id, block=block, question=question, deleted=deleted, turned=turned, view=view
        )

    def block_example(self, canvas_id: str, block: str, example: str | None = None) -> str:
        return path_of("canvases", canvas_id, "examples", block, example=example)

    def canvas_events(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "events")

    def canvas_print(self, canvas_id: str, paper: str | None = None) -> str:
        return path_of("canvases", canvas_id, "print", paper=paper)

    def canvas_pdf(self, canvas_id: str, paper: str | None = None) -> str:
        return path_of("canvases", canvas_id, "canvas.pdf", paper=paper)

    def canvas_papers(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "papers")

    def canvas_file(self, canvas_id: str, file: str, names: int | None = None) -> str:
        """A canvas for other programs: `canvas.md`, `notes.csv`; with `names` 0 without names of people."""
        return path_of("canvases", canvas_id, "files", file, names=names)

    def canvas_pictures(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "pictures")

    def canvas_picture(self, canvas_id: str, page: int | None = None) -> str:
        return path_of("canvases", canvas_id, "files", "canvas.png", page=page)

    def follow_up_plan(
        self, canvas_id: str, item: str | None = None, deleted: str | None = None, turned: int | None = None
    ) -> str:
        return path_of("canvases", canvas_id, "follow-up-plan", item=item, deleted=deleted, turned=turned)

    def commitments(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "commitments")

    def commitments_pdf(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "commitments.pdf")

    def action_item(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "follow-up-plan", note_id)

    def plan_events(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "follow-up-plan", "events")

    def notes(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "notes")

    def note(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id)

    def note_placement(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id, "placement")

    def note_deletion(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id, "deletion")

    def note_restoration(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id, "restoration")

    def note_hiding(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id, "hiding")

    def note_showing(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id, "showing")

    def canvas_selection(self, canvas_id: str, block: str, notes: str | None = None) -> str:
        """Where several notes of a block are chosen; `notes`: the ids of those that are already."""
        return path_of("canvases", canvas_id, "selection", block=block, notes=notes)

    def notes_placement(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "placement")

    def notes_deletion(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "deletion")

    def clusters(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "clusters")

    def cluster_naming(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "clusters", "naming")

    def canvas_undo(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "undo")

    def canvas_redo(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "redo")

    def canvas_clearing(self, canvas_id: str, block: str | None = None) -> str:
        return path_of("canvases", canvas_id, "clearing", block=block)

    def canvas_trash(self, canvas_id: str, before: int | None = None) -> str:
        return path_of("canvases", canvas_id, "trash", before=before)

    def canvas_history(self, canvas_id: str, before: int | None = None) -> str:
        return path_of("canvases", canvas_id, "history", before=before)

    def canvas_replay(self, canvas_id: str, rev: int | None = None) -> str:
        return path_of("canvases", canvas_id, "replay", rev=rev)

    def canvas_versions(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "versions")

    def canvas_checks(self, canvas_id: str, area: str | None = None, voices: int | None = None) -> str:
        """The page of the checks; at one of its areas when given."""
        path = path_of("canvases", canvas_id, "checks", voices=voices)
        return f"{path}#{dom_id('area', area)}" if area else path

    def dismissals(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "checks", "dismissals")

    def dismissal_withdrawal(self, canvas_id: str, dismissal_id: str) -> str:
        return path_of("canvases", canvas_id, "checks", "dismissals", dismissal_id, "withdrawal")

    def votes(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "votes")

    def signals(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "signals")

    def about_me(self, canvas_id: str, saved: int | None = None) -> str:
        return path_of("canvases", canvas_id, "about-me", saved=saved)

    def own_attendance(self, canvas_id: str, saved: int | None = None) -> str:
        return path_of("canvases", canvas_id, "attendance", saved=saved)

    def own_attendance_copy(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "attendance", "copy.txt")

    def own_attendance_erasure(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "attendance", "erasure")

    def own_notes(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "own-notes")

    def ballot(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "ballot")

    def canvas_results(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "results")

    def host_votes(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "host-votes")

    # Talking about it

    def comments(self, canvas_id: str, every: int | None = None) -> str:
        """What is open; with `every` also what is settled."""
        return path_of("canvases", canvas_id, "comments", every=every)

    def note_comments(self, canvas_id: str, note_id: str) -> str:
        return path_of("canvases", canvas_id, "notes", note_id, "comments")

    def block_comments(self, canvas_id: str, block: str) -> str:
        return path_of("canvases", canvas_id, "blocks", block, "comments")

    def comment(self, canvas_id: str, comment_id: str) -> str:
        return path_of("canvases", canvas_id, "comments", comment_id)

    def comment_replies(self, canvas_id: str, comment_id: str) -> str:
        return path_of("canvases", canvas_id, "comments", comment_id, "replies")

    def canvas_reinstatement(self, canvas_id: str) -> str:
        return path_of("canvases", canvas_id, "reinstatement")
