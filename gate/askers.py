"""Who a request comes from, for counting alone: routes decide anew who may do what."""

import hashlib
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from gate.networks import address_of
from records.errors import Refused, WenshuError
from records.identity import Login
from services.asker import ASKER, Asker
from services.people.devices import DEVICE_COOKIE, Origin
from services.people.sessions import SESSION_COOKIE

KEPT_S = 30.0
"""How long an answer of the store is believed; a session that ended still counts as its owner's."""

KEPT = 5_000
"""Sessions and wrong secrets remembered: twice the people of a large house."""

LOOK_S = 1.0
"""A store that has not answered by then is not waited for: the route will say what is wrong."""

LOOKS_AT_ONCE = 4
"""Threads that look sessions up, beside those that answer: strangers can invent any number."""


class KnownAskers:
    """Puts an `Asker` on each request: ``scope["state"]["asker"]`` and `services.asker.ASKER`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        find: Callable[[str], Login],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`find` finds the owner of a secret, or raises an error (`House.owner_of`)."""
        self._app = app
        self._find = find
        self._now_s = now_s
        self._kept: OrderedDict[bytes, tuple[str | None, float]] = OrderedDict()
        self._limiter = CapacityLimiter(LOOKS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] == "http":
            asker = Asker(await self._key(scope))
            scope.setdefault("state", {})["asker"] = asker
            ASKER.set(asker)  # every request has a context of its own, so nothing is put back
        await self._app(scope, receive, send)

    async def _key(self, scope: Scope) -> str:
        secret = _secret_of(Headers(scope=scope))
        login = await self._login(secret) if secret else None
        if login is not None:
            return f"person:{login}"
        return f"address:{_address_of(scope)}"

    async def _login(self, secret: str) -> str | None:
        """Whose secret it is, as far as can be known; None for one that opens nothing."""
        digest = hashlib.sha256(secret.encode("utf-8", "replace")).digest()
        kept = self._kept.get(digest)
        if kept is not None and self._now_s() - kept[1] < KEPT_S:
            return kept[0]
        login = kept[0] if kept is not None else None
        with move_on_after(LOOK_S) as waiting:
            login = await to_thread.run_sync(
                self._look, secret, login, limiter=self._limiter, abandon_on_cancel=True
            )
        if waiting.cancelled_caught:
            return login
        self._kept[digest] = (login, self._now_s())
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return login

    def _look(self, secret: str, before: str | None) -> str | None:
        try:
            return self._find(secret)
        except Refused:
            return None
        except WenshuError:  # the store is away: whoever was known is no stranger now
            return before


def asker_of(scope: Scope) -> Asker:
    """The asker of a request that has passed `KnownAskers`."""
    asker = scope["state"]["asker"]
    assert isinstance(asker, Asker)  # noqa: S101 - set above
    return asker


def origin_of(request: Request) -> Origin:
    """Where somebody signs in from: his address, and what his browser keeps of its device."""
    return Origin(_address_of(request.scope), request.cookies.get(DEVICE_COOKIE, ""))


def _address_of(scope: Scope) -> str:
    """The caller's address; that of a whole network for IPv6, of which one has 2^64."""
    client = scope.get("client")
    host = str(client[0]) if client else "-"
    address = address_of(host)
    if address is None or address.version == 4:
        return str(address or host)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _secret_of(headers: Headers) -> str:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return bearer.strip()
    return cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE, "").strip()
