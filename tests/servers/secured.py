"""A gateway as offices put before a cluster: TLS by an authority of its own, a key to sign in."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.answering import QuietHandler, answering

_HOP = {"connection", "transfer-encoding", "content-length"}
_DENIED = b'{"error":{"type":"security_exception"},"status":401}'


@contextmanager
def secured(address: str, certificate: Path, *, authorization: str) -> Iterator[str]:
    """The address under which the server at `address` answers to those who are authorised.

    `certificate` is a file of `tests.servers.tls.make_certificate`.
    """
    behind = urlsplit(address).netloc

    class Handler(QuietHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") != authorization:
                self._answer(401, {"Content-Type": "application/json"}, _DENIED)
                return
            headers = {k: v for k, v in self.headers.items() if k.lower() != "authorization"}
            connection = HTTPConnection(behind, timeout=60)
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            kept = {k: v for k, v in answer.getheaders() if k.lower() not in _HOP}
            self._answer(answer.status, kept, content)
            connection.close()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with answering(Handler, tls=context) as reached:
        yield reached
