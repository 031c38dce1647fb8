"""Names every request, or takes the name that a proxy gave it, and answers with the name."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.trace import REQUEST, request_name

HEADER = "X-Request-ID"


class RequestTrace:
    """Sets `services.trace.REQUEST` for the time of a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = request_name(Headers(scope=scope).get(HEADER))
        REQUEST.set(name)  # every request has a context of its own, so nothing is put back

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        await self._app(scope, receive, named)
