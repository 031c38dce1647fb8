"""What a bucket must be able to do before anything is entrusted to it, tried at the start."""

import uuid
from contextlib import suppress

from records.errors import Conflict, NotFound, Refused, Unavailable, WenshuError
from records.identity import ObjectKey
from storage.minio_store import MinioObjectStore


def probe(store: MinioObjectStore) -> None:
    """Try the store with one object below ``probe/`` and remove it.

    Raises Refused, with the bucket: ``store_not_exclusive`` when a second creation of one key is
    not refused, ``store_not_consistent`` when what was written is not read or not listed at once,
    ``store_holds_all`` when a rule of the bucket holds every object, since outbox entries and
    sessions must go; Unavailable when the bucket is not to be reached, opened or written.
    """
    key = ObjectKey(f"probe/{uuid.uuid4().hex}")
    require_bucket(store)
    if store.lock.holds_all:
        raise Refused("store_holds_all", bucket=store.place.bucket)
    try:
        _try_exclusion(store, key)
        _try_reading(store, key)
    finally:
        with suppress(WenshuError):
            store.delete(key)


def require_bucket(store: MinioObjectStore) -> None:
    """Ask without a write: a list says that the bucket is missing, an object cannot.

    Raises Unavailable.
    """
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
