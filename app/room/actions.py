"""The verbs of the room check."""

from sqlmodel import Session

from app import errors
from app.clock import now
from app.errors import N_
from app.identity.actions import found_installation
from app.room.queries import workshop_of_test
from app.room.wifi import MAX_NAME_BYTES, PASSWORD_LETTERS
from app.workshop.actions import stamp
from app.workshop.models import Workshop


def phone_came_through(session: Session, room_token: str, host: str) -> None:
    """A phone has opened the test link, by this name of ours. Raises NotFound."""
    workshop = workshop_of_test(session, room_token)
    workshop.reached_at, workshop.reached_host = now(), host[:120]
    stamp(session, workshop)


def choose_address(session: Session, workshop_id: str, address: str) -> None:
    """Lead the QR codes of this installation to another of the laptop's addresses."""
    found_installation(session).address = address
    stamp(session, session.get_one(Workshop, workshop_id))


def set_wifi(session: Session, workshop_id: str, name: str, password: str | None) -> None:
    """The Wi-Fi for everybody in the room; without a name, none. The password is empty for an open one, and
    None while nobody has said it here. Raises Invalid.
    """
    if not name and password:
        raise errors.Invalid("wifi_name_missing", N_("Please give the name of the Wi-Fi."))
    if len(name.encode()) > MAX_NAME_BYTES:
        raise errors.Invalid("wifi_name_too_long", N_("The name of a Wi-Fi has at most 32 letters."))
    if password and len(password) not in PASSWORD_LETTERS:
        raise errors.Invalid("wifi_password_wrong", N_("A Wi-Fi password has 8 to 63 letters."))
    workshop = session.get_one(Workshop, workshop_id)
    workshop.wifi_name, workshop.wifi_password = name, password if name else None
    stamp(session, workshop)
