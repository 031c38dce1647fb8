"""Object lock of S3: what the headers of an object say of its holding."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from minio import Minio
from minio.objectlockconfig import ObjectLockConfig

from records.errors import NotFound, Unavailable
from records.identity import ObjectKey
from records.ports.retention import Holding
from records.times.office_time import OFFICE_ZONE, office_day
from storage.held_notes import office_today, refuse_held
from storage.s3_faults import translated
from storage.s3_place import S3Place

_UNTIL = "x-amz-object-lock-retain-until-date"
_HOLD = "x-amz-object-lock-legal-hold"
_NO_ANSWER = frozenset({"store_fault", "store_denied"})


class ObjectLock:
    """Reads what holds objects; whether the bucket can hold any is asked once."""

    def __init__(self, place: S3Place, minio: Minio) -> None:
        self._place = place
        self._minio = minio

    @property
    def is_on(self) -> bool:
        """Whether the bucket was made with object lock; most servers cannot add it later.

        A server that does not know the question, or this key of ours that may not ask it, counts
        as without: what is locked all the same the server itself does not give up.
        """
        return self._rule is not None

    @property
    def holds_all(self) -> bool:
        """Whether the bucket holds every object from its creation, by a rule of its own."""
        return self._rule is not None and self._rule.mode is not None

    @cached_property
    def _rule(self) -> ObjectLockConfig | None:
        try:
            with translated(self._place.bucket):
                return self._minio.get_object_lock_config(self._place.bucket)
        except NotFound:
            return None
        except Unavailable as error:
            if error.reason in _NO_ANSWER:
                return None
            raise

    def holding(self, key: ObjectKey) -> Holding:
        """What holds the object. Raises NotFound."""
        with translated(key):
            found = self._minio.stat_object(self._place.bucket, self._place.name_of(key))
        return _read(found.metadata or {})

    def refuse_held(self, key: ObjectKey) -> None:
        """Raise Refused (``object_held``) when the object is held now."""
        if not self.is_on:
            return
        try:
            holding = self.holding(key)
        except NotFound:
            return
        refuse_held(key, holding, today=office_today())


def end_of(day: date) -> datetime:
    """The instant at which a day in office time ends."""
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE).astimezone(UTC)


def _read(headers: Mapping[str, str]) -> Holding:
    told = {name.lower(): value for name, value in headers.items()}
    until = told.get(_UNTIL)
    last = datetime.fromisoformat(until) - timedelta(seconds=1) if until else None
    return Holding(
        until_on=office_day(last) if last else None,
        legal_hold=told.get(_HOLD, "").upper() == "ON",
    )
