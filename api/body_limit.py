"""Refuses request bodies that are too large before they are stored anywhere."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from records.errors import Invalid

PLAIN_BYTES = 8 << 20
"""The longest body that is no upload. It is held in memory whole, also before anybody has signed
in; a people file of 50,000 rows of 150 bytes fits."""


class BodyLimit:
    """Answers 413 to a body that is too long, announced or counted.

    Uploads (multipart) are streamed to the disk and may have `max_bytes`, others `PLAIN_BYTES`.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        limit = self._limit(headers.get(b"content-type", b""))
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            answer = problem(_too_large(limit))
            await answer(scope, receive, send)
            return
        counted = 0

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > limit:
                raise _too_large(limit)
            return message

        await self._app(scope, counting, send)

    def _limit(self, content_type: bytes) -> int:
        is_upload = content_type.lower().startswith(b"multipart/form-data")
        return self._max_bytes if is_upload else min(PLAIN_BYTES, self._max_bytes)


def _too_large(limit: int) -> Invalid:
    return Invalid("too_large", name="", max_bytes=limit)
