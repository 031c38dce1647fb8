"""What lists know of the outbox: their own at once, others' a second later, never by waiting."""

import pytest

from records.identity import RecordId
from records.ports.record_log import Commit
from records.revision import Revision
from services.after_commit.backlog import Backlog
from services.finding import unindexed
from services.finding.unindexed import DECIDED, FRESH_S, LONGEST_S, UnindexedView
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox
from storage.record_log import StoredRecordLog
from storage.revision_cache import RevisionCache
from tests.counting import CountingObjectStore
from tests.matters import matter

ONE, TWO = RecordId("1".zfill(26)), RecordId("2".zfill(26))


class Rig:
    """A store, and a view over its outbox, at a time that is set."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.store = CountingObjectStore(MemoryObjectStore())
        self.log = StoredRecordLog(self.store, RevisionCache(capacity_bytes=1 << 20))
        self.outbox = StoredOutbox(self.store)
        backlog = Backlog(self.outbox, stopped=frozenset, now_s=lambda: self.now_s)
        self.view = UnindexedView(self.log, backlog, now_s=lambda: self.now_s)

    def write(self, record: RecordId, number: int = 1) -> Revision:
        """As another process does it."""
        return self.log.commit(Commit(matter(record, number=number)))

    def work_off(self, record: RecordId) -> None:
        self.outbox.remove(list(self.outbox.of(record)))

    def known(self) -> dict[RecordId, int]:
        found = self.view.current().newest
        return {record: each.number for record, each in found.items() if each is not None}


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_what_was_committed_here_is_known_at_once_and_costs_nothing(rig: Rig) -> None:
    rig.view.current()
    rig.view.note(rig.write(ONE))
    with rig.store.counted() as calls:
        assert rig.known() == {ONE: 1}
    assert calls == []


def test_what_others_committed_is_known_a_second_later(rig: Rig) -> None:
    assert rig.known() == {}
    rig.write(ONE)
    rig.now_s += FRESH_S + 0.01
    assert rig.known() == {ONE: 1}
    rig.write(ONE, 2)
    rig.now_s += FRESH_S + 0.01
    assert rig.known() == {ONE: 2}


def test_an_older_note_does_not_hide_what_others_did_since(rig: Rig) -> None:
    rig.view.note(rig.write(ONE))
    rig.write(ONE, 2)
    rig.now_s += FRESH_S + 0.01
    rig.view.note(rig.log.revision(ONE, 1))
    assert rig.known() == {ONE: 2}


def test_what_was_worked_off_is_forgotten_by_the_next_look(rig: Rig) -> None:
    rig.view.current()
    rig.view.note(rig.write(ONE))
    rig.work_off(ONE)
    assert rig.known() == {ONE: 1}
    rig.now_s += FRESH_S + 0.01
    assert rig.known() == {}


def test_a_tended_view_asks_nothing_and_says_when_it_is_late(rig: Rig) -> None:
    rig.view.tend()
    rig.write(ONE)
    rig.now_s += FRESH_S * 3
    with rig.store.counted() as calls:
        late = rig.view.current()
    assert (calls, late.is_behind, dict(late.newest)) == ([], True, {})
    rig.view.tend()
    assert not rig.view.current().is_behind
    assert rig.known() == {ONE: 1}


def test_a_view_that_is_tended_no_more_looks_itself(rig: Rig) -> None:
    rig.view.tend()
    rig.write(ONE)
    rig.now_s += LONGEST_S + 1
    assert rig.known() == {ONE: 1}


def test_tending_a_fresh_view_costs_nothing(rig: Rig) -> None:
    rig.view.tend()
    rig.now_s += FRESH_S / 4
    with rig.store.counted() as calls:
        rig.view.tend()
    assert calls == []


def test_a_revision_that_is_not_there_yet_is_told_as_unknown(rig: Rig) -> None:
    rig.write(ONE)
    rig.work_off(ONE)
    rig.outbox.add(ONE, 2)
    rig.outbox.add(TWO, 1)
    found = rig.view.current().newest
    assert found[TWO] is None
    assert found[ONE] == rig.log.revision(ONE, 1)


def test_changes_beyond_what_can_be_decided_are_left_out_and_told(rig: Rig) -> None:
    records = [RecordId(f"{number:026}") for number in range(DECIDED + 3)]
    for record in records:
        rig.write(record)
        rig.write(record, 2)
    found = rig.view.current()
    assert found.hidden == frozenset(records[:3])
    assert found.is_behind
    rig.view.note(rig.log.revision(records[0], 2))
    assert records[0] in rig.view.current().newest
    assert records[0] not in rig.view.current().hidden


def test_of_records_that_were_just_begun_only_the_youngest_are_read(rig: Rig) -> None:
    records = [RecordId(f"{number:026}") for number in range(unindexed.BEGUN + 3)]
    for record in records:
        rig.write(record)
    assert set(rig.view.current().newest) == set(records[3:])
    assert rig.view.current().hidden == frozenset()
