"""An ASGI application asked by hand: what it was sent, what it answered, and when."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from records.errors import WenshuError
from services.asker import Asker


def scope_of(
    method: str = "GET",
    path: str = "/records/1",
    *,
    asker: str | None = None,
    headers: Sequence[tuple[str, str]] = (),
    client: str = "10.0.0.1",
) -> Scope:
    """A request; with an asker as if `KnownAskers` had seen it."""
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "client": (client, 1),
    }
    if asker is not None:
        scope["state"] = {"asker": Asker(asker)}
    return scope


class Conversation:
    """One request in progress: pieces of its body are sent, and its client may hang up."""

    def __init__(self, app: ASGIApp, scope: Scope) -> None:
        self.scope = scope
        self.answer: list[Message] = []
        self._incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.task = asyncio.ensure_future(app(scope, self._incoming.get, self._send))

    def sends(self, body: bytes = b"", *, more: bool = False) -> "Conversation":
        """A piece of the body; the last one unless there is more."""
        self._incoming.put_nowait({"type": "http.request", "body": body, "more_body": more})
        return self

    def hangs_up(self) -> None:
        """The client goes away."""
        self._incoming.put_nowait({"type": "http.disconnect"})

    @property
    def status(self) -> int:
        """The status of the answer; 0 while there is none."""
        return int(self.answer[0]["status"]) if self.answer else 0

    async def _send(self, message: Message) -> None:
        self.answer.append(message)


def tell(_: Scope, error: WenshuError) -> ASGIApp:
    """Answers an error with its reason as the body."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": error.reason.encode()})

    return answered


async def settled() -> None:
    """Let everything that can go on go on."""
    for _ in range(30):
        await asyncio.sleep(0)


def run(talk: Callable[[], Awaitable[None]]) -> None:
    """Run a conversation, in a thread of its own: that of the tests may have a browser's loop."""

    async def within() -> None:
        async with asyncio.timeout(30):
            await talk()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(within())).result()
