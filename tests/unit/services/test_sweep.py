"""What lies in the outbox is asked for again: soon when nothing waits, later in a long lane."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane, LaneState
from services.backlog import Backlog
from services.sweep import AGAIN_S, LYING_S, SOON_S, Sweep
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
