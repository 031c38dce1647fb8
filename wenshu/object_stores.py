"""Opens an object store by its address: a folder, or a bucket on S3."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from records.errors import Invalid
from storage.filesystem_store import FilesystemObjectStore
from storage.minio_store import MinioObjectStore
from storage.s3_place import S3Place
from storage.s3_probe import probe
from wenshu.secret_settings import secret

SCHEMES = {"s3+http": False, "s3+https": True}
"""Schemes of addresses on S3, and whether the connection is sealed."""

AnyStore = FilesystemObjectStore | MinioObjectStore


@contextmanager
def open_store(address: str, environment: Mapping[str, str] = os.environ) -> Iterator[AnyStore]:
    """The store at a folder's path or ``s3+http://HOST:PORT/BUCKET[/PREFIX]``, closed at the end.

    A bucket is tried first (`storage.s3_probe`). Raises Invalid (``bad_store_address``), and
    Refused and Unavailable as the probe.
    """
    if "://" not in address:
        yield FilesystemObjectStore(Path(address))
        return
    store = MinioObjectStore(place_of(address, environment))
    try:
        probe(store, needs_object_lock=False)
        yield store
    finally:
        store.close()


def place_of(address: str, environment: Mapping[str, str]) -> S3Place:
    """Where a bucket lies; credentials come from the environment, never from the address."""
    parts = urlsplit(address)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in SCHEMES or not parts.netloc or not bucket or "@" in parts.netloc:
        shown = parts._replace(netloc=parts.hostname or "").geturl()
        raise Invalid("bad_store_address", given=shown)
    ca = environment.get("WENSHU_S3_CA")
    return S3Place(
        endpoint=parts.netloc,
        bucket=bucket,
        access_key=secret("WENSHU_S3_ACCESS_KEY", environment),
        secret_key=secret("WENSHU_S3_SECRET_KEY", environment),
        prefix=prefix,
        region=environment.get("WENSHU_S3_REGION") or "us-east-1",
        secure=SCHEMES[parts.scheme],
        ca=Path(ca) if ca else None,
    )
