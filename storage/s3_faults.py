"""The one table from what S3 and its client say to the errors of the house.

Statuses decide, not the vendors' words: for one refusal MinIO says ``InvalidRequest`` and
SeaweedFS ``AccessDenied``. The one word that is needed is ``NoSuchBucket``, of the S3 reference
itself, since a lost bucket must not look like a lost object.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from xml.etree.ElementTree import ParseError

from minio.error import MinioException, S3Error, ServerError
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError

from records.errors import Conflict, NotFound, Unavailable, WenshuError

_NO_BUCKET = "NoSuchBucket"

REASONS: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "store_denied",
    HTTPStatus.FORBIDDEN: "store_denied",
    HTTPStatus.CONFLICT: "store_busy",
    HTTPStatus.TOO_MANY_REQUESTS: "store_busy",
    HTTPStatus.SERVICE_UNAVAILABLE: "store_busy",
    HTTPStatus.INSUFFICIENT_STORAGE: "store_full",
}
"""Status → reason of Unavailable; every status that is not named is a ``store_fault``."""

FAULTS: tuple[type[Exception], ...] = (
    MinioException,
    HTTPError,
    OSError,
    ParseError,
    ValueError,
)
"""Everything the client raises: its own, those of its connections, and for answers that are no
XML or not the XML it knows."""


def fault_of_status(status: int, *, key: str, detail: str = "") -> WenshuError:
    """The error for an answer of that status that is none of the successes."""
    if status == HTTPStatus.NOT_FOUND:
        return NotFound("unknown_object", key=key)
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Conflict("exists", key=key)
    reason = REASONS.get(status, "store_fault")
    return Unavailable(reason, key=key, detail=f"{status} {detail}".strip())


def fault_of(error: Exception, *, key: str) -> WenshuError:
    """The error of the house for one of `FAULTS`; one of the house stays what it is."""
    if isinstance(error, WenshuError):
        return error
    if isinstance(error, S3Error):
        if error.code == _NO_BUCKET:
            return Unavailable("no_bucket", key=key, bucket=error.bucket_name)
        return fault_of_status(error.response.status, key=key, detail=error.code or "")
    if isinstance(error, ServerError):
        return fault_of_status(error.status_code, key=key)
    return Unavailable(_reason_of(error), key=key, detail=str(error)[:200])


def _reason_of(error: Exception) -> str:
    """Of a call that got no answer from a store: none came, or one that no store gives."""
    reason = error.reason if isinstance(error, MaxRetryError) else error
    if isinstance(reason, SSLError):
        return "store_untrusted"
    if isinstance(reason, HTTPError | ConnectionError | TimeoutError):
        return "store_unreachable"
    return "store_fault"


@contextmanager
def translated(key: str) -> Iterator[None]:
    """Errors of S3 and its client as errors of the house."""
    try:
        yield
    except FAULTS as error:
        raise fault_of(error, key=key) from error
