"""The `tika` client, contained, over connections of our own.

Of the client (3.3.2) its one way to a server is used, `callServer`, in client-only mode: it builds
the address of the service, and takes the function that sends as an argument (`httpVerbs`). That
function is ours, since the client's own keeps the whole answer in memory, checks no certificate,
follows redirects and obeys proxies of the environment. At import the client opens a log in the
temporary folder and reads a dozen variables; both are prevented here.
"""

import importlib
import logging
import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from records.errors import Invalid

_CONTAINED = {"TIKA_CLIENT_ONLY": "1", "TIKA_LOG_FILE": ""}
_SEND_BYTES = 1 << 18

NETWORK_ERRORS = (OSError, HTTPException, ValueError)
"""All that a connection raises: sockets, names, TLS, time, and answers that are no HTTP."""


class TikaClient:
    """Opens connections to servers."""

    def __init__(self) -> None:
        with _environment(_CONTAINED):
            self._tika = cast("Any", importlib.import_module("tika.tika"))
        # Somebody else may have imported it before us, in another mood.
        self._tika.TikaClientOnly = True
        self._tika.log.setLevel(logging.ERROR)

    def connect(self, address: str, *, connect_s: float) -> "Connection":
        """A connection that is made with its first question."""
        return Connection(self._tika.callServer, address, connect_s=connect_s)


class Connection:
    """One connection to one server, for one question after the other, in one thread."""

    def __init__(self, call_server: Any, address: str, *, connect_s: float) -> None:
        self._call_server = call_server
        self._address = address
        place = urlsplit(address)
        kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
        self._http = kind(
            place.hostname or "", place.port, timeout=connect_s, blocksize=_SEND_BYTES
        )
        self._socket: socket.socket | None = None
        """That of the client is gone once it knows that the answer ends with the connection."""
        self.expired = False
        """Whether the time that a question was given ran out."""

    def ask(
        self,
        verb: str,
        service: str,
        *,
        body: BinaryIO | None,
        headers: Mapping[str, str],
    ) -> tuple[int, HTTPResponse]:
        """Status and answer, of which nothing has been read. Raises `NETWORK_ERRORS`."""
        answer: tuple[int, HTTPResponse] = self._call_server(
            verb,
            self._address,
            service,
            body,
            dict(headers),
            httpVerbs={"get": self._get, "put": self._put},
            rawResponse=True,
        )
        return answer

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Whatever happens inside ends after so long: the connection is cut."""
        self.expired = False
        cutting = threading.Timer(seconds, self._expire)
        cutting.daemon = True
        cutting.start()
        try:
            yield
        finally:
            cutting.cancel()

    def cut(self) -> None:
        """End it from another thread: who waits on it gets an error."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def close(self) -> None:
        """Give it back."""
        self._http.close()

    def _expire(self) -> None:
        self.expired = True
        self.cut()

    def _get(self, url: str, _params: None, *, headers: dict[str, str], **_: Any) -> "_Answer":
        return self._send("GET", url, None, headers)

    def _put(self, url: str, data: BinaryIO, *, headers: dict[str, str], **_: Any) -> "_Answer":
        return self._send("PUT", url, data, headers)

    def _send(
        self, method: str, url: str, body: BinaryIO | None, headers: dict[str, str]
    ) -> "_Answer":
        place = urlsplit(url)
        if self._http.sock is None:
            self._http.connect()
            self._socket = self._http.sock
        # From here on `within` watches over the time; while connecting it had nothing to cut.
        if self.expired:
            raise TimeoutError
        self._http.sock.settimeout(None)
        self._http.request(method, place.path, body, headers)
        return _Answer(self._http.getresponse())


class _Answer:
    """What `callServer` asks of an answer of requests."""

    def __init__(self, response: HTTPResponse) -> None:
        self.status_code = response.status
        self.content = response
        self.encoding = ""


def checked_address(address: str) -> str:
    """The address without its last slash. Raises Invalid (``bad_server_address``)."""
    place = urlsplit(address)
    try:
        fine = place.scheme in ("http", "https") and place.hostname and place.port != 0
    except ValueError:
        fine = None
    if not fine or place.query or place.fragment or place.username is not None:
        raise Invalid("bad_server_address", address=address.rpartition("@")[2])
    return address.rstrip("/")


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """These variables for a moment, then the old ones again."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
