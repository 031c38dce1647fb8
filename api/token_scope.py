"""What a request needs of an app token: told by its method and address, for every route alike."""

import re

from records.errors import Refused
from services.people.app_tokens import AppToken, Scope

_SAFE = frozenset({"GET", "HEAD"})
_ACTION = re.compile(
    r"/api/v1/(?:records/[^/]+/(?:actions|answers|receipts)|lists/[^/]+/actions|stranded)(?:/.*)?"
)
"""On one record or on several, with files or without: what takes part in a flow, or hands it on."""

_OWN = re.compile(
    r"/api/v1/(session|account|tokens|people|units|applications|parameters|delegations|notifications/ways)(/.*)?"
)
"""Accounts and rights: for whoever signs in himself."""

_KEPT = re.compile(r"/api/v1/dictionaries(/.*)?")
"""For everybody to read, and for administrators who sign in to change."""


def scope_needed(method: str, path: str) -> Scope | None:
    """The scope that a request takes; None where no token will do."""
    if _OWN.fullmatch(path):
        return None
    if method in _SAFE:
        return Scope.READ
    if _KEPT.fullmatch(path):
        return None
    return Scope.ACT if _ACTION.fullmatch(path) else Scope.WRITE


def refuse_beyond(token: AppToken, method: str, path: str) -> None:
    """Raises Refused (``not_for_tokens``, ``beyond_scope`` with what is needed)."""
    needed = scope_needed(method, path)
    if needed is None:
        raise Refused("not_for_tokens")
    if needed not in token.scopes:
        raise Refused("beyond_scope", needed=needed, allowed=token.scopes)
