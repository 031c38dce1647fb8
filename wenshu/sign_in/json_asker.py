"""JSON over HTTPS, from one that is not trusted with our time or memory.

Redirects are not followed: what a provider says of itself names the addresses themselves.
"""

import json
import ssl
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from records.errors import Unavailable

PATIENCE_S = 5.0
"""For each address of the server that is tried, and for its answer; what the look-up of its name
takes comes on top."""
_MOST_BYTES = 1 << 18
_PIECE_BYTES = 1 << 14
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def is_safe(address: str) -> bool:
    """Whether secrets may go there: over TLS, or within this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    )


class JsonAsker:
    """Asks for JSON.

    A status below 500 is an answer, whatever comes with it: of one request, and of
    nobody else's. No answer, and none that can be read, is Unavailable (``provider_down``).
    """

    def __init__(self, ca: Path | None, *, patience_s: float = PATIENCE_S) -> None:
        self._tls = ssl.create_default_context(cafile=str(ca) if ca else None)
        self._patience_s = patience_s

    def get(self, address: str, *, bearer: str = "") -> tuple[int, Mapping[str, Any]]:
        """Status and object there; an empty one for what is none, beside another status than 200.

        Raises Unavailable (``provider_down``).
        """
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self._ask("GET", address, headers, None)

    def post(
        self, address: str, form: Mapping[str, str], headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, Any]]:
        """Status and object that a form is answered with, as `get`."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, {**headers, **kind}, urlencode(form))

    def _ask(
        self, verb: str, address: str, headers: Mapping[str, str], body: str | None
    ) -> tuple[int, Mapping[str, Any]]:
        if not is_safe(address):
            raise Unavailable("provider_down", detail="not over TLS")
        until = time.monotonic() + self._patience_s
        try:
            connection = self._connection(address)
            try:
                asked = {**headers, "Accept": "application/json"}
                connection.request(verb, _path_of(address), body=body, headers=asked)
                answer = connection.getresponse()
                content = bytearray()
                while piece := answer.read1(_PIECE_BYTES):
                    content += piece
                    if len(content) > _MOST_BYTES or time.monotonic() > until:
                        raise Unavailable("provider_down", detail="too long or too slow")
                told = _object(bytes(content), answer.status)
            finally:
                connection.close()
        except (OSError, HTTPException, ValueError, RecursionError) as error:
            raise Unavailable("provider_down", detail=type(error).__name__) from error
        return answer.status, told

    def _connection(self, address: str) -> HTTPConnection:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "https":
            return HTTPSConnection(host, port, timeout=self._patience_s, context=self._tls)
        return HTTPConnection(host, port, timeout=self._patience_s)


def _object(content: bytes, status: int) -> Mapping[str, Any]:
    """What was told; a refusal may be a page for people. Raises Unavailable and ValueError."""
    if status >= 500:
        raise Unavailable("provider_down", detail=f"status {status}")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        if status == 200:
            raise
        told = {}
    if isinstance(told, dict):
        return told
    if status == 200:
        raise Unavailable("provider_down", detail="no object")
    return {}


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
