"""Refuses request bodies that are too long, or too long under way, before they are kept."""

import asyncio
import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gate.askers import asker_of
from gate.fair_shares import Telling, closing
from gate.lanes import Lane, lane_of
from records.errors import Invalid, Refused, WenshuError

SMALL_BYTES = 64 << 10
"""The longest body before anybody has signed in, and where none is needed: login and password take
under 2 KB."""

PLAIN_BYTES = 1 << 20
"""The longest body that is no upload: 350,000 Chinese characters. It is held in memory whole."""

PEOPLE_BYTES = 8 << 20
"""Of units and people, which administrators load: 50,000 rows of 150 bytes."""

_MOST_BYTES: dict[Lane | None, int] = {Lane.CHANGE: PLAIN_BYTES, Lane.PEOPLE: PEOPLE_BYTES}

SILENCE_S = 30.0
"""A body that brings nothing for so long is given up."""

PLAIN_S = 60.0
"""All the time that a body may take which is no upload."""

SLOWEST_BYTES_S = 1_000
"""An upload may be no slower once it has lasted `PLAIN_S`: a bad mobile line is faster."""


FREE_PIECES = 200
SMALLEST_BYTES = 64
"""After `FREE_PIECES` a body comes in no smaller pieces, on the average: each costs the loop that
hears all others as much as a large one. Packets of a long body have 536 or more (RFC 9293, 3.7.1).
"""


class BodyLimit:
    """Answers 413 to a body that is too long, announced or counted, and 408 to one that dawdles.

    Uploads are streamed to the disk and may have `max_bytes`; other changes have `PLAIN_BYTES`, and
    `SMALL_BYTES` what changes nothing or signs in, whatever it calls its body: both are held in
    memory. A caller without a live session has `SMALL_BYTES` for anything, and is told to sign in.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_bytes: int,
        tell: Telling,
        now_s: Callable[[], float] = time.monotonic,
        silence_s: float = SILENCE_S,
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._tell = tell
        self._now_s = now_s
        self._silence_s = silence_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        lane = lane_of(scope["method"], scope["path"], headers.get("content-type", ""))
        limit, fault = self._limit(scope, lane)
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > limit:
            await self._tell(scope, fault)(scope, receive, closing(send))
            return
        measured = self._measured(receive, limit, fault, streams=lane is Lane.UPLOAD)
        await self._app(scope, measured, send)

    def _limit(self, scope: Scope, lane: Lane | None) -> tuple[int, WenshuError]:
        """How long the body may be, and what to say beyond."""
        if not asker_of(scope).is_person:
            is_upload = lane is Lane.UPLOAD
            return SMALL_BYTES, Refused("not_signed_in") if is_upload else _too_large(SMALL_BYTES)
        if lane is Lane.UPLOAD:
            return self._max_bytes, Invalid("too_large", name="", max_bytes=self._max_bytes)
        limit = min(_MOST_BYTES.get(lane, SMALL_BYTES), self._max_bytes)
        return limit, _too_large(limit)

    def _measured(
        self, receive: Receive, limit: int, fault: WenshuError, *, streams: bool
    ) -> Receive:
        counted, pieces, began_s, ended = 0, 0, self._now_s(), False

        async def receiving() -> Message:
            nonlocal counted, pieces, ended
            if ended:
                return await receive()
            try:
                async with asyncio.timeout(self._silence_s):
                    message = await receive()
            except TimeoutError:
                raise Refused("too_slow") from None
            counted, pieces = counted + len(message.get("body", b"")), pieces + 1
            ended = not message.get("more_body", False)
            if counted > limit:
                raise fault
            crumbles = pieces > FREE_PIECES and counted < pieces * SMALLEST_BYTES
            if not ended and (crumbles or self._dawdles(counted, began_s, streams=streams)):
                raise Refused("too_slow")
            return message

        return receiving

    def _dawdles(self, counted: int, began_s: float, *, streams: bool) -> bool:
        lasted_s = self._now_s() - began_s
        return lasted_s > PLAIN_S and not (streams and counted > SLOWEST_BYTES_S * lasted_s)


def _too_large(limit: int) -> Invalid:
    return Invalid("body_too_large", max_bytes=limit)
