"""What wall and door sheet see of the room's Wi-Fi."""

from dataclasses import dataclass

from app.qr import qr_data
from app.room.wifi import wifi_text
from app.workshop.models import Workshop


@dataclass(frozen=True, slots=True)
class WifiView:
    """A Wi-Fi everybody in the room may use. The password is empty for an open one; None while nobody has
    said it here, and then there is no code (`qr`, a data: address) either.
    """

    name: str
    password: str | None
    qr: str


def wifi_view(workshop: Workshop) -> WifiView | None:
    """The workshop's Wi-Fi; None when none was named."""
    name, password = workshop.wifi_name, workshop.wifi_password
    if not name:
        return None
    return WifiView(name, password, "" if password is None else qr_data(wifi_text(name, password)))
