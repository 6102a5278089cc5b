"""Further hands on a workshop: phones that are remote controls, and co-facilitators."""

import re

from fastapi.testclient import TestClient

from tests.factories import Room, fresh_browser


def offered(room: Room) -> str:
    """The path on the QR code that the desk shows for a remote."""
    page = room.on_desk("remotes")
    assert page.status_code == 200
    found = re.search(r"/remote/[\w-]+", page.text)
    assert found
    return found[0]


def paired(room: Room) -> TestClient:
    """A phone that has taken the desk's code."""
    phone = fresh_browser(room.facilitator)
    assert phone.post(offered(room)).headers["location"] == f"/workshops/{room.workshop_id}"
    return phone


def invitation(room: Room, name: str = "Dewi") -> str:
    """The path on the QR code that the lead shows a co-facilitator."""
    page = room.on_desk("facilitators", name=name)
    assert page.status_code == 200, page.text
    found = re.search(r"/facilitator/[\w-]+", page.text)
    assert found, "no link was given"
    return found[0]


def co_facilitator(room: Room, name: str = "Dewi") -> TestClient:
    """A co-facilitator's own device."""
    device = fresh_browser(room.facilitator)
    assert device.post(invitation(room, name)).headers["location"] == f"/workshops/{room.workshop_id}"
    return device


def facilitator_id(room: Room) -> str:
    """The id of the only co-facilitator."""
    page = room.facilitator.get(f"/workshops/{room.workshop_id}/facilitators").text
    (found,) = set(re.findall(r"/facilitators/(\w+)/removal", page))
    return str(found)
