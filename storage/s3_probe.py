"""What a bucket must be able to do before anything is entrusted to it, tried at the start."""

import uuid
from contextlib import suppress
from dataclasses import dataclass

from records.errors import Conflict, NotFound, Refused, Unavailable, WenshuError
from records.identity import ObjectKey
from storage.minio_store import MinioObjectStore
from storage.s3_faults import translated

_ENABLED = "Enabled"


@dataclass(frozen=True, slots=True)
class BucketTraits:
    """What the bucket keeps beyond what is asked of it."""

    versioned: bool
    """Whether what is deleted or replaced by mistake can be brought back."""
    object_lock: bool
    """Whether objects can be held against deletion."""


def probe(store: MinioObjectStore, *, needs_object_lock: bool) -> BucketTraits:
    """Try the store with one object below ``probe/`` and remove it.

    Raises Refused, with the bucket: ``store_not_exclusive`` when a second creation of one key is
    not refused, ``store_not_consistent`` when what was written is not read or not listed at once,
    ``store_no_object_lock`` when that is asked for and missing; Unavailable when the bucket is
    not to be reached, opened or written.
    """
    key = ObjectKey(f"probe/{uuid.uuid4().hex}")
    _require_bucket(store)
    try:
        _try_exclusion(store, key)
        _try_reading(store, key)
    finally:
        with suppress(WenshuError):
            store.delete(key)
    if needs_object_lock and not store.lock.is_on:
        raise Refused("store_no_object_lock", bucket=store.place.bucket)
    return traits_of(store)


def traits_of(store: MinioObjectStore) -> BucketTraits:
    """What the bucket says of itself, without a write. Raises Unavailable."""
    _require_bucket(store)
    return BucketTraits(versioned=_is_versioned(store), object_lock=store.lock.is_on)


def _require_bucket(store: MinioObjectStore) -> None:
    """A list request says whether the bucket is missing; a request for an object cannot."""
    next(store.list("probe/", after=""), None)


def _try_exclusion(store: MinioObjectStore, key: ObjectKey) -> None:
    try:
        store.create(key, b"first")
    except Unavailable:
        # Something on the way that drops the condition breaks the signature that holds it.
        store.replace(key, b"first")
        raise Refused("store_not_exclusive", bucket=store.place.bucket) from None
    try:
        store.create(key, b"second")
    except Conflict:
        return
    raise Refused("store_not_exclusive", bucket=store.place.bucket)


def _try_reading(store: MinioObjectStore, key: ObjectKey) -> None:
    try:
        is_read = store.read(key) == b"first"
    except NotFound:
        is_read = False
    is_listed = any(stat.key == key for stat in store.list(key, after=""))
    if not (is_read and is_listed):
        raise Refused("store_not_consistent", bucket=store.place.bucket)


def _is_versioned(store: MinioObjectStore) -> bool:
    """Whether the bucket keeps versions; one that cannot say keeps none."""
    try:
        with translated(store.place.bucket):
            return store.minio.get_bucket_versioning(store.place.bucket).status == _ENABLED
    except WenshuError:
        return False
