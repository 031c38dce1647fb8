"""The object store on S3: MinIO, SeaweedFS, or any other with conditional writes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from records.errors import Conflict, NotFound
from records.identity import ObjectKey
from records.ports.object_store import NewObject, ObjectStat
from storage.exclusive_put import ExclusivePut
from storage.keys import checked_key, is_key
from storage.object_lock import ObjectLock
from storage.s3_bodies import S3Bodies
from storage.s3_faults import fault_of_status, translated
from storage.s3_place import ANSWER_S, S3Place, client, connections
from storage.s3_requests import S3Requests
from storage.tree_order import in_key_order

_CALLERS = 48
"""Threads of a web server that may call at once, and some more; idle connections cost little."""


class MinioObjectStore:
    """Objects in a bucket, below a prefix.

    Threads are those of one store; it is made anew in every process (the client is not safe
    across a fork). Calls may come from any number of threads.
    """

    def __init__(self, place: S3Place, *, threads: int = 8, timeout_s: float = ANSWER_S) -> None:
        self.place = place
        self.at_once = threads
        self._http = connections(place, count=_CALLERS + threads, timeout_s=timeout_s)
        self.minio = client(place, self._http)
        self.lock = ObjectLock(place, self.minio)
        self._bodies = S3Bodies(place, self.minio)
        self._requests = S3Requests(place, self.minio, self._http, timeout_s=timeout_s)
        self._exclusive = ExclusivePut(self._requests, timeout_s=timeout_s)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="s3")

    def close(self) -> None:
        """Let threads and connections go."""
        self._threads.shutdown(cancel_futures=True)
        self._http.clear()

    def create(self, key: ObjectKey, body: bytes | Path) -> None:
        """As the port says. Raises Invalid (``too_large``) for more than 5 GiB."""
        with translated(key):
            self._exclusive.put(checked_key(key), body)

    def create_all(self, objects: Sequence[NewObject]) -> list[Conflict | None]:
        """As the port says: side by side; a key that stands twice is tried once."""
        first = {new.key: new for new in reversed(objects)}
        attempts = {key: self._threads.submit(self._attempt, new) for key, new in first.items()}
        wait(attempts.values())
        outcomes = {key: attempt.result() for key, attempt in attempts.items()}
        return [
            outcomes[new.key] if new is first[new.key] else Conflict("exists", key=new.key)
            for new in objects
        ]

    def replace(self, key: ObjectKey, body: bytes) -> None:
        """As the port says. Raises Refused (``object_held``)."""
        name = self._name(key)
        self.lock.refuse_held(key)
        with translated(key):
            self.minio.put_object(self.place.bucket, name, BytesIO(body), len(body))

    def read(self, key: ObjectKey) -> bytes:
        """As the port says."""
        return b"".join(self._bodies.read(checked_key(key), start=0, length=None))

    def stream(self, key: ObjectKey, *, start: int, length: int) -> Iterator[bytes]:
        """As the port says; a connection that breaks is taken up again where it broke."""
        if length <= 0:
            if self.stat(key) is None:
                raise NotFound("unknown_object", key=key)
            return iter(())
        return self._bodies.read(checked_key(key), start=start, length=length)

    def stat(self, key: ObjectKey) -> ObjectStat | None:
        """As the port says."""
        with translated(key):
            answer = self._requests.head(checked_key(key), is_repeated=True)
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if answer.status != HTTPStatus.OK:
            raise fault_of_status(answer.status, key=key)
        return ObjectStat(key, int(answer.headers["Content-Length"]))

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """As the port says; 1,000 objects a request."""
        if prefix and not is_key(prefix.removesuffix("/")):
            return iter(())  # no key begins so; servers differ in what they make of it
        return in_key_order(self._raw, prefix, after)

    def delete(self, key: ObjectKey) -> None:
        """As the port says. Raises Refused (``object_held``).

        In a bucket with versioning the bytes stay as an older version, which the bucket's
        life cycle removes.
        """
        name = self._name(key)
        self.lock.refuse_held(key)
        with translated(key):
            self.minio.remove_object(self.place.bucket, name)

    def _name(self, key: str) -> str:
        return self.place.name_of(checked_key(key))

    def _attempt(self, new: NewObject) -> Conflict | None:
        try:
            self.create(new.key, new.body)
        except Conflict as conflict:
            return conflict
        return None

    def _raw(self, prefix: str, start: str) -> Iterator[ObjectStat]:
        """As the server lists. Markers of folders, which end in a slash, are no objects."""
        name_of, key_of = self.place.name_of, self.place.key_of
        with translated(prefix):
            for found in self.minio.list_objects(
                self.place.bucket,
                prefix=name_of(prefix),
                recursive=True,
                start_after=name_of(start) if start else None,
            ):
                name = found.object_name or "/"
                if not name.endswith("/"):
                    yield ObjectStat(ObjectKey(key_of(name)), found.size or 0)
