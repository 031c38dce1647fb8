"""What lies in the outbox is asked for again: soon when nothing waits, later in a long lane."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane, LaneState
from records.ports.outbox import OutboxEntry
from services.backlog import Backlog
from services.sweep import AGAIN_S, LYING_S, MANY, SOON_S, Sweep
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox
from tests.faults.writer import prepare, settings_for, take_in
from wenshu.installation import Installation
from wenshu.wiring import installation


class Lanes:
    """A queue that keeps what was put and says that so many jobs wait."""

    def __init__(self) -> None:
        self.put_jobs: list[Job] = []
        self.waiting = 0

    def put(self, job: Job) -> None:
        self.put_jobs.append(job)

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        raise AssertionError(job, timeout_s)

    def lanes(self) -> Sequence[LaneState]:
        return [LaneState(Lane.INDEX, self.waiting, None)]

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


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Installation]:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as opened:
        yield opened


@pytest.mark.parametrize(("waiting", "again_s"), [(0, SOON_S), (7, AGAIN_S)])
def test_work_that_came_to_nothing_is_asked_for_again(
    built: Installation, waiting: int, again_s: float
) -> None:
    record = take_in(built, "lies")
    now = [0.0]
    queue = Lanes()
    queue.waiting = waiting
    sweep = Sweep(
        backlog=Backlog(StoredOutbox(built.engines.store), stopped=frozenset, now_s=lambda: now[0]),
        queue=queue,
        drain=built.drain,
        letters=NoLetters(),
        now_s=lambda: now[0],
    )
    sweep.run()
    assert queue.put_jobs == []
    now[0] = LYING_S + 1
    sweep.run()
    assert queue.put_jobs == [Job(JobName.INDEX, record)]
    now[0] += again_s - 1
    sweep.run()
    assert len(queue.put_jobs) == 1
    now[0] += 1
    sweep.run()
    assert queue.put_jobs == [Job(JobName.INDEX, record)] * 2


def test_many_are_asked_for_by_one_pass_and_what_it_leaves_by_jobs_as_well() -> None:
    outbox = StoredOutbox(MemoryObjectStore())
    records = [RecordId(f"01M87SE429ZAYS2SY9MHSME{number:03d}") for number in range(MANY + 2)]
    for record in records:
        outbox.add(record, 1)
    now = [0.0]
    queue = Lanes()
    sweep = Sweep(
        backlog=Backlog(outbox, stopped=frozenset, now_s=lambda: now[0]),
        queue=queue,
        drain=NoneAbandoned(),  # type: ignore[arg-type]  # as much of it as is called
        letters=NoLetters(),
        now_s=lambda: now[0],
    )
    sweep.run()
    now[0] = LYING_S + 1
    assert sweep.run() == 1
    assert queue.put_jobs == [Job(JobName.DRAIN)]
    now[0] += SOON_S
    sweep.run()
    singly = [Job(JobName.INDEX, record) for record in records[:MANY]]
    assert queue.put_jobs[1:] == [*singly, Job(JobName.DRAIN)]
