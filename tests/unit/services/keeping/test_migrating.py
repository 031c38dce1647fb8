"""Formats of stores: forward only, told before, resumable; other programs keep away."""

from collections.abc import Iterator

import pytest

from records.errors import Refused
from records.identity import ObjectKey
from records.ports.object_store import ObjectStore
from services.keeping.migrating import Change, Step, StoreMigrator
from storage.keys import FORMAT_KEY
from storage.memory_store import MemoryObjectStore
from wenshu.format import FORMAT, check_format, migrating, read_format


def shout(store: ObjectStore, dry: bool) -> Iterator[ObjectKey]:  # noqa: FBT001 - a Step
    """Every note in capitals."""
    for stat in store.list("notes/", after=""):
        body = store.read(stat.key)
        if body != body.upper():
            if not dry:
                store.replace(stat.key, body.upper())
            yield stat.key


def mark(store: ObjectStore, dry: bool) -> Iterator[ObjectKey]:  # noqa: FBT001 - a Step
    key = ObjectKey("mark")
    if store.stat(key) is None:
        if not dry:
            store.create(key, b"x")
        yield key


@pytest.fixture
def store() -> MemoryObjectStore:
    made = MemoryObjectStore()
    made.create(FORMAT_KEY, b"1")
    for name in "abc":
        made.create(ObjectKey(f"notes/{name}"), name.encode())
    return made


def way(store: ObjectStore, steps: dict[int, Step], known: int) -> StoreMigrator:
    def write(to: ObjectStore, number: int) -> None:
        to.replace(FORMAT_KEY, str(number).encode())

    return StoreMigrator(store, steps=steps, known=known, read=read_format, write=write)


STEPS: dict[int, Step] = {2: shout, 3: mark}


def test_a_dry_run_tells_everything_and_changes_nothing(store: MemoryObjectStore) -> None:
    before = {stat.key: store.read(stat.key) for stat in store.list("", after="")}
    told = list(way(store, STEPS, 3).run(dry=True))
    assert told == [
        *(Change(2, ObjectKey(f"notes/{name}")) for name in "abc"),
        Change(3, ObjectKey("mark")),
    ]
    assert {stat.key: store.read(stat.key) for stat in store.list("", after="")} == before


def test_one_that_was_broken_off_goes_on(store: MemoryObjectStore) -> None:
    steps = way(store, STEPS, 3).run(dry=False)
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert read_format(store) == 1
    rest = [change.key for change in way(store, STEPS, 3).run(dry=False)]
    assert rest == ["notes/c", "mark"]
    assert (read_format(store), store.read(ObjectKey("notes/a"))) == (3, b"A")
    assert list(way(store, STEPS, 3).run(dry=False)) == []


def test_a_missing_step_and_a_newer_store_are_refused(store: MemoryObjectStore) -> None:
    with pytest.raises(Refused, match="no_way"):
        list(way(store, {3: mark}, 3).run(dry=False))
    store.replace(FORMAT_KEY, b"4")
    with pytest.raises(Refused, match="newer_format"):
        list(way(store, STEPS, 3).run(dry=False))


@pytest.mark.parametrize(
    ("found", "reason"), [(FORMAT + 1, "newer_format"), (FORMAT - 1, "older_format")]
)
def test_a_program_touches_no_store_of_another_format(found: int, reason: str) -> None:
    store = MemoryObjectStore()
    store.create(FORMAT_KEY, str(found).encode())
    with pytest.raises(Refused, match=reason):
        check_format(store)


def test_every_format_of_this_program_has_a_way_to_it() -> None:
    store = MemoryObjectStore()
    store.create(FORMAT_KEY, b"1")
    assert list(migrating(store).run(dry=False)) == []
    assert read_format(store) == FORMAT
