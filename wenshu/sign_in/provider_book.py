"""What a provider says of itself, kept for an hour: its addresses and keys (OpenID Discovery)."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from records.errors import Unavailable
from wenshu.sign_in.json_asker import JsonAsker, is_safe

KEPT_S = 3600.0
FRESH_S = 30.0
"""Keys are not asked for again within this time, whatever key an answer names."""

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Its addresses, and how it wants to be talked to."""

    authorization: str
    token: str
    keys: str
    person: str
    """Where claims of a person are asked for; empty for nowhere."""
    takes_basic: bool
    """Whether a client shows its secret in a header, else in the form."""
    names_itself: bool
    """Whether it comes back with its issuer (RFC 9207)."""


class ProviderBook:
    """Asks, and remembers; several threads may ask at once."""

    def __init__(
        self, issuer: str, asker: JsonAsker, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer = issuer
        self._asker = asker
        self._now_s = now_s
        self._lock = threading.Lock()
        self._endpoints: tuple[Endpoints, float] | None = None
        self._keys: tuple[KeySet, float] | None = None

    def endpoints(self) -> Endpoints:
        """Its addresses. Raises Unavailable (``provider_down``)."""
        with self._lock:
            kept = self._endpoints
        if kept is not None and self._now_s() - kept[1] < KEPT_S:
            return kept[0]
        return self.look()

    def look(self) -> Endpoints:
        """The same, asked for now. Raises Unavailable (``provider_down``)."""
        told = self._told(self._issuer.rstrip("/") + WELL_KNOWN)
        if told.get("issuer") != self._issuer:
            raise Unavailable("provider_down", detail="another issuer")
        found = _endpoints(told)
        with self._lock:
            self._endpoints = (found, self._now_s())
        return found

    def keys(self) -> KeySet:
        """Its keys. Raises Unavailable (``provider_down``)."""
        with self._lock:
            kept = self._keys
        if kept is not None and self._now_s() - kept[1] < KEPT_S:
            return kept[0]
        return self._fetch_keys()

    def newer_keys(self) -> KeySet | None:
        """Its keys as they are now, after one did not fit; None when they are known just so."""
        with self._lock:
            kept = self._keys
        if kept is not None and self._now_s() - kept[1] < FRESH_S:
            return None
        return self._fetch_keys()

    def _told(self, address: str) -> Mapping[str, Any]:
        """What it tells everybody: who is told no here is nobody in particular."""
        status, told = self._asker.get(address)
        if status != 200:
            raise Unavailable("provider_down", detail=f"status {status}")
        return told

    def _fetch_keys(self) -> KeySet:
        told = self._told(self.endpoints().keys)
        try:
            found = KeySet.import_key_set({"keys": list(told.get("keys", ()))})
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unavailable("provider_down", detail="no keys") from error
        with self._lock:
            self._keys = (found, self._now_s())
        return found


def _endpoints(told: Mapping[str, Any]) -> Endpoints:
    def address(name: str) -> str:
        value = told.get(name)
        return value if isinstance(value, str) and is_safe(value) else ""

    methods = told.get("token_endpoint_auth_methods_supported")
    found = Endpoints(
        authorization=address("authorization_endpoint"),
        token=address("token_endpoint"),
        keys=address("jwks_uri"),
        person=address("userinfo_endpoint"),
        takes_basic=not isinstance(methods, list) or "client_secret_basic" in methods,
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )
    if not (found.authorization and found.token and found.keys):
        raise Unavailable("provider_down", detail="an address is missing")
    return found
