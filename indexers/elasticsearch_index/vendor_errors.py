"""Errors of the client as errors of the house: the one table."""

from collections.abc import Iterator
from contextlib import contextmanager

import elastic_transport
import elasticsearch

from records.errors import Unavailable

VENDOR = (elastic_transport.TransportError, elastic_transport.ApiError)
"""What the client raises; `elasticsearch.ApiError` and all others are of these two."""

MISSING = "index_missing"
UNREACHABLE = "index_unreachable"
UNTRUSTED = "index_untrusted"
BUSY = "index_busy"
DENIED = "index_denied"
REJECTED = "index_rejected"

_BY_CLASS: dict[type[Exception], str] = {
    elastic_transport.TransportError: UNREACHABLE,
    elastic_transport.TlsError: UNTRUSTED,
    elastic_transport.SerializationError: REJECTED,
    elasticsearch.UnsupportedProductError: REJECTED,
}
_BY_STATUS = {401: DENIED, 403: DENIED, 404: MISSING, 408: BUSY, 429: BUSY}
_SERVER_FAULT = 500

REPLACED = frozenset({404, 503})
"""Answers where an index is deleted that was in use a moment before: ask once more."""

GONE = "index_not_found_exception"


def reason(error: Exception) -> str:
    """The stable word for an error of the client: total, by class and then by status."""
    for parent in type(error).__mro__:
        if parent in _BY_CLASS:
            return _BY_CLASS[parent]
    status = status_of(error)
    if status >= _SERVER_FAULT:
        return UNREACHABLE
    return _BY_STATUS.get(status, REJECTED)


def status_of(error: Exception) -> int:
    """The HTTP status, 0 where nothing was answered."""
    return error.meta.status if isinstance(error, elastic_transport.ApiError) else 0


def is_about(error: Exception, kind: str) -> bool:
    """Whether the server named this kind of fault, at whatever depth of its answer."""
    return isinstance(error, elastic_transport.ApiError) and kind in str(error.body)


@contextmanager
def told() -> Iterator[None]:
    """Errors of the client leave this context as Unavailable."""
    try:
        yield
    except VENDOR as error:
        raise unavailable(error) from error


def unavailable(error: Exception) -> Unavailable:
    """An error of the client as an error of the house; the server's own words are for the log."""
    return Unavailable(reason(error), status=status_of(error), detail=str(error)[:300])
