"""Rupiah as people type and read them: "1,25 jt" in, "Rp1.250.000" out. Standard library only."""

import re
from decimal import Decimal

MOST = 10**15
_UNITS = {
    **dict.fromkeys(("", "rp", "rupiah"), 1),
    **dict.fromkeys(("rb", "ribu", "k", "thousand"), 10**3),
    **dict.fromkeys(("jt", "juta", "mio", "million"), 10**6),
    # In the field "M" is miliar, whatever it means elsewhere; the note says in full what was understood.
    **dict.fromkeys(("m", "miliar", "milyar", "bn", "billion"), 10**9),
    **dict.fromkeys(("t", "triliun", "trilyun", "trillion"), 10**12),
}
_TYPED = re.compile(r"(?:rp|idr)?\.?(?P<number>\d[\d.,]*?)(?:,-|[.,])?(?P<unit>[a-z]*)\.?")
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SHORT = {
    "id": ((10**12, " triliun"), (10**9, " miliar"), (10**6, " jt"), (10**3, " rb")),
    "en": ((10**12, "tn"), (10**9, "bn"), (10**6, "m"), (10**3, "k")),
}


def read_rupiah(typed: str) -> int:
    """The amount somebody means. Raises ValueError where that is not clear."""
    found = _TYPED.fullmatch("".join(typed.split()).casefold())
    if not found or found["unit"] not in _UNITS:
        raise ValueError(typed)
    amount = _number(found["number"], bool(_UNITS[found["unit"]] > 1)) * _UNITS[found["unit"]]
    if amount != int(amount) or amount > MOST:
        raise ValueError(typed)
    return int(amount)


def _number(digits: str, has_unit: bool) -> Decimal:
    """Separators are thousands or decimals, by how many digits follow: both are typed in Indonesia."""
    last = max(digits.rfind("."), digits.rfind(","))
    whole, fraction = (digits[:last], digits[last + 1 :]) if last >= 0 else (digits, "")
    comma_of_a_unit = has_unit and digits.count(",") == 1 and digits[last] == ","
    if not fraction or (_GROUPS.fullmatch(digits) and not comma_of_a_unit):
        whole, fraction = digits, ""
    if re.search("[.,]", whole) and not _GROUPS.fullmatch(whole):
        raise ValueError(digits)
    return Decimal(f"{re.sub('[.,]', '', whole)}.{fraction or '0'}")


def rupiah(amount: int, locale: str) -> str:
    """To the last digit: "Rp1.250.000"."""
    return f"Rp{amount:,}" if locale == "en" else f"Rp{amount:,}".replace(",", ".")


def short_rupiah(amount: int, locale: str) -> str:
    """Where there is little room, three digits of it: "Rp1,25 jt"."""
    for unit, name in _SHORT["en" if locale == "en" else "id"]:
        if amount >= unit:
            digits = f"{amount / unit:.4g}" if amount / unit >= 1000 else f"{amount / unit:.3g}"
            return f"Rp{digits if locale == 'en' else digits.replace('.', ',')}{name}"
    return f"Rp{amount}"
