"""The contract of ObjectStore, for every adapter."""

import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing.queues import Queue
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.errors import Conflict, Invalid, NotFound, Unavailable
from records.identity import ObjectKey
from records.ports.object_store import NewObject, ObjectStore
from storage.filesystem_store import FilesystemObjectStore
from tests.object_stores import (
    DURABLE_KINDS,
    KINDS,
    BucketPlace,
    FolderPlace,
    Places,
    opened,
)
from tests.small_disk import make_read_only, small_disk

KEYS = st.lists(
    st.text("abc-._~0", min_size=1, max_size=3).filter(lambda s: not s.startswith(".")),
    min_size=1,
    max_size=3,
).map("/".join)


def key(text: str) -> ObjectKey:
    return ObjectKey(text)


def test_an_object_is_read_back_as_it_was_created(store: ObjectStore) -> None:
    store.create(key("a/b"), b"content")
    assert store.read(key("a/b")) == b"content"
    found = store.stat(key("a/b"))
    assert found is not None
    assert found.size_bytes == 7


def test_what_other_keys_lie_below_is_no_object(store: ObjectStore) -> None:
    store.create(key("a/b"), b"content")
    assert store.stat(key("a")) is None
    assert store.stat(key("a/b/c")) is None
    with pytest.raises(NotFound):
        store.read(key("a"))


def test_a_second_creation_conflicts_and_changes_nothing(store: ObjectStore) -> None:
    store.create(key("a"), b"first")
    with pytest.raises(Conflict, match="exists"):
        store.create(key("a"), b"second")
    assert store.read(key("a")) == b"first"


def test_a_body_can_be_a_file(store: ObjectStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 3_000_000)
    store.create(key("big"), source)
    source.unlink()
    pieces = list(store.stream(key("big"), start=0, length=3_000_000))
    assert b"".join(pieces) == b"x" * 3_000_000
    assert max(len(piece) for piece in pieces) <= 1 << 20


@pytest.mark.parametrize(
    ("start", "length", "expected"), [(0, 3, b"abc"), (2, 99, b"cdef"), (6, 1, b""), (9, 1, b"")]
)
def test_a_range_is_read(store: ObjectStore, start: int, length: int, expected: bytes) -> None:
    store.create(key("k"), b"abcdef")
    assert b"".join(store.stream(key("k"), start=start, length=length)) == expected


def test_what_is_missing_is_said_before_the_first_piece(store: ObjectStore) -> None:
    with pytest.raises(NotFound):
        store.read(key("none"))
    with pytest.raises(NotFound):
        store.stream(key("none/below"), start=0, length=1)
    assert store.stat(key("none")) is None
    store.delete(key("none"))


def test_a_batch_answers_for_every_object_in_order(store: ObjectStore) -> None:
    store.create(key("b/3"), b"old")
    outcomes = store.create_all([NewObject(key(f"b/{n}"), b"new") for n in range(6)])
    assert [outcome is None for outcome in outcomes] == [True, True, True, False, True, True]
    assert store.read(key("b/3")) == b"old"
    assert store.read(key("b/5")) == b"new"


def test_the_same_key_twice_in_a_batch_conflicts_the_second_time(store: ObjectStore) -> None:
    outcomes = store.create_all([NewObject(key("same"), bytes([n])) for n in range(5)])
    assert [outcome is None for outcome in outcomes] == [True, False, False, False, False]
    assert store.read(key("same")) == b"\0"


def test_replacing_puts_the_last_body(store: ObjectStore) -> None:
    store.replace(key("s/1"), b"one")
    store.replace(key("s/1"), b"two")
    assert store.read(key("s/1")) == b"two"


def test_a_deleted_object_is_gone_and_can_be_created_again(store: ObjectStore) -> None:
    store.create(key("a/1"), b"one")
    store.delete(key("a/1"))
    assert store.stat(key("a/1")) is None
    store.create(key("a/1"), b"two")
    assert store.read(key("a/1")) == b"two"


@pytest.mark.parametrize(
    "bad", ["", "/a", "a/", "a//b", "../a", "a/../b", ".a", "甲", "a b", "a\0"]
)
def test_a_key_that_is_not_plain_is_refused(store: ObjectStore, bad: str) -> None:
    with pytest.raises(Invalid, match="bad_key"):
        store.create(key(bad), b"")


def test_a_listing_after_what_begins_with_a_slash_is_the_whole(store: ObjectStore) -> None:
    for each in ("a/1", "b"):
        store.create(key(each), b"")
    assert [stat.key for stat in store.list("", after="/a")] == ["a/1", "b"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(keys=st.sets(KEYS, max_size=12), prefix=st.text("abc-/.", max_size=2), data=st.data())
@pytest.mark.parametrize("kind", KINDS)
def test_a_listing_is_in_order_of_key_and_can_be_resumed(
    places: Places, kind: str, keys: set[str], prefix: str, data: st.DataObject
) -> None:
    # A key cannot be an object and a folder of others at once on a filesystem.
    keys = {k for k in keys if not any(other.startswith(f"{k}/") for other in keys)}
    expected = sorted(k for k in keys if k.startswith(prefix))
    after = data.draw(st.sampled_from(["", *expected]) | st.text("abc-/.~", max_size=4))
    with opened(places, kind) as store:
        store.create_all([NewObject(key(each), b"") for each in keys])
        listed = [stat.key for stat in store.list(prefix, after=after)]
    assert listed == [k for k in expected if k > after]


def test_a_listing_of_many_pages_is_whole_and_in_order(store: ObjectStore) -> None:
    names = sorted(f"d{n % 3}{sign}/{n:04d}" for n in range(400) for sign in ("", "-", ".a"))
    names += [f"p/{n:05d}" for n in range(1300)]
    store.create_all([NewObject(key(name), b"") for name in names])
    assert [stat.key for stat in store.list("", after="")] == sorted(names)
    assert [stat.key for stat in store.list("p/", after="p/01000")] == names[-299:]


def _create(place: FolderPlace | BucketPlace, names: list[str], won: "Queue[str]") -> None:
    store = place.open()
    for name in names:
        try:
            store.create(key(name), str(os.getpid()).encode())
        except Conflict:
            continue
        won.put(f"{name} {os.getpid()}")


@pytest.mark.parametrize("kind", DURABLE_KINDS)
def test_of_eight_racing_processes_exactly_one_creates_each_object(
    places: Places, kind: str
) -> None:
    place = places.fresh(kind)
    context = multiprocessing.get_context("spawn")
    won: Queue[str] = context.Queue()
    names = [f"race/{n}" for n in range(40)]
    processes = [context.Process(target=_create, args=(place, names, won)) for _ in range(8)]
    for process in processes:
        process.start()
    winners = [won.get(timeout=60) for _ in names]
    for process in processes:
        process.join(timeout=60)
        assert process.exitcode == 0
    assert won.empty()
    store = place.open()
    assert sorted(winners) == sorted(f"{n} {store.read(key(n)).decode()}" for n in names)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A filesystem with 256 KB of room."""
    with small_disk(tmp_path / "small", size_kib=256) as place:
        yield place


def come_and_go(root: Path, name: str) -> None:
    store = FilesystemObjectStore(root)
    for number in range(300):
        store.create(key(f"box/in/{name}.{number}"), b"")
        batch = [NewObject(key(f"box/in/{name}.{number}.{n}"), b"") for n in range(4)]
        assert store.create_all(batch) == [None] * 4
        for new in batch:
            store.delete(new.key)
        store.delete(key(f"box/in/{name}.{number}"))


def test_folders_go_with_their_last_object_and_no_writer_notices(tmp_path: Path) -> None:
    """A folder that held very many entries stays slow to list for ever."""
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=come_and_go, args=(tmp_path / "store", name)) for name in "ab"
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
        assert worker.exitcode == 0
    assert [path.name for path in (tmp_path / "store").iterdir()] == [".new"]


def test_a_full_disk_is_said_and_acknowledges_nothing(full_disk: Path) -> None:
    store = FilesystemObjectStore(full_disk / "store")
    store.create(key("small"), b"x")
    with pytest.raises(Unavailable, match="store_full"):
        store.create(key("large"), b"x" * 500_000)
    with pytest.raises(Unavailable, match="store_full"):
        store.create_all([NewObject(key(f"n/{n}"), b"x" * 100_000) for n in range(9)])
    assert store.stat(key("large")) is None
    assert store.read(key("small")) == b"x"
    store.create(key("after"), b"there is room again")


def test_a_read_only_folder_is_said(full_disk: Path) -> None:
    store = FilesystemObjectStore(full_disk / "store")
    store.create(key("before"), b"x")
    make_read_only(full_disk)
    with pytest.raises(Unavailable, match="store_read_only"):
        store.create(key("after"), b"x")
    assert store.read(key("before")) == b"x"


def test_a_file_that_cannot_be_looked_at_is_not_taken_for_missing(tmp_path: Path) -> None:
    store = FilesystemObjectStore(tmp_path)
    (tmp_path / "a").symlink_to(tmp_path / "a")
    with pytest.raises(Unavailable, match="store_fault"):
        store.stat(key("a"))


def test_what_a_killed_writer_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    store = FilesystemObjectStore(tmp_path)
    store.create(key("a"), b"1")
    old, fresh = tmp_path / ".new" / "old", tmp_path / ".new" / "fresh"
    for left in (old, fresh):
        left.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    store.sweep(2000)
    assert [path.name for path in (tmp_path / ".new").iterdir()] == ["fresh"]
    assert store.read(key("a")) == b"1"


def test_no_temporary_file_is_left(tmp_path: Path) -> None:
    store = FilesystemObjectStore(tmp_path)
    store.create(key("a"), b"1")
    store.create_all([NewObject(key(f"b/{n % 3}"), b"1") for n in range(9)])
    with pytest.raises(Conflict):
        store.create(key("a"), b"2")
    assert list((tmp_path / ".new").iterdir()) == []
