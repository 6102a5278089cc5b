"""What the terminal says when the server starts: the few lines a facilitator needs."""

from app.backup.mirror import on_one_disk
from app.identity.actions import invite_first_facilitator
from app.identity.queries import has_facilitator
from app.parts import Parts
from app.qr import qr_terminal
from app.settings import Settings
from app.web.urls import urls


def greet(parts: Parts) -> str:
    """Addresses, a QR code, and on the first start the one-time set-up link, which is made here."""
    address = parts.address()
    everywhere = parts.settings.host in ("0.0.0.0", "::", "127.0.0.1", "localhost")
    local = f"http://localhost:{parts.settings.port}" if everywhere else address
    lines = ["", "Kanvas Mitra", "", f"  Peserta / participants:   {address}", qr_terminal(address)]
    with parts.db.transaction() as session:
        secret = None if has_facilitator(session) else invite_first_facilitator(session)
    if secret:
        lines += [
            "  Fasilitator, sekali pakai / facilitator, works once:",
            *(f"  {place}{urls.setup(secret)}" for place in dict.fromkeys((local, address))),
        ]
    else:
        lines += [f"  Fasilitator / facilitator: {local}{urls.sign_in()}"]
    lines += [
        "",
        f"  Data: {parts.settings.data_dir}",
        *_second_folder(parts.settings),
        "  Berhenti / stop: Ctrl+C",
        "",
    ]
    return "\n".join(lines)


def _second_folder(settings: Settings) -> list[str]:
    second = settings.backup_to
    if not second:
        return []
    line = f"  Cadangan kedua / second backups: {second}"
    if not second.is_dir():
        return [line, "    belum ada; colokkan USB-nya / not there yet; plug the stick in"]
    if on_one_disk(second, settings.data_dir):
        return [line, "    di disk yang sama dengan data / on the same disk as the data"]
    return [line]
