"""Amounts as people type them are understood or refused, never guessed."""

import pytest

from app.rupiah import read_rupiah, rupiah, short_rupiah

UNDERSTOOD = {
    "1.250.000": 1_250_000,
    "1250000": 1_250_000,
    "1,250,000": 1_250_000,
    "Rp1.250.000,-": 1_250_000,
    "1.250.000,00": 1_250_000,
    "1,25 jt": 1_250_000,
    "1,250 jt": 1_250_000,
    "1.5 juta": 1_500_000,
    "Rp 2 juta": 2_000_000,
    "1.250 jt": 1_250_000_000,
    "1,5 miliar": 1_500_000_000,
    "2 M": 2_000_000_000,
    "Rp. 750rb": 750_000,
    "0": 0,
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_what_people_type_is_understood(typed: str) -> None:
    assert read_rupiah(typed) == UNDERSTOOD[typed]


@pytest.mark.parametrize(
    "typed", ["abc", "1,5", "1.25.000", "-5", "5 kodi", "9999 t", "10.000.000,50", "1,,5"]
)
def test_what_could_be_two_amounts_or_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        read_rupiah(typed)


def test_amounts_are_written_in_full_and_short() -> None:
    assert (rupiah(1_250_000, "id"), rupiah(1_250_000, "en")) == ("Rp1.250.000", "Rp1,250,000")
    shorts = [short_rupiah(amount, "id") for amount in (500, 750_000, 1_250_000, 1_500_000_000, 2 * 10**12)]
    assert shorts == ["Rp500", "Rp750 rb", "Rp1,25 jt", "Rp1,5 miliar", "Rp2 triliun"]
    assert short_rupiah(1_250_000, "en") == "Rp1.25m"
    assert read_rupiah(short_rupiah(1_250_000, "id")) == 1_250_000
