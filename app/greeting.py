"""What the terminal says when the server starts: the few lines a facilitator needs."""

from app.identity.actions import invite_first_facilitator
from app.identity.queries import has_facilitator
from app.parts import Parts
from app.qr import qr_terminal
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
    lines += ["", f"  Data: {parts.settings.data_dir}", "  Berhenti / stop: Ctrl+C", ""]
    return "\n".join(lines)
