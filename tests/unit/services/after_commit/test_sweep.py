"""What lies in the outbox is asked for again: soon when nothing waits, later in a long lane."""

from collections.abc import Sequence

import pytest

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane, LaneState
from records.ports.outbox import OutboxEntry
from services.after_commit.backlog import Backlog
from services.after_commit.sweep import AGAIN_S, LYING_S, MANY, SOON_S, OutboxSweep
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox


class Lanes:
    """A queue that keeps what was put and says that so many jobs wait."""

    def __init__(self) -> None:
        self.put_jobs: list[Job] = []
        self.lane, self.waiting = Lane.INDEX, 0
        self.down = False

    def put(self, job: Job) -> None:
        if self.down:
            raise Unavailable("queue_down")
        self.put_jobs.append(job)

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        raise AssertionError(job, timeout_s)

    def lanes(self) -> Sequence[LaneState]:
        return [LaneState(self.lane, self.waiting, None)]

    def close(self) -> None:
        """Nothing is open."""


class NoLetters:
    """Nothing was given up."""

    def stopped(self) -> frozenset[RecordId]:
        return frozenset()


class NoneAbandoned:
    """A drain all of whose entries have their revisions."""

    def drop_abandoned(self, entry: OutboxEntry) -> bool:
        return False


class Rig:
    """A sweep over an outbox in memory, a queue that keeps what was put, and a clock."""

    def __init__(self) -> None:
        self.outbox = StoredOutbox(MemoryObjectStore())
        self.queue = Lanes()
        self.now_s = 0.0
        self.sweep = OutboxSweep(
            backlog=Backlog(self.outbox, stopped=frozenset, now_s=lambda: self.now_s),
            queue=self.queue,
            drain=NoneAbandoned(),  # type: ignore[arg-type]  # as much of it as is called
            letters=NoLetters(),
            now_s=lambda: self.now_s,
        )

    def lies(self, count: int) -> list[Job]:
        """That many records lie; the jobs about them."""
        records = [RecordId(f"01M87SE429ZAYS2SY9MHSME{number:03d}") for number in range(count)]
        for record in records:
            self.outbox.add(record, 1)
        return [Job(JobName.INDEX, record) for record in records]


@pytest.fixture
def rig() -> Rig:
    return Rig()


@pytest.mark.parametrize(("waiting", "again_s"), [(0, SOON_S), (7, AGAIN_S)])
def test_work_that_came_to_nothing_is_asked_for_again(
    rig: Rig, waiting: int, again_s: float
) -> None:
    job = rig.lies(1)
    rig.queue.waiting = waiting
    rig.sweep.run()
    rig.now_s = LYING_S
    rig.sweep.run()
    first_s = 0.0 if waiting == 0 else rig.now_s
    assert rig.queue.put_jobs == job
    rig.now_s = first_s + again_s - 1
    rig.sweep.run()
    assert rig.queue.put_jobs == job
    rig.now_s += 1
    rig.sweep.run()
    assert rig.queue.put_jobs == job * 2


@pytest.mark.parametrize("lane", [Lane.INTERACTIVE, Lane.INDEX])
def test_while_jobs_wait_an_entry_seen_just_now_is_not_asked_for(rig: Rig, lane: Lane) -> None:
    job = rig.lies(1)
    rig.queue.lane, rig.queue.waiting = lane, 1
    rig.sweep.run()
    assert rig.queue.put_jobs == []
    rig.queue.waiting = 0
    rig.sweep.run()
    assert rig.queue.put_jobs == job


def test_what_the_queue_did_not_take_is_asked_for_again_at_once(rig: Rig) -> None:
    job = rig.lies(1)
    rig.queue.down = True
    with pytest.raises(Unavailable):
        rig.sweep.run()
    rig.queue.down = False
    rig.sweep.run()
    assert rig.queue.put_jobs == job


def test_many_are_asked_for_by_one_pass_and_what_it_leaves_by_jobs_as_well(rig: Rig) -> None:
    jobs = rig.lies(MANY + 2)
    assert rig.sweep.run() == 1
    assert rig.queue.put_jobs == [Job(JobName.DRAIN)]
    rig.now_s = SOON_S
    rig.sweep.run()
    assert rig.queue.put_jobs[1:] == [*jobs[:MANY], Job(JobName.DRAIN)]
