"""Bodies of objects on S3, streamed; what breaks off is taken up again where it broke."""

from collections.abc import Iterator
from http import HTTPStatus

from minio import Minio
from minio.error import S3Error
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from records.errors import Unavailable
from records.identity import ObjectKey
from storage.s3_faults import fault_of, translated
from storage.s3_place import S3Place

_PIECE_BYTES = 1 << 20
_RESUMED = 3


class S3Bodies:
    """Reads objects of one bucket."""

    def __init__(self, place: S3Place, minio: Minio) -> None:
        self._place = place
        self._minio = minio

    def read(self, key: ObjectKey, *, start: int, length: int | None) -> Iterator[bytes]:
        """At most `length` bytes (None: all) from `start`, in pieces of at most 1 MiB.

        The request is made at once: raises NotFound and Unavailable before the first piece.
        """
        response = self._open(key, start, length, etag=None)
        return iter(()) if response is None else self._pieces(key, response, start, length)

    def _open(
        self, key: ObjectKey, start: int, length: int | None, *, etag: str | None
    ) -> BaseHTTPResponse | None:
        """The answer, its body not read yet; None when the range begins beyond the end.

        With an `etag`, only for the object that has it: two objects are never joined.
        """
        condition: dict[str, str | list[str] | tuple[str]] = {}
        if etag:
            condition["If-Match"] = f'"{etag}"'
        try:
            with translated(key):
                response = self._minio.get_object(
                    self._place.bucket,
                    self._place.name_of(key),
                    offset=start,
                    length=length or 0,
                    request_headers=condition,
                )
        except Unavailable as error:
            if _status(error.__cause__) == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                return None
            raise
        if start and response.status != HTTPStatus.PARTIAL_CONTENT:
            response.close()
            raise Unavailable("store_fault", key=key, detail="answered another range")
        return response

    def _pieces(
        self, key: ObjectKey, first: BaseHTTPResponse, start: int, length: int | None
    ) -> Iterator[bytes]:
        response: BaseHTTPResponse | None = first
        etag = first.headers.get("etag", "").strip('"')
        position = start
        for attempt in range(1 + _RESUMED):
            if response is None:
                return
            try:
                for piece in response.stream(_PIECE_BYTES):
                    position += len(piece)
                    yield piece
            except HTTPError as error:
                if attempt == _RESUMED:
                    raise fault_of(error, key=key) from error
            else:
                response.release_conn()
                return
            finally:
                response.close()
            rest = None if length is None else start + length - position
            response = None if rest == 0 else self._open(key, position, rest, etag=etag)


def _status(error: BaseException | None) -> int | None:
    return error.response.status if isinstance(error, S3Error) else None
