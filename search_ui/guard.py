"""Guards every answer and every changing request of the pages.

Headers: a policy without inline script or style, nothing framed, nothing sniffed. Requests that
change something must come from a page of this very origin: browsers send `Origin` with every POST
(Fetch standard, 3.2), so a form on another site is refused without tokens in forms. SameSite=Lax on
the session cookie stands behind it.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

PAGE_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


class PageGuard:
    """Adds the headers that an answer does not set itself, and refuses foreign changes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in PAGE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and not comes_from_here(headers):
            await PlainTextResponse("foreign origin", status_code=403)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def comes_from_here(headers: Headers) -> bool:
    """Whether a request was sent by a page of this host: by `Origin`, else by `Referer`.

    The scheme is not compared: behind a proxy the server does not see the browser's.
    """
    named = headers.get("origin") or headers.get("referer") or ""
    host = urlsplit(named).netloc
    return bool(host) and host == headers.get("host")
