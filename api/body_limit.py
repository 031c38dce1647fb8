"""Refuses request bodies that are too large before they are stored anywhere."""

from collections.abc import Callable

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from records.errors import Invalid, Refused, WenshuError
from services.sessions import SESSION_COOKIE

PLAIN_BYTES = 8 << 20
"""The longest body that is no upload. It is held in memory whole, also before anybody has signed
in; a people file of 50,000 rows of 150 bytes fits."""


class BodyLimit:
    """Answers 413 to a body that is too long, announced or counted.

    Uploads (multipart) are streamed to the disk and may have `max_bytes`, others `PLAIN_BYTES`;
    but of a caller without a live session no more than that is taken of an upload either.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int, find: Callable[[str], object]) -> None:
        """`find` finds the session of a secret, or raises Refused (`Sessions.find`)."""
        self._app = app
        self._max_bytes = max_bytes
        self._find = find

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "")
        length = int(announced) if announced.isdigit() else None
        is_upload = headers.get("content-type", "").lower().startswith("multipart/form-data")
        stranger = None
        if is_upload and (length is None or length > PLAIN_BYTES):
            stranger = await to_thread.run_sync(self._stranger, headers)
        trusted = is_upload and stranger is None
        limit = self._max_bytes if trusted else min(PLAIN_BYTES, self._max_bytes)
        fault = stranger or _too_large(limit)
        if length is not None and length > limit:
            await problem(fault)(scope, receive, send)
            return
        await self._app(scope, self._counting(receive, limit, fault), send)

    def _counting(self, receive: Receive, limit: int, fault: WenshuError) -> Receive:
        counted = 0

        async def receiving() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > limit:
                raise fault
            return message

        return receiving

    def _stranger(self, headers: Headers) -> WenshuError | None:
        """Why the caller may not send a long upload; None for one with a live session."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        cookies = cookie_parser(headers.get("cookie", ""))
        secret = bearer if scheme.lower() == "bearer" else cookies.get(SESSION_COOKIE, "")
        if not secret.strip():
            return Refused("not_signed_in")
        try:
            self._find(secret.strip())
        except WenshuError as error:
            return error
        return None


def _too_large(limit: int) -> Invalid:
    return Invalid("too_large", name="", max_bytes=limit)
