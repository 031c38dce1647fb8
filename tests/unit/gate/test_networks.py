"""Who is among the addresses that a setting names."""

from ipaddress import ip_network

import pytest

from gate.networks import is_within

NETWORKS = (ip_network("10.1.0.0/16"), ip_network("2001:db8::/32"))


@pytest.mark.parametrize(
    ("host", "within"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("2001:db8::7", True),
        ("10.2.0.1", False),
        ("2001:db9::1", False),
        ("::1", False),
        ("testclient", False),
        ("", False),
    ],
)
def test_an_address_is_within_its_networks_in_whichever_form_it_came(
    host: str, *, within: bool
) -> None:
    assert is_within(host, NETWORKS) is within
