"""Lets requests in by turns, so that no person and no stranger takes the whole house."""

import asyncio
import math
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gate.askers import asker_of
from gate.lanes import Lane, lane_of
from records.errors import Unavailable, WenshuError
from services.asker import ASKER, Asker
from services.turns import Turn, Turns

Telling = Callable[[Scope, WenshuError], ASGIApp]
"""Answers a request with an error, in the manner of the address that was asked."""


PATIENCE_S = 4.0
"""Whoever's turn has not come by then is told that the house is busy: while a store stands still
each turn lasts up to 20 s, and nobody shall wait for several."""

OUTSIDE_PATIENCE_S = 0.3
"""A thread waits so long to ask somebody outside; those who may are as many as hash passwords in
that time, and hold none of the shares."""

STALLED_S = 180.0
"""A reader who has not taken a piece of his answer in so long is cut off, since it waits in memory:
one of 1 MiB at 6 KB/s."""


class _StalledReader(Exception):
    """The asker does not read his answer."""


def closing(send: Send) -> Send:
    """Sends an answer that ends the line: the rest of the body is not listened to."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Connection"] = "close"
        await send(message)

    return sending


class FairShares:
    """Gives each request its turn in its lane, and tells at once where there is no room.

    A request waits as a coroutine, before it takes a thread, and until its body is there it takes
    nothing but its place. Whoever hangs up while he waits is dropped; one who does so later sets
    `Asker.gone`. The work ends when the answer begins, so a slow reader keeps his place and nobody
    else's; one who does not read at all is cut off after `STALLED_S`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        turns: Mapping[Lane, Turns],
        tell: Telling,
        refused: Callable[[str, str], None],
        stalled_s: float = STALLED_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """`refused` is called with the lane and the reason of each that had no place."""
        self._app = app
        self._turns = turns
        self._tell = tell
        self._refused = refused
        self._stalled_s = stalled_s
        self._patience_s = patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        lane = _lane(scope) if scope["type"] == "http" else None
        if lane is None:
            await self._app(scope, receive, send)
            return
        asker = asker_of(scope)
        try:
            turn = self._turns[lane].arrive(asker.key)
        except WenshuError as error:
            self._refused(lane, error.reason)
            await self._tell(scope, error)(scope, receive, closing(send))
            return
        incoming = _Incoming(receive, gone=asker.gone.set)
        if lane is not Lane.OUTSIDE:
            ASKER.set(replace(asker, outside=lambda: self._outside(asker, turn)))
        try:
            await self._in_turn(scope, incoming, send, turn, streams=lane is Lane.UPLOAD)
        except _StalledReader:
            asker.gone.set()
        except WenshuError as error:  # of the body, before a route was called
            await self._tell(scope, error)(scope, receive, closing(send))
        finally:
            turn.leave()
            incoming.close()

    @contextmanager
    def _outside(self, asker: Asker, turn: Turn) -> Iterator[None]:
        """As `Asker.outside`."""
        turn.rest()
        with self._turns[Lane.OUTSIDE].taken(asker, patience_s=OUTSIDE_PATIENCE_S):
            yield

    async def _in_turn(
        self, scope: Scope, incoming: "_Incoming", send: Send, turn: Turn, *, streams: bool
    ) -> None:
        async def begin() -> None:
            await _come(turn, incoming, self._patience_s)

        if streams:
            incoming.before_end = begin
        else:
            await incoming.whole()
            await begin()
            if incoming.hung_up:
                return
            incoming.watch()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                turn.rest()
            try:
                async with asyncio.timeout(self._stalled_s):
                    await send(message)
            except TimeoutError:
                raise _StalledReader from None

        await self._app(scope, incoming.receive, sending)


class _Incoming:
    """The messages of a request: its body, read ahead or not, then word that its asker has gone."""

    def __init__(self, receive: Receive, *, gone: Callable[[], None]) -> None:
        self._receive = receive
        self._gone = gone
        self._read: list[Message] = []
        self._ended = False
        self._after: asyncio.Task[Message] | None = None
        self.before_end: Callable[[], Awaitable[None]] | None = None

    @property
    def hung_up(self) -> bool:
        """Whether the asker is known to have gone."""
        return self._after is not None and self._after.done()

    async def whole(self) -> None:
        """Read the body to its end, as one message however many pieces it comes in."""
        message = await self._next()
        body = bytearray(message.get("body", b""))
        while not self._ended:
            message = await self._next()
            body += message.get("body", b"")
        self._read.append({**message, "body": bytes(body)})

    def watch(self) -> "asyncio.Task[Message]":
        """Begin to look whether the asker goes away; his body has been read."""
        if self._after is None:
            self._after = asyncio.ensure_future(self._until_gone())
        return self._after

    async def receive(self) -> Message:
        """The next message for the route (ASGI)."""
        if self._read:
            return self._read.pop(0)
        if self._ended:
            return await asyncio.shield(self.watch())
        message = await self._next()
        if self._ended and self.before_end is not None and message["type"] == "http.request":
            await self.before_end()
        return message

    def close(self) -> None:
        """Nobody asks any more."""
        if self._after is not None:
            self._after.cancel()

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._gone()
        self._ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def _until_gone(self) -> Message:
        while (message := await self._receive())["type"] == "http.request":
            pass
        self._gone()
        return message


async def _come(turn: Turn, incoming: _Incoming, patience_s: float) -> None:
    """Wait for the turn, or until the asker has gone. Raises Unavailable (``busy``)."""
    loop, come, here = asyncio.get_running_loop(), asyncio.Event(), threading.get_ident()

    def granted() -> None:
        if threading.get_ident() == here:
            come.set()
        else:
            loop.call_soon_threadsafe(come.set)

    turn.wish(granted)
    if come.is_set():
        return
    waiting = asyncio.ensure_future(come.wait())
    try:
        await asyncio.wait(
            {waiting, incoming.watch()},
            timeout=patience_s,
            return_when=asyncio.FIRST_COMPLETED,
        )
    finally:
        waiting.cancel()
    if not come.is_set() and not incoming.hung_up:
        raise Unavailable("busy", wait_s=math.ceil(patience_s))


def _lane(scope: Scope) -> Lane | None:
    content_type = Headers(scope=scope).get("content-type", "")
    return lane_of(scope["method"], scope["path"], content_type)
