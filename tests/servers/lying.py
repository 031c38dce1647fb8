"""A server that greets like Tika and then answers what a test tells it to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from tests.servers.answering import QuietHandler, answering
from tests.servers.tika import VERSION

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def lying(answer: Answer, *, greeting: str = f"Apache Tika {VERSION}") -> Iterator[str]:
    """Its address; `answer` replies to every file."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802
            send(self, greeting.encode())

        def do_PUT(self) -> None:  # noqa: N802
            left = int(self.headers["Content-Length"])
            while left:
                left -= len(self.rfile.read(min(left, 1 << 16)))
            self.close_connection = True
            answer(self)

    with answering(Handler) as address:
        yield address


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    """A plain answer."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
