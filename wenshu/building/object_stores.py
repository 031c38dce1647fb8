"""Opens an object store by its address: a folder, or a bucket of S3."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from records.errors import Invalid, Refused
from records.ports.object_store import ObjectStore
from records.ports.retention import Retention
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import is_key
from storage.minio_retention import MinioRetention
from storage.minio_store import MinioObjectStore
from storage.noted_retention import NotedRetention
from storage.s3_place import S3Place
from storage.s3_probe import probe, require_bucket
from wenshu.building.s3_access import S3Access

_SCHEMES = {"s3+http": False, "s3+https": True}
_BUCKET = re.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""S3 user guide, "General purpose bucket naming rules"."""

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store that was tried; `retention` is None where it cannot hold objects."""

    store: ObjectStore
    retention: Retention | None


def is_s3(address: str) -> bool:
    """Whether an address is that of a bucket, or else of a folder.

    Raises Invalid (``bad_store_address``) for an empty one, and for one with another ``scheme://``:
    as a folder it would be made where nobody looks for it.
    """
    scheme = _SCHEME.match(address)
    if not address.strip():
        raise _bad(address)  # the present folder is written as a dot
    if scheme is None:
        return address.startswith("s3+")
    if scheme[1].lower() not in _SCHEMES:
        raise _bad(address)
    return True


def s3_place(address: str, access: S3Access) -> S3Place:
    """The place of ``s3+http://HOST:PORT/BUCKET[/PREFIX]`` or ``s3+https://…``.

    Raises Invalid (``bad_store_address``), also when the address holds a key.
    """
    parts = _parts(address)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    odd = parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in _SCHEMES or not _BUCKET.fullmatch(bucket) or odd:
        raise _bad(address)
    if prefix and not is_key(prefix):
        raise _bad(address)
    return S3Place(
        endpoint=parts.netloc,
        bucket=bucket,
        prefix=prefix,
        access_key=access.access_key,
        secret_key=access.secret_key,
        region=access.region,
        secure=_SCHEMES[parts.scheme],
        ca=access.ca,
    )


def refuse_nested(source: str, target: str) -> None:
    """Refuse two places of which one lies in the other, before anything is made or opened.

    Links are followed. Raises Refused (``same_store``, ``nested_store``), Invalid
    (``bad_store_address``).
    """
    if is_s3(source) != is_s3(target):
        return
    one, other = _way_to(source), _way_to(target)
    if one == other:
        raise Refused("same_store")
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        raise Refused("nested_store")


@contextmanager
def opened_store(
    address: str, *, access: S3Access | None, for_writing: bool
) -> Iterator[OpenedStore]:
    """The store at that address, tried before it is handed out, closed at the end.

    A folder is made when it is missing, a bucket is not; a folder needs no `access`. A bucket that
    is only read from is not tried by writing. Raises what `storage.s3_probe.probe` raises,
    Unavailable for a folder, and Invalid.
    """
    if not is_s3(address):
        folder = FilesystemObjectStore(Path(address))
        yield OpenedStore(folder, NotedRetention(folder))
        return
    if access is None:
        raise Invalid("no_credentials", missing="WENSHU_S3_ACCESS_KEY")
    store = MinioObjectStore(s3_place(address, access))
    try:
        if for_writing:
            probe(store)
        else:
            require_bucket(store)
        held = MinioRetention(store, mode=access.lock_mode) if store.lock.is_on else None
        yield OpenedStore(store, held)
    finally:
        store.close()


def _way_to(address: str) -> tuple[str, ...]:
    """The steps from the root to a folder, or from a server to a bucket and a prefix in it."""
    if not is_s3(address):
        return Path(os.path.realpath(address)).parts
    parts = _parts(address)
    return (parts.netloc.lower(), *parts.path.strip("/").split("/"))


def _parts(address: str) -> SplitResult:
    """The parts of an address with a host, and a number as its port where it has one."""
    try:
        parts = urlsplit(address)
        fine = parts.hostname and parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError as error:
        raise _bad(address) from error
    if not fine:
        raise _bad(address)
    return parts


def _bad(address: str) -> Invalid:
    """Says which address, without the keys that somebody may have put into it."""
    scheme, mark, rest = address.rpartition("://")
    shown = rest.rpartition("@")[2].partition("?")[0]
    return Invalid("bad_store_address", address=f"{scheme}{mark}{shown}")
