"""A small server in a thread of the test, for answers that real servers do not give."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer

from tests.servers.program import HOST


class QuietHandler(BaseHTTPRequestHandler):
    """Says nothing on the console."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def answering(handler: type[QuietHandler], *, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server with that handler, which ends with the context."""
    server = ThreadingHTTPServer((HOST, 0), handler)
    server.daemon_threads = True
    if tls is not None:
        # A client that does not trust us hangs up in the middle of its greeting: no error of ours.
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    with server, serving(server):
        yield f"{'https' if tls else 'http'}://{HOST}:{server.server_port}"


@contextmanager
def serving(server: BaseServer) -> Iterator[None]:
    """The server answers in a thread as long as the context lasts."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
