"""The room's Wi-Fi as phones read it from a QR code."""

MAX_NAME_BYTES = 32
PASSWORD_LETTERS = range(8, 65)
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in '\\;,":'})


def wifi_text(name: str, password: str) -> str:
    """What stands in the code; an empty password means a Wi-Fi without one."""
    if not password:
        return f"WIFI:T:nopass;S:{name.translate(_ESCAPES)};;"
    return f"WIFI:T:WPA;S:{name.translate(_ESCAPES)};P:{password.translate(_ESCAPES)};;"
