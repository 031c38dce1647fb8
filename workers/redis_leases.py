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
from workers.redis_keys import asked_key, in_hand_key, lease_key, tries_key

_LOG = logging.getLogger(__name__)

LEASE_S = 4
"""A killed worker's job may be begun by another after so long: before its message is delivered
again (`workers.celery_app.REDELIVERY_S`), since a delivery that finds the lease held ends."""

TRIES_S = 86_400
"""Over what processes died is remembered for so long."""

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
            in_hand = [in_hand_key(self._prefix, job) for job in ours]
            self._quietly(lambda: self._client.delete(*keys, *in_hand))

    def is_held(self, job: Job) -> bool:
        """Whether anybody holds the job."""
        return bool(self._quietly(lambda: self._client.exists(lease_key(self._prefix, job))))

    def suspects(self, jobs: Sequence[Job]) -> frozenset[Job]:
        """Those of the jobs over which a process died: begun more than once, or let go by nobody.

        Of several that were held together each is named, whichever it was.
        """
        looking = self._client.pipeline()
        for key in (tries_key, in_hand_key, lease_key):
            looking.mget([key(self._prefix, job) for job in jobs])
        counts = self._quietly(looking.execute) if jobs else None
        if not isinstance(counts, list):
            return frozenset()
        return frozenset(
            job
            for job, tries, in_hand, lease in zip(jobs, *counts, strict=True)
            if tries is not None or (in_hand is not None and lease is None)
        )

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
        asking = self._client.pipeline()  # a transaction: who holds a lease takes both away
        for job in jobs:
            asking.set(lease_key(self._prefix, job), "1", nx=True, ex=LEASE_S)
            asking.set(in_hand_key(self._prefix, job), "1", ex=TRIES_S)
        try:
            taken = asking.execute()[::2]
        except RedisError as error:
            _LOG.warning("no lease on %d jobs: %s", len(jobs), error)
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
