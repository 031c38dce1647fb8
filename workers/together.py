"""What processes that work off records at once tell each other through Redis."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from records.identity import RecordId
from records.ports.job_queue import Job, JobName
from workers.celery_queue import CeleryJobQueue

_JOBS = (JobName.DELIVER, JobName.INDEX)
"""The jobs that work off a record; under a lease of the second, whichever it is."""


class Together:
    """Implements `Others` of `services.after_commit.index_worker`, `Readers` beside it."""

    def __init__(self, queue: CeleryJobQueue) -> None:
        self._queue = queue

    @contextmanager
    def hold(self, records: Sequence[RecordId]) -> Iterator[frozenset[RecordId]]:
        """Which of the records are ours for the time of the context; all, while Redis is away."""
        with self._queue.leases.hold([Job(JobName.INDEX, record) for record in records]) as ours:
            yield _records(ours)

    def is_held(self, record: RecordId) -> bool:
        """Whether somebody is at a record; nobody, while Redis is away."""
        return self._queue.leases.is_held(Job(JobName.INDEX, record))

    def suspects(self, records: Sequence[RecordId]) -> frozenset[RecordId]:
        """Those over which a process died; none, while Redis is away."""
        jobs = [Job(JobName.INDEX, record) for record in records]
        return _records(self._queue.leases.suspects(jobs))

    @contextmanager
    def reading(self, record: RecordId) -> Iterator[bool]:
        """Whether its files are ours to read, beside other work, for the time of the context.

        They are not while another reads them or when a process died over them.
        """
        job, leases = Job(JobName.READ, record), self._queue.leases
        if leases.suspects([job]):
            yield False
            return
        with leases.hold([job]) as ours:
            yield bool(ours)

    def tell(self, records: Iterable[RecordId]) -> None:
        """Answer all who wait for one of these records."""
        self._queue.answer([Job(name, record) for record in records for name in _JOBS])


def _records(jobs: Iterable[Job]) -> frozenset[RecordId]:
    return frozenset(job.record for job in jobs if job.record is not None)
