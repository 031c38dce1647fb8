"""What Redis keeps about jobs in hand: who does one, and how often it was begun.

Everything here may be lost at any moment: without a lease a job is done twice, which does no harm.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import RedisError

from records.ports.job_queue import Job
from workers.redis_keys import asked_key, lease_key, tries_key

_LOG = logging.getLogger(__name__)

LEASE_S = 4
"""A killed worker's job may be begun by another after so long: before its message is delivered
again (`workers.celery_app.REDELIVERY_S`), since a delivery that finds the lease held ends."""

TRIES_S = 86_400
MAX_TRIES = 3
"""A job that was begun again so often is given up: whatever it holds takes its process with it."""


class RedisLeases:
    """Leases on jobs that concern a record, so that a job delivered twice is done once."""

    def __init__(self, client: Redis, *, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    @contextmanager
    def hold(self, jobs: Sequence[Job]) -> Iterator[frozenset[Job]]:
        """Which of the jobs are ours for the time of the context; kept alive by a thread."""
        ours = self._take(jobs)
        if not ours:
            yield ours
            return
        keys = [lease_key(self._prefix, job) for job in ours]
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(keys, done), daemon=True)
        keeper.start()
        try:
            yield ours
        finally:
            done.set()
            self._quietly(lambda: self._client.delete(*keys))

    def is_held(self, job: Job) -> bool:
        """Whether anybody holds the job."""
        return bool(self._quietly(lambda: self._client.exists(lease_key(self._prefix, job))))

    def tried(self, jobs: Sequence[Job]) -> frozenset[Job]:
        """Those of the jobs that were begun and did not come to an end, as counted by `begun`."""
        keys = [tries_key(self._prefix, job) for job in jobs]
        counts = self._quietly(lambda: self._client.mget(keys)) if keys else None
        if not isinstance(counts, list):
            return frozenset()
        return frozenset(job for job, count in zip(jobs, counts, strict=True) if count is not None)

    def begun(self, job: Job) -> int:
        """Count a beginning of a job; how many there were since one came to an `ended`."""
        key = tries_key(self._prefix, job)
        count = self._quietly(lambda: self._client.incr(key))
        self._quietly(lambda: self._client.expire(key, TRIES_S))
        return count if isinstance(count, int) else 1

    def not_asked(self, job: Job) -> None:
        """The job may be asked for again: this time another was at it."""
        self._quietly(lambda: self._client.delete(asked_key(self._prefix, job)))

    def ended(self, job: Job) -> None:
        """The job came to an end, whichever."""
        keys = (tries_key(self._prefix, job), asked_key(self._prefix, job))
        self._quietly(lambda: self._client.delete(*keys))

    def _take(self, jobs: Sequence[Job]) -> frozenset[Job]:
        asking = self._client.pipeline(transaction=False)
        for job in jobs:
            asking.set(lease_key(self._prefix, job), "1", nx=True, ex=LEASE_S)
        try:
            taken = asking.execute()
        except RedisError as error:
            _LOG.warning("no lease on %s: %s", ", ".join(job.name for job in jobs), error)
            return frozenset(jobs)
        return frozenset(job for job, ours in zip(jobs, taken, strict=True) if ours)

    def _keep(self, keys: Sequence[str], done: threading.Event) -> None:
        while not done.wait(LEASE_S / 3):
            keeping = self._client.pipeline(transaction=False)
            for key in keys:
                keeping.expire(key, LEASE_S)
            self._quietly(keeping.execute)

    def _quietly(self, call: Callable[[], object]) -> object:
        try:
            return call()
        except RedisError as error:
            _LOG.warning("redis: %s", error)
            return None
