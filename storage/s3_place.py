"""Where a store on S3 lies, and the connections to it."""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import certifi
from minio import Minio
from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.exceptions import TimeoutError as OutOfTime

CONNECT_S = 5.0
"""A server that does not take a connection within so long is down."""

ANSWER_S = 10.0
"""A server that says nothing for so long does not answer; a request may end after two of these,
so that a frozen store holds nobody for a minute."""

WRITTEN_BYTES_S = 20_000_000
"""Of a body that was sent: so much longer may the answer take (a slow disk writes it so fast)."""

_READS_AGAIN = 3
_BACKOFF_S = 0.1
_SENT_BYTES = 1 << 18
"""A file goes out in pieces of so many bytes."""

_TRANSIENT = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class S3Place:
    """A bucket, and a folder in it, of one server.

    `endpoint` is ``HOST:PORT``; `prefix` holds no slash at either end and may be empty; `ca` is a
    file with the certificates of an authority of one's own, in PEM.
    """

    endpoint: str
    bucket: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    prefix: str = ""
    region: str = "us-east-1"
    secure: bool = False
    ca: Path | None = None

    def name_of(self, key: str) -> str:
        """The name in the bucket of the object with that key; also of a prefix of keys."""
        return f"{self.prefix}/{key}" if self.prefix else key

    def key_of(self, name: str) -> str:
        """The reverse of `name_of`."""
        return name.removeprefix(f"{self.prefix}/") if self.prefix else name


class _NotAfterSilence(Retry):
    """Gives up at the first time-out."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """As that of urllib3; raises a time-out as it came."""
        if isinstance(error, OutOfTime) and not isinstance(error, NewConnectionError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


def connections(place: S3Place, *, count: int, timeout_s: float) -> PoolManager:
    """Connections to the server, `count` of them kept open.

    Reading calls are repeated when the connection breaks or the server says that it is busy or at
    fault; a writing call only when no connection came about, since then nothing was sent. None is
    repeated after a time-out: whoever waits has waited long enough.
    """
    return PoolManager(
        maxsize=count,
        timeout=Timeout(connect=CONNECT_S, read=timeout_s),
        retries=_NotAfterSilence(
            total=_READS_AGAIN,
            read=1,
            redirect=0,
            allowed_methods={"GET", "HEAD"},
            status_forcelist=_TRANSIENT,
            backoff_factor=_BACKOFF_S,
            raise_on_status=False,
            respect_retry_after_header=False,
        ),
        blocksize=_SENT_BYTES,
        cert_reqs="CERT_REQUIRED",
        ca_certs=str(place.ca) if place.ca else certifi.where(),
    )


def client(place: S3Place, http: PoolManager) -> Minio:
    """The vendor's client over these connections."""
    return Minio(
        place.endpoint,
        access_key=place.access_key,
        secret_key=place.secret_key,
        secure=place.secure,
        region=place.region,
        http_client=http,
    )
