"""A gateway as offices put before a cluster: TLS by an authority of its own, a key to sign in."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.answering import QuietHandler, answering
from tests.servers.program import HOST

_HOP = {"connection", "transfer-encoding", "content-length"}
_DENIED = b'{"error":{"type":"security_exception"},"status":401}'


@contextmanager
def secured(address: str, certificate: Path, *, authorization: str) -> Iterator[str]:
    """The address under which the server at `address` answers to those who are authorised.

    `certificate` is a PEM file of a certificate with its key, as `make_certificate` makes it.
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


def make_certificate(path: Path) -> Path:
    """A certificate for this machine that signs itself, with its key, in one PEM file."""
    key = path.with_suffix(".key")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=wenshu-tests", "-addext", f"subjectAltName=IP:{HOST}"]
    subprocess.run(
        [*command, *names, "-keyout", str(key), "-out", str(path)], check=True, capture_output=True
    )
    with path.open("ab") as whole:
        whole.write(key.read_bytes())
    return path
