"""Who sees what operators watch: addresses that a setting names, and signed-in administrators."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Request

from api.access import TheHouse, secret_of
from gate.networks import Network, is_within
from records.errors import Refused, WenshuError
from records.people.roles import Power
from services.house import House
from services.people.sessions import SESSION_COOKIE

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Headers of a proxy. The address is then not that of the caller, whatever they say it is."""


def sees_operations(request: Request, house: TheHouse) -> bool:
    """Whether the caller is one to whom the inside of the house is shown."""
    networks: Sequence[Network] = request.app.state.open_to
    return _is_near(request, networks) or _is_administrator(request, house)


def operators_only(sees: "SeesOperations") -> None:
    """Raises Refused (``operators_only``) for everybody else."""
    if not sees:
        raise Refused("operators_only")


SeesOperations = Annotated[bool, Depends(sees_operations)]


def _is_near(request: Request, networks: Sequence[Network]) -> bool:
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    return is_within(request.client.host, networks)


def _is_administrator(request: Request, house: House) -> bool:
    """By the bearer token of a program or the cookie of a browser."""
    try:
        secret = request.cookies.get(SESSION_COOKIE) or secret_of(request)
        session = house.sessions.find(secret)
        return not session.restricted and house.book.caller(session.login).may(Power.WATCH)
    except WenshuError:
        return False
