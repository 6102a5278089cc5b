"""Identifiers. All come from the system's CSPRNG or from a client's UUID; none is a protection by itself."""

import secrets
import uuid

# Crockford's base 32: no I, L, O or U, so that a code survives handwriting and a far projector.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_MISREAD = str.maketrans("OIL", "011")


def new_id() -> str:
    """A random id for a row: 32 hex digits."""
    return uuid.uuid4().hex


def new_uuid() -> str:
    """A random UUID in its usual spelling, as clients make them for notes and operations."""
    return str(uuid.uuid4())


def new_token() -> str:
    """A secret for cookies and links: 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A join code of 8 characters, 40 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """What somebody typed as the code it means: case, blanks and dashes ignored, O, I and L corrected."""
    kept = "".join(letter for letter in typed.upper() if letter.isalnum())
    return kept.translate(_MISREAD)


def spell_code(code: str) -> str:
    """A code as people read it: two halves of four."""
    return f"{code[:4]} {code[4:]}"
