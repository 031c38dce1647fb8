"""Opens an object store by its address: a folder, or a bucket of S3.

Keys never stand in an address, which is shown in lists of processes: they come from the
environment, or from files that it names.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from records.errors import Invalid
from records.ports.object_store import ObjectStore
from records.ports.retention import Retention
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import is_key
from storage.minio_retention import LockMode, MinioRetention
from storage.minio_store import MinioObjectStore
from storage.noted_retention import NotedRetention
from storage.s3_place import S3Place
from storage.s3_probe import probe, traits_of
from wenshu.secret_settings import required_secret

_SCHEMES = {"s3+http": False, "s3+https": True}
_MODES: dict[str, LockMode] = {"governance": "GOVERNANCE", "compliance": "COMPLIANCE"}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class S3Access:
    """What opens a bucket, apart from its address."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    region: str
    ca: Path | None
    lock_mode: LockMode


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store that was tried; `retention` is None where it cannot hold objects."""

    store: ObjectStore
    retention: Retention | None
    versioned: bool
    """Whether what is deleted by mistake can be brought back."""


def is_s3(address: str) -> bool:
    """Whether an address is that of a bucket, or else of a folder.

    Raises Invalid (``bad_store_address``) for one with another ``scheme://``: as a folder it would
    be made where nobody looks for it.
    """
    scheme = _SCHEME.match(address)
    if scheme is None:
        return address.startswith("s3+")
    if scheme[1].lower() not in _SCHEMES:
        raise _bad(address)
    return True


def s3_access() -> S3Access:
    """Access from the environment. Raises Invalid (``no_credentials``, ``bad_lock_mode``)."""
    return S3Access(
        access_key=required_secret("WENSHU_S3_ACCESS_KEY"),
        secret_key=required_secret("WENSHU_S3_SECRET_KEY"),
        region=os.environ.get("WENSHU_S3_REGION") or _REGION,
        ca=_path(os.environ.get("WENSHU_S3_CA")),
        lock_mode=_mode(os.environ.get("WENSHU_S3_LOCK_MODE")),
    )


def s3_access_of_target() -> S3Access:
    """Access to the target of a copy: its own variables, and the common ones where those lack."""
    to_key = os.environ.get("WENSHU_TO_S3_ACCESS_KEY")
    if not to_key and not os.environ.get("WENSHU_TO_S3_ACCESS_KEY_FILE"):
        access = s3_access()
        keys = (access.access_key, access.secret_key)
    else:
        keys = (
            required_secret("WENSHU_TO_S3_ACCESS_KEY"),
            required_secret("WENSHU_TO_S3_SECRET_KEY"),
        )
    region = os.environ.get("WENSHU_TO_S3_REGION") or os.environ.get("WENSHU_S3_REGION")
    ca = os.environ.get("WENSHU_TO_S3_CA") or os.environ.get("WENSHU_S3_CA")
    mode = os.environ.get("WENSHU_TO_S3_LOCK_MODE") or os.environ.get("WENSHU_S3_LOCK_MODE")
    return S3Access(*keys, region=region or _REGION, ca=_path(ca), lock_mode=_mode(mode))


def s3_place(address: str, access: S3Access) -> S3Place:
    """The place of ``s3+http://HOST:PORT/BUCKET[/PREFIX]`` or ``s3+https://…``.

    Raises Invalid (``bad_store_address``), also when the address holds a key.
    """
    parts = _parts(address)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    odd = parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in _SCHEMES or not parts.netloc or len(bucket) < 3 or odd:
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


@contextmanager
def opened_store(
    address: str,
    *,
    for_writing: bool,
    needs_object_lock: bool = False,
    access: S3Access | None = None,
) -> Iterator[OpenedStore]:
    """The store at that address, tried before it is handed out, closed at the end.

    A folder is made when it is missing, a bucket is not. A bucket that is only read from is not
    tried by writing. `access` is that of the environment where it is not given. Raises what
    `storage.s3_probe.probe` raises, Unavailable for a folder, and Invalid.
    """
    if not is_s3(address):
        folder = FilesystemObjectStore(Path(address))
        yield OpenedStore(folder, NotedRetention(folder), versioned=False)
        return
    access = access or s3_access()
    store = MinioObjectStore(s3_place(address, access))
    try:
        traits = (
            probe(store, needs_object_lock=needs_object_lock) if for_writing else traits_of(store)
        )
        held = MinioRetention(store, mode=access.lock_mode) if traits.object_lock else None
        yield OpenedStore(store, held, traits.versioned)
    finally:
        store.close()


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


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _mode(text: str | None) -> LockMode:
    name = (text or "governance").lower()
    if name not in _MODES:
        raise Invalid("bad_lock_mode", given=name)
    return _MODES[name]
