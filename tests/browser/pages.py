"""Every page the application answers with, and who comes there: what axe, thumbs and narrow screens visit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page as Tab

from tests.browser.devices import Devices
from tests.browser.house import Workshop, cookie_of
from tests.browser.voting import close_vote, open_vote
from tests.factories import Person, new_uuid
from tests.photograph.pictures import taken

# Answers to GET that nobody looks at as a page, by how their address ends. Of a workshop so long ago there is
# no sheet to sign any more.
NO_PAGES = re.compile(
    r"^/api/|^/(healthz|clock)$|^/static|/(events|backups|now|ballot|own-notes|[\w-]+\.pdf|picture\.jpg|canvas/{group_number}|copy\.txt|file|sheet|qr\.svg|everything\.zip)$|/files/"
)


@dataclass(frozen=True)
class Visit:
    """A page, its address as the route has it, and who looks: nobody, a participant or the facilitator."""

    route: str
    who: str = "participant"
    query: str = ""
    # Made for paper or for the wall: nobody taps there, and it is never 320 px wide.
    is_touched: bool = True

    def __str__(self) -> str:
        return f"{self.route}{self.query} {self.who}"


CANVAS = "/canvases/{canvas_id}"
VISITS = [
    Visit("/join", "nobody"),
    Visit("/j/{join}", "nobody"),
    Visit("/p/{personal}", "nobody"),
    Visit("/j/{join}/canvas"),
    Visit("/sign-in", "nobody"),
    Visit("/remote/{remote}", "nobody"),
    Visit("/facilitator/{invitation}", "nobody"),
    Visit("/password", "facilitator"),
    Visit("/recovery-code", "facilitator"),
    Visit("/sign-in/recovery", "nobody"),
    Visit("/workshops/{workshop_id}/facilitators", "facilitator"),
    Visit("/projector/{projector}", "nobody", is_touched=False),
    Visit("/", "facilitator"),
    Visit("/workshops/new", "facilitator"),
    Visit("/imports", "facilitator"),
    Visit("/imports/into/{workshop_id}", "facilitator"),
    Visit("/imports/waiting/{receipt}", "facilitator"),
    Visit("/workshops/{workshop_id}", "facilitator"),
    Visit("/workshops/{workshop_id}/particulars", "facilitator"),
    Visit("/workshops/{workshop_id}/files", "facilitator"),
    Visit("/workshops/{workshop_id}/report", "facilitator", is_touched=False),
    Visit("/workshops/{workshop_id}/books", "facilitator"),
    Visit("/photographs/{workshop_id}", "facilitator"),
    Visit("/workshops/{workshop_id}/books/{book}/{run_id}", "facilitator"),
    Visit("/workshops/{workshop_id}/attendance", "facilitator"),
    Visit("/workshops/{workshop_id}/attendance/people/{participant_id}", "facilitator"),
    Visit(f"{CANVAS}/attendance"),
    Visit(f"{CANVAS}/commitments", is_touched=False),
    Visit("/workshops/{workshop_id}/room", "facilitator"),
    Visit("/workshops/{workshop_id}/door", "facilitator"),
    Visit("/room/{room}", "nobody"),
    Visit("/workshops/{workshop_id}/agenda", "facilitator"),
    Visit(CANVAS, query="?block=channels"),
    Visit(CANVAS, query="?block=cost_structure&view=list"),
    Visit(CANVAS, query="?block=channels&view=block&only=inclusion"),
    Visit(CANVAS, query="?block=parking"),
    Visit(CANVAS, "facilitator", query="?block=channels"),
    Visit(f"{CANVAS}/notes/{{note_id}}"),
    Visit(f"{CANVAS}/people"),
    Visit(f"{CANVAS}/about-me"),
    Visit("/workshops/{workshop_id}/participants/{participant_id}/about", "facilitator"),
    Visit(f"{CANVAS}/paper", query="?block=channels"),
    Visit(f"{CANVAS}/follow-up-plan"),
    Visit(f"{CANVAS}/follow-up-plan", query="?item={step_id}"),
    Visit(f"{CANVAS}/checks"),
    Visit(f"{CANVAS}/clearing", query="?block=channels"),
    Visit(f"{CANVAS}/trash"),
    Visit(f"{CANVAS}/history"),
    Visit(f"{CANVAS}/replay"),
    Visit(f"{CANVAS}/versions"),
    Visit(f"{CANVAS}/examples/{{block}}"),
    Visit(f"{CANVAS}/selection", query="?block=channels"),
    Visit(f"{CANVAS}/comments"),
    Visit(f"{CANVAS}/notes/{{note_id}}/comments"),
    Visit(f"{CANVAS}/blocks/{{block}}/comments"),
    Visit(f"{CANVAS}/comments/{{comment_id}}/replies"),
    Visit(f"{CANVAS}/results"),
    Visit(f"{CANVAS}/host-votes", "facilitator"),
    Visit(f"{CANVAS}/print", query="?paper=a3", is_touched=False),
    Visit(f"{CANVAS}/papers"),
    Visit(f"{CANVAS}/pictures"),
]


@dataclass(frozen=True)
class Furnished:
    """A workshop in which every page has something to show."""

    workshop: Workshop
    person: Person
    names: Mapping[str, str]

    def path(self, visit: Visit) -> str:
        return (visit.route + visit.query).format(**self.names)

    def cookies(self, visit: Visit) -> dict[str, str]:
        if visit.who == "nobody":
            return {}
        return self.workshop.facilitator_cookie if visit.who == "facilitator" else cookie_of(self.person)

    def tab(self, devices: Devices, visit: Visit, *, phone: bool) -> Tab:
        return (devices.phone if phone else devices.laptop)(self.cookies(visit))


def furnish(workshop: Workshop) -> Furnished:
    """Notes, a deleted one, a cluster, comments, a question set aside, a version, a vote that is closed."""
    wulan = workshop.join("Wulan")
    note = wulan.add("Bursa kerja", segments=["1"], inclusion="1", evidence="assumption")["id"]
    others = [wulan.add(f"Ide {number}")["id"] for number in range(3)]
    wulan.add("Bahan praktik", "cost_structure", amount="36 jt", side="industry")
    wulan.post("clusters", notes=others[:2], block="channels", name="Media")
    wulan.post(f"notes/{others[2]}/deletion")
    said = wulan.post(f"notes/{note}/comments", kind="ask", text="Kapan?").json()["comment"]["id"]
    wulan.post(f"comments/{said}/replies", text="Besok")
    wulan.post("checks/dismissals", finding="K01:channels", preset="discussed")
    wulan.post("versions", name="Siang")
    step = new_uuid()
    wulan.post("follow-up-plan", note_id=step, text="Draf PKS", due_on="2024-12-12", centre_owner="Pak Budi")
    name_wifi(workshop)
    add_photograph(workshop)
    open_vote(workshop)
    close_vote(workshop)
    names = {
        "canvas_id": workshop.tables[0].canvas_id,
        "workshop_id": workshop.id,
        "note_id": note,
        "step_id": step,
        "comment_id": said,
        "participant_id": personal_link_path(workshop).split("/")[-2],
        "block": "channels",
        "book": "booklet",
        "run_id": "forgotten",
        "join": workshop.join_path.rsplit("/", 1)[1],
        "projector": workshop.projector_path.rsplit("/", 1)[1],
        "personal": personal_link(workshop),
        "room": phone_test(workshop),
        "remote": link_on_desk(workshop, "remotes", "remote"),
        "receipt": waiting_import(workshop),
        "invitation": link_on_desk(workshop, "facilitators", "facilitator"),
    }
    return Furnished(workshop, wulan, names)


def personal_link(workshop: Workshop) -> str:
    """The secret of a link by which somebody comes back on another phone."""
    http = workshop.house.facilitator
    answer = http.post(personal_link_path(workshop), follow_redirects=True).text
    link = re.search(r"/p/([\w-]+)", answer)
    assert link, "no personal link was given"
    return link[1]


def personal_link_path(workshop: Workshop) -> str:
    """Where the desk makes a personal link for whoever came in first."""
    desk = workshop.house.facilitator.get(workshop.desk_path).text
    found = re.search(r'"(/workshops/\w+/participants/\w+/link)"', desk)
    assert found, "the desk offers no personal link"
    return found[1]


def link_on_desk(workshop: Workshop, path: str, kind: str) -> str:
    """The secret of a link that the desk shows once: for a remote control, for a co-facilitator."""
    answer = workshop.house.facilitator.post(f"{workshop.desk_path}/{path}", data={"name": "Dewi"}).text
    link = re.search(rf"/{kind}/([\w-]+)", answer)
    assert link, f"no link was given at {path}"
    return link[1]


def waiting_import(workshop: Workshop) -> str:
    """The receipt for a pasted list that waits for a yes, with something to remark upon."""
    path = f"/imports/into/{workshop.id}"
    answer = workshop.house.facilitator.post(path, data={"people": "Sari;BLK Lebak;1\nBudi;;Meja 9"})
    return str(answer.headers["location"].rsplit("/", 1)[1])


def name_wifi(workshop: Workshop) -> None:
    """What everybody in the room may read."""
    form = {"wifi_name": "Lokakarya-BLK", "wifi_password": "serang;2026"}
    assert workshop.house.facilitator.post(f"{workshop.desk_path}/wifi", data=form).status_code == 303


def add_photograph(workshop: Workshop) -> None:
    """One for the report."""
    form = {"caption": "Pleno hari pertama", "agreed": "1"}
    files = {"files": ("foto.jpg", taken((640, 480)), "image/jpeg")}
    path = f"/photographs/{workshop.id}"
    assert workshop.house.facilitator.post(path, data=form, files=files).status_code == 303


def phone_test(workshop: Workshop) -> str:
    """The secret of the link by which a phone tests the way."""
    link = re.search(r"/room/([\w-]{20,})", workshop.house.facilitator.get(f"{workshop.desk_path}/room").text)
    assert link, "the room check offers no test"
    return link[1]
