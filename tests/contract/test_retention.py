"""The contract of Retention, for every adapter."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from minio.error import S3Error

from records.errors import Invalid, NotFound, Refused
from records.identity import ObjectKey
from records.ports.retention import Holding, Retention
from records.times.office_time import office_day
from storage.filesystem_store import FilesystemObjectStore
from storage.held_notes import HeldInMemory
from storage.memory_store import MemoryObjectStore
from storage.minio_retention import LockMode, MinioRetention
from storage.minio_store import MinioObjectStore
from storage.noted_retention import NotedRetention
from tests.object_stores import KINDS, S3_KINDS, AnyStore, Places, made_bucket, opened

KEY = ObjectKey("records/R1/blobs/aa")


def today() -> date:
    return office_day(datetime.now(UTC))


def soon() -> date:
    return today() + timedelta(days=30)


def last_day() -> date:
    """Today; tomorrow in the last minutes of a day, which would be over before the test is."""
    return office_day(datetime.now(UTC) + timedelta(minutes=10))


def locked_store(places: Places, kind: str) -> MinioObjectStore:
    return MinioObjectStore(made_bucket(places.address(kind), object_lock=True))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, places: Places) -> Iterator[AnyStore]:
    if request.param in S3_KINDS:
        found = locked_store(places, request.param)
        found.create(KEY, b"kept")
        yield found
        found.close()
        return
    with opened(places, request.param) as other:
        other.create(KEY, b"kept")
        yield other


@pytest.fixture
def retention(store: AnyStore) -> Retention:
    if isinstance(store, MinioObjectStore):
        return MinioRetention(store, mode="GOVERNANCE")
    return NotedRetention(store)


def test_what_nothing_holds_is_deleted(store: AnyStore, retention: Retention) -> None:
    assert retention.holding(KEY) == Holding()
    store.delete(KEY)
    assert store.stat(KEY) is None


def test_a_retained_object_is_neither_deleted_nor_replaced(
    store: AnyStore, retention: Retention
) -> None:
    day = soon()
    retention.retain(KEY, until_on=day)
    assert retention.holding(KEY) == Holding(until_on=day)
    with pytest.raises(Refused) as caught:
        store.delete(KEY)
    assert caught.value.reason == "object_held"
    assert caught.value.facts["until"] == day.isoformat()
    with pytest.raises(Refused, match="object_held"):
        store.replace(KEY, b"other")
    assert store.read(KEY) == b"kept"


def test_a_day_is_put_off_and_never_brought_forward(retention: Retention) -> None:
    day, later = soon(), soon() + timedelta(days=30)
    retention.retain(KEY, until_on=day)
    retention.retain(KEY, until_on=later)
    with pytest.raises(Refused, match="retention_shortened"):
        retention.retain(KEY, until_on=later - timedelta(days=1))
    assert retention.holding(KEY).until_on == later


def test_a_day_gone_by_is_refused(retention: Retention) -> None:
    with pytest.raises(Invalid, match="retain_in_past"):
        retention.retain(KEY, until_on=today() - timedelta(days=1))
    assert retention.holding(KEY) == Holding()


def test_a_legal_hold_holds_until_it_is_released(store: AnyStore, retention: Retention) -> None:
    retention.hold(KEY)
    retention.hold(KEY)
    assert retention.holding(KEY) == Holding(legal_hold=True)
    with pytest.raises(Refused, match="object_held"):
        store.delete(KEY)
    retention.release(KEY)
    assert retention.holding(KEY) == Holding()
    store.delete(KEY)
    assert store.stat(KEY) is None


def test_the_release_of_a_hold_leaves_the_day(store: AnyStore, retention: Retention) -> None:
    day = soon()
    retention.retain(KEY, until_on=day)
    retention.hold(KEY)
    retention.release(KEY)
    assert retention.holding(KEY) == Holding(until_on=day)
    with pytest.raises(Refused, match="object_held"):
        store.delete(KEY)


def test_nothing_is_held_where_there_is_nothing(retention: Retention) -> None:
    gone = ObjectKey("records/none")
    with pytest.raises(NotFound):
        retention.retain(gone, until_on=soon())
    with pytest.raises(NotFound):
        retention.hold(gone)
    with pytest.raises(NotFound):
        retention.holding(gone)


def test_another_object_is_not_held(store: AnyStore, retention: Retention) -> None:
    other = ObjectKey("records/R1/blobs/bb")
    store.create(other, b"free")
    retention.hold(KEY)
    store.delete(other)
    assert store.stat(other) is None


def test_an_object_is_given_up_on_the_day_after_the_last() -> None:
    store = MemoryObjectStore()
    store.create(KEY, b"kept")
    last = soon()
    days = iter([last, last, last + timedelta(days=1)])
    store.held = HeldInMemory(today=lambda: next(days))
    NotedRetention(store).retain(KEY, until_on=last)
    with pytest.raises(Refused, match="object_held"):
        store.delete(KEY)
    store.delete(KEY)
    assert store.stat(KEY) is None


def test_another_process_sees_what_is_held(places: Places) -> None:
    place = places.fresh("filesystem")
    first, second = place.open(), place.open()
    assert isinstance(first, FilesystemObjectStore)
    first.create(KEY, b"kept")
    NotedRetention(first).hold(KEY)
    with pytest.raises(Refused, match="object_held"):
        second.delete(KEY)
    assert [stat.key for stat in second.list("", after="")] == [KEY]


@pytest.mark.parametrize("mode", ["GOVERNANCE", "COMPLIANCE"])
@pytest.mark.parametrize("kind", S3_KINDS)
def test_the_server_itself_gives_nothing_up(places: Places, kind: str, mode: LockMode) -> None:
    """Past our adapter, with the keys of the administrator."""
    store = locked_store(places, kind)
    store.create(KEY, b"kept")
    MinioRetention(store, mode=mode).retain(KEY, until_on=last_day())
    name, bucket = store.place.name_of(KEY), store.place.bucket
    version = store.minio.stat_object(bucket, name).version_id
    with pytest.raises(S3Error) as caught:
        store.minio.remove_object(bucket, name, version_id=version)
    assert caught.value.response.status in (400, 403)
    store.minio.remove_object(bucket, name)
    body = store.minio.get_object(bucket, name, version_id=version)
    assert body.read() == b"kept"
    body.close()
    store.close()


@pytest.mark.parametrize("kind", S3_KINDS)
def test_a_bucket_without_lock_says_so_and_deletes_as_ever(places: Places, kind: str) -> None:
    with opened(places, kind) as store:
        assert isinstance(store, MinioObjectStore)
        store.create(KEY, b"free")
        with pytest.raises(Refused, match="store_no_object_lock"):
            MinioRetention(store, mode="GOVERNANCE").hold(KEY)
        store.delete(KEY)
        assert store.stat(KEY) is None
