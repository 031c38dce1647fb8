"""Connections that are kept within bounds before a request is made of their bytes.

uvicorn with httptools bounds neither the head of a request, nor how many are sent ahead, nor how
long one may take to send it: 300 MB of short header lines on one connection took 2 GB.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from gate.body_limit import FREE_PIECES, SMALLEST_BYTES
from gate.networks import Network, is_within
from languages.errors import tell
from records.errors import Invalid, Refused, WenshuError

_PIECE_BYTES = 16 << 10


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What one connection, and one address, may take up."""

    head_bytes: int = 64 << 10
    """Request line and headers, and what stands between pieces of a body; h11's own bound."""
    headers: int = 200
    cookie_bytes: int = 8 << 10
    """All cookies. Taking 60 KB of them apart holds up the loop that hears all others; ours have
    150 bytes, and those of programs on other ports of the same machine come along."""
    head_s: float = 20.0
    """From the connection, or the end of the last answer, to the end of the head."""
    ahead: int = 16
    """Requests sent before the answer to the first."""
    each_address: int = 256
    """Connections: a browser has six, an office behind one address some forty browsers."""
    trusted: Collection[Network] = ()
    """Proxies of the house: their connections are those of everybody."""


class BoundedHttp(HttpToolsProtocol):
    """HTTP on one connection; what passes a limit is answered 431 or 408, and the line is cut."""

    def __init__(self, *given: Any, limits: ConnectionLimits, **named: Any) -> None:
        super().__init__(*given, **named)
        self._limits = limits
        self._unread_bytes = self._pieces = self._body_bytes = 0
        self._head_due: asyncio.TimerHandle | None = None
        self._cut = False
        self._answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The line is open."""
        super().connection_made(transport)
        self._await_head()
        if self._is_one_too_many():
            self._refuse(503, Refused("too_many_at_once", wait_s=10))

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is closed."""
        self._head_is_there()
        self._give_up()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came in."""
        if self._cut:
            return
        if self._head_due is None and (self.cycle is None or self.cycle.response_complete):
            self._await_head()
        # A head is read piece by piece, so that one beyond the limit costs no more than the limit.
        size = len(data) if self._head_due is None else _PIECE_BYTES
        for at in range(0, len(data), size):
            piece = data[at : at + size]
            self._unread_bytes += len(piece)
            super().data_received(piece)
            if self._unread_bytes > self._limits.head_bytes:
                self._refuse(431, _too_large(self._limits.head_bytes))
            if self._cut:
                return

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header of the head, or behind the body."""
        if len(self.headers) >= self._limits.headers:
            self._refuse(431, _too_large(self._limits.head_bytes))
        if not self._cut:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there."""
        head_bytes = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        cookie_bytes = sum(len(value) for name, value in self.headers if name == b"cookie")
        if head_bytes > self._limits.head_bytes or len(self.pipeline) >= self._limits.ahead:
            self._refuse(431, _too_large(self._limits.head_bytes))
        elif cookie_bytes > self._limits.cookie_bytes:
            self._refuse(431, _too_large(self._limits.cookie_bytes))
        if not self._cut:
            self._unread_bytes = self._pieces = self._body_bytes = 0
            self._head_is_there()
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        self._pieces, self._body_bytes = self._pieces + 1, self._body_bytes + len(body)
        if self._pieces > FREE_PIECES and self._body_bytes < self._pieces * SMALLEST_BYTES:
            self._refuse(408, Refused("too_slow"))
        if not self._cut:
            self._unread_bytes = 0
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of a request."""
        if not self._cut:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is told so, once."""
        if not self._cut:
            super().send_400_response(msg)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def _await_head(self) -> None:
        self._head_due = self.loop.call_later(self._limits.head_s, self._late)

    def _head_is_there(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _late(self) -> None:
        self._refuse(408, Refused("too_slow"))

    def _is_one_too_many(self) -> bool:
        host = self.client[0] if self.client else None
        if host is None or is_within(host, self._limits.trusted):
            return False
        same = sum(1 for each in self.connections if _host(each) == host)
        return same > self._limits.each_address

    def _refuse(self, status: int, error: WenshuError) -> None:
        if self._cut or self.transport.is_closing():
            return
        self._cut = True
        self._head_is_there()
        if self.cycle is None or self.cycle.response_complete:
            body = str(tell(error)).encode()
            self.transport.write(
                STATUS_LINE[status] + b"content-type: text/plain; charset=utf-8\r\n"
                b"connection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
            )
        self._give_up()
        self.transport.close()

    def _give_up(self) -> None:
        """Nobody waits for what was asked on this line, nor for what was asked ahead."""
        self.pipeline.clear()
        for cycle in (self.cycle, self._answering):
            if cycle is not None and not cycle.response_complete:
                cycle.disconnected = True  # whoever works for it need not write any more
                cycle.message_event.set()


def _too_large(limit: int) -> Invalid:
    return Invalid("head_too_large", max_bytes=limit)


def _host(connection: object) -> str | None:
    client = getattr(connection, "client", None)
    return client[0] if client else None
