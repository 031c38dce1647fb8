"""Addresses and networks that settings name, and whether a caller is among them."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def address_of(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a connection bears; None for one that has a name or nothing.

    An address of IPv4 that came in by IPv6 (RFC 4291, section 2.5.5.2) is that of IPv4.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return (address.version == 6 and address.ipv4_mapped) or address


def is_within(host: str, networks: Iterable[Network]) -> bool:
    """Whether that caller's address is in one of the networks."""
    address = address_of(host)
    return address is not None and any(address in network for network in networks)
