"""Retention by the object lock of S3: the server itself refuses to give a version up."""

from datetime import date
from typing import Literal

from minio.retention import Retention as LockedUntil

from records.errors import Invalid, Refused
from records.identity import ObjectKey
from records.ports.retention import Holding
from storage.held_notes import office_today
from storage.keys import checked_key
from storage.minio_store import MinioObjectStore
from storage.object_lock import end_of
from storage.s3_faults import translated

LockMode = Literal["GOVERNANCE", "COMPLIANCE"]
"""Who can lift a retention before its day: a key with that right of its own, or nobody at all."""


class MinioRetention:
    """Holds the newest version of an object, in a bucket that was made with object lock."""

    def __init__(self, store: MinioObjectStore, *, mode: LockMode) -> None:
        self._place = store.place
        self._minio = store.minio
        self._lock = store.lock
        self._mode = mode

    def retain(self, key: ObjectKey, *, until_on: date) -> None:
        """As the port says."""
        before = self.holding(key).until_on
        if until_on < office_today():
            raise Invalid("retain_in_past", key=key, given=until_on.isoformat())
        if before is not None and until_on < before:
            raise Refused("retention_shortened", key=key, until=before.isoformat())
        with translated(key):
            self._minio.set_object_retention(
                self._place.bucket,
                self._place.name_of(key),
                LockedUntil(self._mode, end_of(until_on)),
            )

    def hold(self, key: ObjectKey) -> None:
        """As the port says."""
        self.holding(key)
        with translated(key):
            self._minio.enable_object_legal_hold(self._place.bucket, self._place.name_of(key))

    def release(self, key: ObjectKey) -> None:
        """As the port says."""
        self.holding(key)
        with translated(key):
            self._minio.disable_object_legal_hold(self._place.bucket, self._place.name_of(key))

    def holding(self, key: ObjectKey) -> Holding:
        """As the port says."""
        if not self._lock.is_on:
            raise Refused("store_no_object_lock", bucket=self._place.bucket)
        return self._lock.holding(checked_key(key))
