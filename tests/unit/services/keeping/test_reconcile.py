"""Reconciling compares listings; it reads a record only where the two sides differ."""

from collections.abc import Iterator, Sequence

import pytest

from records.identity import ObjectKey, RecordId
from records.ports.record_log import Commit
from records.queries.search import IndexChange, Removal
from services.keeping.reconcile import Reconciler
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.counting import CountingObjectStore
from tests.matters import matter


class Listed:
    """An index that can be listed, and remembers what was changed."""

    def __init__(self) -> None:
        self.held: dict[RecordId, int] = {}
        self.changes: list[IndexChange] = []

    def entries(self, *, after: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        return iter(sorted(self.held.items()))

    def apply(self, changes: Sequence[IndexChange]) -> None:
        self.changes += changes


class Rig:
    """A store whose calls are counted, and an index, with some records in both."""

    def __init__(self) -> None:
        self.store = CountingObjectStore(MemoryObjectStore())
        self.log = StoredRecordLog(self.store, RevisionCache(capacity_bytes=0))
        self.outbox = StoredOutbox(self.store)
        self.index = Listed()
        self.reconciler = Reconciler(self.log, self.index, self.outbox)  # type: ignore[arg-type]

    def write(self, name: str, *, deleted: bool = False, indexed: int | None = 1) -> RecordId:
        revision = matter(name).model_copy(update={"deleted": deleted})
        self.log.commit(Commit(revision))
        self.outbox.remove(list(self.outbox.pending()))
        if indexed is not None:
            self.index.held[revision.record] = indexed
        return revision.record


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_records_of_which_both_say_the_same_are_not_read(rig: Rig) -> None:
    for number in range(50):
        rig.write(f"{number:026}")
    with rig.store.counted() as calls:
        table = rig.reconciler.compare()
    assert (table.equal.count, table.is_clean) == (50, True)
    assert calls == [("list", "records/")]


def test_each_cell_of_the_table_is_counted_and_mended(rig: Rig) -> None:
    missing = rig.write("1".zfill(26), indexed=None)
    ahead = rig.write("2".zfill(26), indexed=7)
    rig.write("3".zfill(26))
    rig.write("4".zfill(26), deleted=True, indexed=None)
    orphan = RecordId("5".zfill(26))
    rig.index.held[orphan] = 2
    table = rig.reconciler.repair()
    assert (table.missing.records, table.ahead.records) == ([missing], [ahead])
    assert (table.orphaned.records, table.equal.count) == ([orphan], 1)
    assert [entry.record for entry in rig.outbox.pending()] == [missing, ahead]
    assert rig.index.changes == [Removal(ahead, 7), Removal(orphan, 2)]


def test_a_deleted_record_that_the_index_knows_at_an_older_revision_goes_out(rig: Rig) -> None:
    gone = rig.write("1".zfill(26), indexed=1)
    deleted = matter(gone, number=2).model_copy(update={"deleted": True})
    rig.log.commit(Commit(deleted))
    assert rig.reconciler.compare().orphaned.records == [gone]


def test_a_damaged_record_that_the_index_lacks_is_left_to_verify(rig: Rig) -> None:
    name = rig.write("1".zfill(26), indexed=None)
    rig.store.replace(ObjectKey(f"records/{name}/r00000001.json"), b"torn")
    assert rig.reconciler.compare().is_clean
