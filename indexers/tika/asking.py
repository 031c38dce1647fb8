"""One try with one server: look whether it is well, send the file, take the answer."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

from indexers.tika.answer import Answer, read_answer
from indexers.tika.client import NETWORK_ERRORS, Connection, TikaClient
from indexers.tika.faults import CRASH, FileFault, ServerFault
from indexers.tika.json_stream import Broken
from indexers.tika.options import TikaOptions

_READ_BYTES = 1 << 16
_GREETING = "Apache Tika "
_GREETING_BYTES = 200
_OK = 200
_OUT_OF_MEMORY = 500
"""`/rmeta` tells faults of parsers inside a good answer; 500 is what an OutOfMemoryError gives, and
the forked process ends after it (seen with 3.3.2)."""


class Asking:
    """Talks with servers; every connection serves one file."""

    def __init__(self, options: TikaOptions) -> None:
        self._options = options
        self._client = TikaClient()
        self._live: set[Connection] = set()
        self._lock = threading.Lock()

    def version(self, address: str) -> str:
        """The version of a server, such as ``3.3.2``. Raises ServerFault."""
        with self._connected(address) as connection:
            return self._look(connection)

    def read(self, address: str, path: Path, *, name: str) -> Answer:
        """The answer to a file that is sent under `name`. Raises ServerFault, FileFault."""
        with self._connected(address) as connection:
            version = self._look(connection)
            if version != self._options.server_version:
                raise ServerFault("other_version")
            return self._send(connection, path, name)

    def close(self) -> None:
        """Cut all connections; who waits on one gets a fault."""
        with self._lock:
            for connection in self._live:
                connection.cut()

    def _look(self, connection: Connection) -> str:
        """A server that has just answered was well before the file came."""
        try:
            with connection.within(self._options.look_s):
                status, answer = connection.ask("get", "/version", body=None, headers={})
                text = answer.read(_GREETING_BYTES).decode("ascii", "replace").strip()
                if not answer.isclosed():
                    raise ServerFault("no_tika")
        except NETWORK_ERRORS as error:
            raise ServerFault("no_answer") from error
        if status != _OK:
            raise ServerFault("not_ready")
        if not text.startswith(_GREETING):
            raise ServerFault("no_tika")
        return text.removeprefix(_GREETING)

    def _send(self, connection: Connection, path: Path, name: str) -> Answer:
        size_bytes = path.stat().st_size
        granted_s = self._options.granted_s(size_bytes)
        headers = self._headers(name, size_bytes, granted_s)
        began = time.monotonic()
        with path.open("rb") as body:
            try:
                with connection.within(granted_s + self._options.grace_s):
                    status, answer = connection.ask("put", "/rmeta/xml", body=body, headers=headers)
                    _refuse(status)
                    return self._take(answer)
            except Broken as error:
                if connection.expired:  # where the end of the connection ends the answer
                    raise FileFault("timeout") from error
                raise ServerFault("no_answer") from error
            except NETWORK_ERRORS as error:
                late = connection.expired or time.monotonic() - began >= granted_s
                raise FileFault("timeout" if late else CRASH) from error

    def _take(self, answer: HTTPResponse) -> Answer:
        return read_answer(
            lambda: answer.read1(_READ_BYTES),
            limits=self._options.reading,
            most_bytes=self._options.answer_bytes,
        )

    def _headers(self, name: str, size_bytes: int, granted_s: float) -> dict[str, str]:
        return {
            "Accept": "application/json",
            "Content-Type": "application/octet-stream",
            "Content-Length": str(size_bytes),
            "Content-Disposition": f"attachment; filename={name}",
            "X-Tika-Timeout-Millis": str(int(granted_s * 1000)),
            "writeLimit": str(self._options.reading.characters + 1),
            "maxEmbeddedResources": str(self._options.reading.parts),
            # Characters of scans are recognised behind a port of their own.
            "X-Tika-OCRskipOcr": "true",
        }

    @contextmanager
    def _connected(self, address: str) -> Iterator[Connection]:
        connection = self._client.connect(address, connect_s=self._options.connect_s)
        with self._lock:
            self._live.add(connection)
        try:
            yield connection
        finally:
            with self._lock:
                self._live.discard(connection)
            connection.close()


def _refuse(status: int) -> None:
    """Raises for every status but 200: a fault of the file only where the file was read."""
    if status == _OUT_OF_MEMORY:
        raise FileFault("memory")
    if status != _OK:
        raise ServerFault("not_ready" if status in (429, 502, 503, 504) else "refused")
