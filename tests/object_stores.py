"""Object stores of every kind for the tests, each at a place of its own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from storage.filesystem_store import FilesystemObjectStore
from storage.memory_store import MemoryObjectStore
from storage.minio_store import MinioObjectStore
from storage.s3_bucket import make_bucket
from storage.s3_place import S3Place
from tests.servers.registry import SERVERS
from tests.servers.seaweedfs import ACCESS_KEY, SECRET_KEY
from tests.servers.server import address_of, is_required, variable

AnyStore = FilesystemObjectStore | MemoryObjectStore | MinioObjectStore

_MINIO = ["minio"] if is_required("minio") or variable("minio") in os.environ else []
S3_KINDS = ["seaweedfs", *_MINIO]
DURABLE_KINDS = ["filesystem", *S3_KINDS]
KINDS = ["memory", *DURABLE_KINDS]


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder; other processes may open it too."""

    folder: Path

    def open(self) -> FilesystemObjectStore:
        """The store there."""
        return FilesystemObjectStore(self.folder)


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """A bucket, or a part of one; other processes may open it too."""

    s3: S3Place

    def open(self) -> MinioObjectStore:
        """The store there."""
        return MinioObjectStore(self.s3)


class Places:
    """Hands out places; a server is started, or found, with the first place on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._buckets: dict[str, S3Place] = {}
        self._stack = ExitStack()

    def fresh(self, kind: str) -> FolderPlace | BucketPlace:
        """A place of that kind with nothing in it."""
        name = uuid.uuid4().hex
        if kind == "filesystem":
            return FolderPlace(self._folder / name)
        if kind not in self._buckets:
            address = self._stack.enter_context(address_of(SERVERS[kind]))
            self._buckets[kind] = made_bucket(address)
        bucket = self._buckets[kind]
        return BucketPlace(within(bucket, f"t-{name}"))

    def address(self, kind: str) -> str:
        """Where the server of that kind answers."""
        self.fresh(kind)
        return f"http://{self._buckets[kind].endpoint}"

    def close(self) -> None:
        """Stop what was started here."""
        self._stack.close()


def made_bucket(address: str, *, object_lock: bool = False) -> S3Place:
    """A new bucket on the server at that address."""
    place = S3Place(
        endpoint=urlsplit(address).netloc,
        bucket=f"wenshu-{uuid.uuid4().hex[:20]}",
        access_key=ACCESS_KEY,
        secret_key=SECRET_KEY,
    )
    assert make_bucket(place, object_lock=object_lock)
    return place


def within(place: S3Place, prefix: str) -> S3Place:
    """A part of a bucket."""
    return S3Place(
        endpoint=place.endpoint,
        bucket=place.bucket,
        access_key=place.access_key,
        secret_key=place.secret_key,
        prefix=prefix,
        region=place.region,
    )


@contextmanager
def opened(places: Places, kind: str) -> Iterator[AnyStore]:
    """An empty store of that kind."""
    if kind == "memory":
        yield MemoryObjectStore()
        return
    store = places.fresh(kind).open()
    try:
        yield store
    finally:
        if isinstance(store, MinioObjectStore):
            store.close()
