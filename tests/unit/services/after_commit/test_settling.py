"""Who has written waits for search to know it, and never so many that nobody can read."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from records.identity import RecordId
from records.ports.job_queue import Job, JobName, LaneState
from records.ports.outbox import OutboxEntry
from services.after_commit.settling import AT_ONCE, IndexWait
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox

ENTRY = OutboxEntry(RecordId("01M87FG7S9E2RS3XZ5K1T4QW8N"), 1, "w")


class Slow:
    """A queue whose answers come when they are let out."""

    def __init__(self) -> None:
        self.asked: list[Job] = []
        self.put_jobs: list[Job] = []
        self.answers = Event()

    def ask(self, job: Job, *, timeout_s: float) -> bool:
        self.asked.append(job)
        return self.answers.wait(timeout_s)

    def put(self, job: Job) -> None:
        self.put_jobs.append(job)

    def lanes(self) -> Sequence[LaneState]:
        return []

    def close(self) -> None:
        """Nothing is open."""


def test_of_many_who_wait_those_beyond_a_limit_ask_and_go_on() -> None:
    queue = Slow()
    settling = IndexWait(queue, StoredOutbox(MemoryObjectStore()))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(settling.settle, ENTRY, timeout_s=30) for _ in range(AT_ONCE)]
        while len(queue.asked) < AT_ONCE:
            Event().wait(0.005)
        assert not settling.settle(ENTRY, timeout_s=30)
        assert queue.put_jobs == [Job(JobName.DELIVER, ENTRY.record)]
        queue.answers.set()
        assert all(each.result() for each in waiting)
    assert settling.settle(ENTRY, timeout_s=30), "places were not given back"
