"""Under which address phones find us."""

import pytest

from app.address import PublicAddress, lan_address


def test_a_configured_address_is_used_as_it_is() -> None:
    assert PublicAddress("https://kanvas.example.id/", "0.0.0.0", 8000)() == "https://kanvas.example.id"


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("192.168.1.4", 80, "http://192.168.1.4"),
        ("::1", 8000, "http://[::1]:8000"),
    ],
)
def test_a_chosen_host_is_the_address(host: str, port: int, address: str) -> None:
    assert PublicAddress("", host, port)() == address


def test_listening_everywhere_means_the_lan_address() -> None:
    assert PublicAddress("", "0.0.0.0", 8000)() == f"http://{lan_address()}:8000"
