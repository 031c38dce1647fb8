"""Creation on S3 of which exactly one of racing callers comes through.

`put_object` of the client cannot send a condition: given as metadata it silently becomes metadata.
So the request is made here, at the address that the client gives, with ``If-None-Match: *`` and
signed by the client's own signer. The condition and the SHA-256 of the body are part of the
signature: whoever strips one on the way makes the request invalid, not unconditional.

A request whose outcome is not known is settled by reading back: each creation carries a mark of
its own as metadata, so equal bodies of two callers are told apart.
"""

import hashlib
import time
import uuid
from base64 import b64encode
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from ssl import SSLCertVerificationError
from typing import BinaryIO

from urllib3.exceptions import ConnectTimeoutError

from records.errors import Conflict, Invalid, Unknown, WenshuError
from storage.s3_faults import FAULTS, fault_of, fault_of_status
from storage.s3_requests import S3Requests

MAX_BYTES = 5 << 30
"""The largest body of one PUT (S3 user guide, "Uploading objects"); beyond it needs parts."""

_MARK = "x-amz-meta-wenshu-write"
_PAUSES_S = (0.05, 0.2, 0.8)
_PASSING = frozenset({"store_busy", "store_unreachable"})
"""Faults by which nothing was done and that may be over in a moment."""

_UNTOLD = frozenset(
    {
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""Answers that do not tell whether the object was created."""


@dataclass(frozen=True, slots=True)
class _Creation:
    """One object on its way: all that is the same in every attempt."""

    key: str
    body: bytes | Path
    size: int
    digest: bytes
    mark: str


class ExclusivePut:
    """Creates objects in one bucket, each only where there is none."""

    def __init__(self, requests: S3Requests, *, timeout_s: float) -> None:
        self._requests = requests
        self._patience_s = 2 * timeout_s

    def put(self, key: str, body: bytes | Path) -> None:
        """Create the object. A file is streamed: once for its digest, once to be sent.

        Raises Conflict (``exists``), Unknown (``outcome_unknown``), Unavailable, and Invalid
        (``too_large``) for a body of more than 5 GiB.
        """
        creation = _creation(key, body)
        deadline = time.monotonic() + self._patience_s
        was_sent = doubtful = False
        for pause_s in (*_PAUSES_S, None):
            fault = self._attempt(creation)
            if fault is None:
                return
            doubtful = doubtful or isinstance(fault, Unknown)
            if not (was_sent or doubtful or fault.reason in _PASSING):
                raise fault
            was_sent = was_sent or fault.reason != "store_unreachable"
            standing = self._standing(creation) if was_sent else None
            if standing == creation.mark:
                return
            if standing is not None:
                raise Conflict("exists", key=key) from fault
            if pause_s is None or time.monotonic() > deadline:
                if doubtful:
                    raise Unknown("outcome_unknown", key=key) from fault
                raise fault
            time.sleep(pause_s)

    def _attempt(self, creation: _Creation) -> WenshuError | None:
        """None when it was created; Unknown when that cannot be told; else why it was not."""
        headers = {
            "If-None-Match": "*",
            "Content-Length": str(creation.size),
            "Content-Type": "application/octet-stream",
            _MARK: creation.mark,
            "x-amz-checksum-sha256": b64encode(creation.digest).decode(),
        }
        try:
            with _opened(creation.body) as body:
                answer = self._requests.put(creation.key, body, headers, digest=creation.digest)
        except FAULTS as error:
            if _is_before_sending(error):
                return fault_of(error, key=creation.key)
            return Unknown("outcome_unknown", key=creation.key, detail=str(error)[:200])
        if answer.status == HTTPStatus.OK:
            return None
        if answer.status in _UNTOLD:
            return Unknown("outcome_unknown", key=creation.key, detail=str(answer.status))
        return fault_of_status(answer.status, key=creation.key, detail=_told(answer.data))

    def _standing(self, creation: _Creation) -> str | None:
        """The mark of the object under that name, None when there is none or nobody says."""
        try:
            answer = self._requests.head(creation.key, is_repeated=False)
        except FAULTS:
            return None
        return answer.headers.get(_MARK, "") if answer.status == HTTPStatus.OK else None


def _told(body: bytes) -> str:
    """The beginning of what the server says; the cut may go through a character."""
    return body[:200].decode(errors="replace")


def _is_before_sending(error: Exception) -> bool:
    """Whether no connection came about, or none to a server that is trusted."""
    is_untrusted = any(isinstance(cause, SSLCertVerificationError) for cause in error.args)
    return is_untrusted or isinstance(error, ConnectTimeoutError)


def _opened(body: bytes | Path) -> BinaryIO:
    return BytesIO(body) if isinstance(body, bytes) else body.open("rb")


def _creation(key: str, body: bytes | Path) -> _Creation:
    if isinstance(body, bytes):
        size, digest = len(body), hashlib.sha256(body).digest()
    else:
        size = body.stat().st_size
        if size > MAX_BYTES:
            raise Invalid("too_large", name=key, max_bytes=MAX_BYTES)
        with body.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
    return _Creation(key, body, size, digest, uuid.uuid4().hex)
