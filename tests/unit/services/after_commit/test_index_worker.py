"""What a job about one record takes along, what it leaves alone, and when it ends."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from records.identity import RecordId
from records.ports.outbox import OutboxEntry
from services.after_commit.drain import Round
from services.after_commit.index_worker import LEFT_S, MOST, IndexWorker
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox


def named(number: int) -> RecordId:
    return RecordId(f"01M87SE429ZAYS2SY9MHSME{number:03d}")


class Working:
    """Stands for the drain: removes entries, except of records whose text is not there yet."""

    def __init__(self, outbox: StoredOutbox) -> None:
        self._outbox = outbox
        self.without_text: set[RecordId] = set()
        self.wrong: set[RecordId] = set()
        self.worked: list[list[RecordId]] = []

    def work_off(self, entries: Sequence[OutboxEntry]) -> Round:
        self.worked.append(list(dict.fromkeys(entry.record for entry in entries)))
        if self.wrong & set(self.worked[-1]):
            raise ValueError("nobody expected this")
        done = [entry for entry in entries if entry.record not in self.without_text]
        self._outbox.remove(done)
        return Round(records={entry.record: entry.number for entry in done})


class Others:
    """The other processes: what they hold, over what one died, of what they were told."""

    def __init__(self) -> None:
        self.held: set[RecordId] = set()
        self.suspected: set[RecordId] = set()
        self.told: set[RecordId] = set()

    @contextmanager
    def hold(self, records: Sequence[RecordId]) -> Iterator[frozenset[RecordId]]:
        yield frozenset(records) - self.held

    def is_held(self, record: RecordId) -> bool:
        return record in self.held

    def suspects(self, records: Sequence[RecordId]) -> frozenset[RecordId]:
        return frozenset(records) & self.suspected

    def tell(self, records: Iterable[RecordId]) -> None:
        self.told.update(records)


class Rig:
    """Batches over an outbox in memory, in which records stand that were written in order."""

    def __init__(self) -> None:
        self.outbox = StoredOutbox(MemoryObjectStore())
        self.drain = Working(self.outbox)
        self.others = Others()
        self.now_s = 0.0
        self.stopped: frozenset[RecordId] = frozenset()
        self.worker = IndexWorker(
            outbox=self.outbox,
            drain=self.drain,  # type: ignore[arg-type]  # as much of it as is called
            others=self.others,
            stopped=lambda: self.stopped,
            now_s=lambda: self.now_s,
        )

    def write(self, *numbers: int) -> None:
        for number in numbers:
            self.outbox.add(named(number), 1)

    def waiting(self) -> set[RecordId]:
        return {entry.record for entry in self.outbox.pending()}


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_later_records_are_taken_along_and_told_of_and_earlier_ones_are_not(rig: Rig) -> None:
    rig.write(1, 2, 3, 4)
    rig.outbox.add(named(2), 2)
    rig.worker.run(named(2))
    assert rig.drain.worked == [[named(2), named(3), named(4)]]
    assert rig.others.told == {named(3), named(4)}
    assert rig.waiting() == {named(1)}


def test_no_more_are_taken_along_than_the_first_can_wait_for(rig: Rig) -> None:
    rig.write(*range(1, MOST + 10))
    rig.worker.run(named(1))
    assert [len(batch) for batch in rig.drain.worked] == [MOST]


def test_a_record_of_which_nothing_waits_is_left_to_itself(rig: Rig) -> None:
    rig.write(2, 3)
    rig.worker.run(named(1))
    assert rig.drain.worked == []


def test_a_job_whose_record_another_is_at_works_off_others_and_ends_when_it_is_done(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.write(1, 2, 3)
    rig.others.held = {named(1), named(2)}
    looks = 0

    def other_works(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            rig.outbox.remove(list(rig.outbox.of(named(1))))
            rig.others.held = {named(2)}

    monkeypatch.setattr("services.after_commit.index_worker.time.sleep", other_works)
    rig.worker.run(named(1))
    assert rig.drain.worked == [[named(3)]]
    assert looks == 3


def test_what_another_left_undone_is_done_by_the_job_that_waited(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.write(1)
    rig.others.held = {named(1)}
    slept = "services.after_commit.index_worker.time.sleep"
    monkeypatch.setattr(slept, lambda _: rig.others.held.clear())
    rig.worker.run(named(1))
    assert (rig.drain.worked, rig.waiting()) == ([[named(1)]], set())


def test_a_record_over_which_a_process_died_is_worked_off_alone(rig: Rig) -> None:
    rig.write(1, 2, 3)
    rig.others.suspected = {named(2)}
    rig.worker.run(named(1))
    rig.worker.run(named(2))
    assert rig.drain.worked == [[named(1), named(3)], [named(2)]]


def test_what_was_given_up_is_taken_along_by_nobody(rig: Rig) -> None:
    rig.write(1, 2, 3)
    rig.stopped = frozenset({named(2)})
    rig.worker.run(named(1))
    assert rig.waiting() == {named(2)}
    rig.worker.run(named(2))
    assert rig.waiting() == set(), "its own job comes when a person has asked for it"


def test_what_was_given_up_as_one_that_ends_processes_is_left_alone_by_its_jobs_too(
    rig: Rig,
) -> None:
    rig.write(1, 2)
    rig.others.suspected = {named(1)}
    rig.stopped = frozenset({named(1)})
    rig.worker.run(named(1))
    assert rig.drain.worked == []
    rig.stopped = frozenset()
    rig.worker.run(named(1))
    assert rig.drain.worked == [[named(1)]], "a person has asked for it again"


def test_what_goes_wrong_with_a_record_that_was_taken_along_is_not_held_against_the_job(
    rig: Rig,
) -> None:
    rig.write(1, 2)
    rig.drain.wrong = {named(2)}
    rig.worker.run(named(1))
    assert rig.drain.worked == [[named(1), named(2)], [named(1)]]
    assert rig.waiting() == {named(2)}
    with pytest.raises(ValueError, match="nobody expected this"):
        rig.worker.run(named(2))


def test_a_record_without_its_text_is_not_taken_along_at_once_again(rig: Rig) -> None:
    rig.write(1, 5)
    rig.drain.without_text = {named(5)}
    rig.worker.run(named(1))
    rig.write(2)
    rig.worker.run(named(2))
    assert rig.drain.worked == [[named(1), named(5)], [named(2)]]
    rig.worker.run(named(5))
    assert rig.drain.worked[2:] == [[named(5)]], "its own job comes when its text is there"
    rig.now_s = LEFT_S + 1
    rig.write(3)
    rig.worker.run(named(3))
    assert rig.drain.worked[3:] == [[named(3), named(5)]]
