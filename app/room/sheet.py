"""What hangs at the door: how to come in, on one page, for people who have not chosen a language yet."""

from dataclasses import dataclass
from datetime import date

from app.errors import N_
from app.ids import spell_code
from app.qr import qr_data
from app.room.views import WifiView, wifi_view
from app.web.i18n import translate
from app.workshop.models import Workshop


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One sentence, Indonesian first."""

    id: str
    en: str


def both(message: str) -> Bilingual:
    return Bilingual(translate("id", message), translate("en", message))


@dataclass(frozen=True, slots=True)
class DoorWords:
    """The sentences on the sheet."""

    wifi: Bilingual
    password: Bilingual
    no_password: Bilingual
    scan: Bilingual
    type_it: Bilingual
    code: Bilingual
    name: Bilingual
    stay: Bilingual


@dataclass(frozen=True, slots=True)
class DoorSheet:
    """One page of paper. `join_qr` is a data: address."""

    workshop_id: str
    title: str
    held_on: date
    place: str
    join_code: str
    join_address: str
    join_qr: str
    wifi: WifiView | None
    words: DoorWords


def door_sheet(workshop: Workshop, join_url: str) -> DoorSheet:
    """The sheet of a workshop; `join_url` is the address on the QR code."""
    return DoorSheet(
        workshop_id=workshop.id,
        title=workshop.title,
        held_on=workshop.held_on,
        place=workshop.place,
        join_code=spell_code(workshop.join_code),
        join_address=join_url.split("/")[2],
        join_qr=qr_data(join_url),
        wifi=wifi_view(workshop),
        words=DoorWords(
            wifi=both(N_("Connect to the Wi-Fi")),
            password=both(N_("Password")),
            no_password=both(N_("no password")),
            scan=both(N_("Scan to join")),
            type_it=both(N_("Or open this address and type the code")),
            code=both(N_("Join code")),
            name=both(N_("Write your name, choose your table")),
            stay=both(N_("Internet is not needed. If the phone asks whether to stay connected, say yes.")),
        ),
    )
