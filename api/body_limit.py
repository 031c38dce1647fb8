"""Refuses request bodies that are too large before they are stored anywhere."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from records.errors import Invalid


class BodyLimit:
    """Answers 413 to a body longer than `max_bytes`, announced or counted."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self._max_bytes:
            await self._refuse(scope, receive, send)
            return
        counted = 0

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > self._max_bytes:
                raise Invalid("too_large", name="", max_bytes=self._max_bytes)
            return message

        await self._app(scope, counting, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = problem(Invalid("too_large", name="", max_bytes=self._max_bytes))
        await answer(scope, receive, send)
