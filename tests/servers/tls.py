"""TLS before any server, by an authority of the tests' own."""

import select
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer

from tests.servers.answering import serving
from tests.servers.program import HOST

_PIECE_BYTES = 1 << 16


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


@contextmanager
def tls_before(address: str, certificate: Path) -> Iterator[str]:
    """``HOST:PORT`` at which the server at ``HOST:PORT`` is reached over TLS.

    `certificate` is a file of `make_certificate`. Bytes are passed on as they come.
    """
    host, port = address.split(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    reached: set[socket.socket] = set()

    class Passing(BaseRequestHandler):
        def handle(self) -> None:
            # A client that does not trust us hangs up in the middle of its greeting.
            with (
                suppress(OSError),
                context.wrap_socket(self.request, server_side=True) as near,
                socket.create_connection((host, int(port))) as far,
            ):
                reached.add(far)
                _pass_on(near, far)

    with ThreadingTCPServer((HOST, 0), Passing) as gateway:
        try:
            with serving(gateway):
                yield f"{HOST}:{gateway.server_address[1]}"
        finally:
            for far in reached:
                with suppress(OSError):
                    far.shutdown(socket.SHUT_RDWR)


def _pass_on(near: ssl.SSLSocket, far: socket.socket) -> None:
    """Until either side hangs up."""
    other: dict[socket.socket, socket.socket] = {near: far, far: near}
    while True:
        ready = [near] if near.pending() else select.select([near, far], [], [])[0]
        for source in ready:
            piece = source.recv(_PIECE_BYTES)
            if not piece:
                return
            other[source].sendall(piece)
