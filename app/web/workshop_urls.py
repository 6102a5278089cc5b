"""The paths of workshops: the desk, the wall, the room, coming in."""

from app.web.paths import path_of


class WorkshopUrls:
    """Paths by name, of everything that belongs to an event. Pure string building."""

    def workshops(self) -> str:
        return "/workshops"

    def new_workshop(self) -> str:
        return "/workshops/new"

    def imports(self) -> str:
        return "/imports"

    def imports_into(self, workshop_id: str) -> str:
        return path_of("imports", "into", workshop_id)

    def waiting_import(self, receipt: str) -> str:
        return path_of("imports", "waiting", receipt)

    def desk(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id)

    def particulars(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "particulars")

    def desk_events(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "events")

    def silence(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "silence")

    def reveal(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "silence", "reveal")

    def hands(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "hands")

    def voting(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "voting")

    def voting_closing(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "voting", "closing")

    def voting_reopening(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "voting", "reopening")

    def joining(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "joining")

    def agenda(self, workshop_id: str, saved: int | None = None) -> str:
        return path_of("workshops", workshop_id, "agenda", saved=saved)

    def agenda_start(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "agenda", "start")

    def agenda_saving(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "agenda", "saving")

    def agenda_steps(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "agenda", "steps")

    def agenda_step(self, workshop_id: str, step_id: str, deed: str | None = None) -> str:
        """A step; with `deed` where it is placed, skipped or removed."""
        return path_of("workshops", workshop_id, "agenda", "steps", step_id, *([deed] if deed else []))

    def step(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "step")

    def timer(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "timer")

    def attention(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "attention")

    def locks(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "locks")

    def visit(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "visit")

    def rejoining(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "rejoining")

    def everything(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "everything.zip")

    def report(self, workshop_id: str, names: int | None = None, photographs: int | None = None) -> str:
        return path_of("workshops", workshop_id, "report", names=names, photographs=photographs)

    def report_pdf(self, workshop_id: str, names: int | None = None, photographs: int | None = None) -> str:
        """With the names of who wrote each note, or without photographs, where that is said."""
        return path_of("workshops", workshop_id, "report.pdf", names=names, photographs=photographs)

    def files(self, workshop_id: str, names: int | None = None) -> str:
        """The page of all downloads; with `names` 0 their files hold no names of people."""
        return path_of("workshops", workshop_id, "files", names=names)

    def workshop_file(self, workshop_id: str, file: str, names: int | None = None) -> str:
        """One of them: `workshop.xlsx`, `notes.csv`."""
        return path_of("workshops", workshop_id, "files", file, names=names)

    def booklet_pdf(self, workshop_id: str, names: int | None = None) -> str:
        return path_of("workshops", workshop_id, "booklet.pdf", names=names)

    def books(self, workshop_id: str) -> str:
        """Where somebody chooses what is in report and booklet."""
        return path_of("workshops", workshop_id, "books")

    def photographs(self, workshop_id: str, saved: int | None = None) -> str:
        return path_of("photographs", workshop_id, saved=saved)

    def photograph(self, workshop_id: str, photograph_id: str) -> str:
        return path_of("photographs", workshop_id, photograph_id)

    def photograph_picture(self, workshop_id: str, photograph_id: str) -> str:
        return path_of("photographs", workshop_id, photograph_id, "picture.jpg")

    def photograph_deletion(self, workshop_id: str, photograph_id: str) -> str:
        return path_of("photographs", workshop_id, photograph_id, "deletion")

    def book_run(self, workshop_id: str, kind: str, run_id: str, fetch: int | None = None) -> str:
        """How far a report or booklet is."""
        return path_of("workshops", workshop_id, "books", kind, run_id, fetch=fetch)

    def book_file(self, workshop_id: str, kind: str, run_id: str) -> str:
        return path_of("workshops", workshop_id, "books", kind, run_id, "file")

    def book_cancellation(self, workshop_id: str, kind: str, run_id: str) -> str:
        return path_of("workshops", workshop_id, "books", kind, run_id, "cancellation")

    def backups(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "backups")

    def scene(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "scene")

    def join_code_renewal(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "join-code")

    def projector_link_renewal(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "projector-link")

    def participant_removal(self, workshop_id: str, participant_id: str) -> str:
        return path_of("workshops", workshop_id, "participants", participant_id, "removal")

    def participant_restoration(self, workshop_id: str, participant_id: str) -> str:
        return path_of("workshops", workshop_id, "participants", participant_id, "restoration")

    def participant_link(self, workshop_id: str, participant_id: str) -> str:
        return path_of("workshops", workshop_id, "participants", participant_id, "link")

    def about_person(self, workshop_id: str, participant_id: str, saved: int | None = None) -> str:
        return path_of("workshops", workshop_id, "participants", participant_id, "about", saved=saved)

    def attendance(self, workshop_id: str, saved: int | None = None) -> str:
        return path_of("workshops", workshop_id, "attendance", saved=saved)

    def attendance_terms(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "attendance", "terms")

    def attendance_sheet(self, workshop_id: str, day: int, contacts: int | None = None) -> str:
        """A day's sheet to sign; with `contacts` 0, people write number and e-mail themselves."""
        return path_of("workshops", workshop_id, "attendance", "days", str(day), "sheet", contacts=contacts)

    def attendance_sheet_pdf(self, workshop_id: str, day: int, contacts: int | None = None) -> str:
        days = ("attendance", "days", str(day))
        return path_of("workshops", workshop_id, *days, "sheet.pdf", contacts=contacts)

    def attendance_person(self, workshop_id: str, person_id: str) -> str:
        return path_of("workshops", workshop_id, "attendance", "people", person_id)

    def attendance_copy(self, workshop_id: str, person_id: str) -> str:
        return path_of("workshops", workshop_id, "attendance", "people", person_id, "copy.txt")

    def attendance_erasure(self, workshop_id: str, person_id: str) -> str:
        return path_of("workshops", workshop_id, "attendance", "people", person_id, "erasure")

    def participant_notes_hiding(self, workshop_id: str, participant_id: str) -> str:
        return path_of("workshops", workshop_id, "participants", participant_id, "hidden-notes")

    def facilitators(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "facilitators")

    def facilitator_link(self, workshop_id: str, facilitator_id: str) -> str:
        return path_of("workshops", workshop_id, "facilitators", facilitator_id, "link")

    def facilitator_removal(self, workshop_id: str, facilitator_id: str) -> str:
        return path_of("workshops", workshop_id, "facilitators", facilitator_id, "removal")

    def invitation(self, token: str) -> str:
        return path_of("facilitator", token)

    def remotes(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "remotes")

    def remote_withdrawal(self, workshop_id: str, remote_id: str) -> str:
        return path_of("workshops", workshop_id, "remotes", remote_id, "withdrawal")

    def remote_link(self, token: str) -> str:
        return path_of("remote", token)

    def projector(self, token: str) -> str:
        return path_of("projector", token)

    def projector_events(self, token: str) -> str:
        return path_of("projector", token, "events")

    # Before the guests come

    def room(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "room")

    def room_now(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "room", "now")

    def room_wall(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "room", "wall")

    def room_address(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "room", "address")

    def wifi(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "wifi")

    def door_sheet(self, workshop_id: str) -> str:
        return path_of("workshops", workshop_id, "door")

    def phone_test(self, room_token: str) -> str:
        return path_of("room", room_token)

    # Coming in

    def join(self) -> str:
        return "/join"

    def join_workshop(self, join_token: str) -> str:
        return path_of("j", join_token)

    def join_qr(self, join_token: str, at: str | None = None) -> str:
        """The picture of the code; `at`: the address in it, so that another one is another picture."""
        return path_of("j", join_token, "qr.svg", at=at)

    def take_home(self, join_token: str) -> str:
        return path_of("j", join_token, "canvas")

    def take_home_of(self, join_token: str, group_number: int) -> str:
        """The canvas of a group, for a device that nobody knows."""
        return path_of("j", join_token, "canvas", str(group_number))

    def personal_link(self, token: str) -> str:
        return path_of("p", token)
