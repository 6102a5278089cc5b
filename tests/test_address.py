"""Under which address phones find us."""

import pytest

from app.address import PublicAddress, lan_address, neighbours, own_addresses


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


def test_a_chosen_address_counts_while_the_laptop_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.address.own_addresses", lambda: ("192.168.1.20", "192.168.137.1"))

    assert PublicAddress("", "0.0.0.0", 8000)() == "http://192.168.1.20:8000"
    assert PublicAddress("", "0.0.0.0", 8000, "192.168.137.1")() == "http://192.168.137.1:8000"
    assert PublicAddress("", "0.0.0.0", 8000, "10.9.9.9")() == "http://192.168.1.20:8000"


def test_there_is_nothing_to_choose_where_the_address_was_given_at_the_start() -> None:
    assert PublicAddress("http://kanvas.lan", "0.0.0.0", 8000, "10.9.9.9").choices() == ()
    assert PublicAddress("", "192.168.1.4", 8000, "10.9.9.9")() == "http://192.168.1.4:8000"


def test_this_machine_has_the_address_it_is_reached_by() -> None:
    assert lan_address() in (*own_addresses(), "127.0.0.1")
    assert len(set(own_addresses())) == len(own_addresses())


def test_the_networks_of_a_linux_laptop_are_read_from_its_routes() -> None:
    routes = """Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask
wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000
wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF
ap0\t0089A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF
"""

    assert neighbours(routes) == ["192.168.1.1", "192.168.137.1"]
    assert neighbours("") == []
