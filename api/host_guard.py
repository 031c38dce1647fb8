"""Refuses requests that do not say for which host they are, or that are for another."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem
from records.errors import Invalid, Refused

_OWN = frozenset({"localhost", "127.0.0.1", "::1"})
"""This machine itself, as probes of containers call it: no page elsewhere can bear such a name."""

_NAMELESS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by balancers and Prometheus at an address; nothing in the answer depends on the name."""


class HostGuard:
    """Asks for one ``Host`` (RFC 9112, section 3.2), and for one of `hosts` where there are any.

    A page of another site whose name was made to lead here bears its own name as Host and Origin;
    the comparison of the two in `search_ui.guard` takes it for one of ours. It has no cookie of
    ours, so it can do nothing in anybody's name; with `hosts` it gets no answer either.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        named = [name for name in Headers(scope=scope).getlist("host") if name.strip()]
        if len(named) != 1:
            await problem(Invalid("no_host"), status=400)(scope, receive, send)
        elif not self._is_ours(_name(named[0]), scope["path"]):
            await problem(Refused("foreign_host"), status=421)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_ours(self, name: str, path: str) -> bool:
        return not self._hosts or name in self._hosts or name in _OWN or path in _NAMELESS


def _name(host: str) -> str:
    """The name without the port; of an address of IPv6 what stands between the brackets."""
    plain = host.strip().lower()
    if plain.startswith("["):
        return plain[1:].partition("]")[0]
    return plain.partition(":")[0].removesuffix(".")
