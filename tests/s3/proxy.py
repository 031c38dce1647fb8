"""A real HTTP proxy before an S3 server, that can lose, change and refuse requests."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext, SSLError
from threading import Thread
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes out."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


Forward = Callable[[Sent], Reply]
Behaviour = Callable[[Sent, Forward], Reply | None]
"""What becomes of a request; None cuts the connection without an answer."""


def honest(sent: Sent, forward: Forward) -> Reply:
    """Pass everything on."""
    return forward(sent)


class Proxy:
    """Behaves as told; `behaviour` may be changed at any time."""

    def __init__(self, address: str, tls: SSLContext | None) -> None:
        self.behaviour: Behaviour = honest
        self.seen: list[Sent] = []
        self.cut_bodies_at = 0
        """Bodies of answers that carry ``X-Cut`` break off after so many bytes."""
        self._target = urlsplit(address).netloc
        self._server = _Server(self)
        if tls is not None:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def endpoint(self) -> str:
        """Where it listens, as HOST:PORT."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def forward(self, sent: Sent) -> Reply:
        """Ask the server behind."""
        connection = HTTPConnection(self._target, timeout=30)
        try:
            connection.request(sent.method, sent.path, body=sent.body, headers=sent.headers)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not trust us hangs up: no news."""
        if not isinstance(sys.exc_info()[1], SSLError | ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_request(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        sent = Sent(self.command, self.path, dict(self.headers), self.rfile.read(length))
        proxy = self.server.proxy
        proxy.seen.append(sent)
        reply = proxy.behaviour(sent, proxy.forward)
        self.close_connection = True
        if reply is None:
            return
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        is_head = self.command == "HEAD"
        told = {name.lower(): value for name, value in reply.headers.items()}
        length_told = told.get("content-length", "0") if is_head else str(len(reply.body))
        self.send_header("Content-Length", length_told)
        self.send_header("Connection", "close")
        self.end_headers()
        if not is_head:
            end = self.server.proxy.cut_bodies_at if "x-cut" in told else len(reply.body)
            self.wfile.write(reply.body[:end])

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = handle_request  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay silent."""


@contextmanager
def proxy_before(address: str, *, tls: SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy that listens until the end of the context; with `tls`, for HTTPS."""
    proxy = Proxy(address, tls)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
