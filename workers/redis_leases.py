"""What Redis keeps about jobs in hand: who does one, and how many processes died over it.

Everything here may be lost at any moment: without a lease a job is done twice, which does no harm.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import RedisError

from records.ports.job_queue import Job
from workers.redis_keys import asked_key, in_hand_key, lease_key

_LOG = logging.getLogger(__name__)

LEASE_S = 4
"""A killed worker's job may be begun by another after so long: before its message is delivered
again (`workers.celery_app.REDELIVERY_S`), since a delivery that finds the lease held ends."""

DEATHS_S = 86_400
"""Over what processes died is remembered for so long."""

MAX_DEATHS = 3
"""A job over which so many processes died is given up: whatever it holds takes them with it."""


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
        counts = [in_hand_key(self._prefix, job) for job in ours]
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(keys, done), daemon=True)
        keeper.start()
        try:
            yield ours
        except (SystemExit, KeyboardInterrupt):
            counts.clear()  # the process ends in the middle: it stays counted
            raise
        finally:
            done.set()
            self._quietly(lambda: self._client.delete(*keys, *counts))

    def is_held(self, job: Job) -> bool:
        """Whether anybody holds the job."""
        return bool(self._quietly(lambda: self._client.exists(lease_key(self._prefix, job))))

    def suspects(self, jobs: Sequence[Job]) -> frozenset[Job]:
        """Those of the jobs over which a process died since somebody let them go.

        Of several that were held together each is named, whichever it was.
        """
        return frozenset(job for job, count in zip(jobs, self._deaths(jobs), strict=True) if count)

    def deaths(self, job: Job) -> int:
        """How many processes died over the job; the last one counts when its lease has run out."""
        return self._deaths([job])[0]

    def given_up(self, job: Job) -> None:
        """Count anew; the job stays suspect, for when it is asked for again."""
        key = in_hand_key(self._prefix, job)
        self._quietly(lambda: self._client.set(key, 1, ex=DEATHS_S))

    def not_asked(self, job: Job) -> None:
        """The job may be asked for again: it came to an end, or this time another was at it."""
        self._quietly(lambda: self._client.delete(asked_key(self._prefix, job)))

    def _deaths(self, jobs: Sequence[Job]) -> list[int]:
        """How often each was taken and not let go, without whoever holds it now."""
        looking = self._client.pipeline()
        for key in (in_hand_key, lease_key):
            looking.mget([key(self._prefix, job) for job in jobs])
        found = self._quietly(looking.execute) if jobs else None
        if not isinstance(found, list):
            return [0] * len(jobs)
        return [
            max(0, _number(count) - (lease is not None))
            for count, lease in zip(*found, strict=True)
        ]

    def _take(self, jobs: Sequence[Job]) -> frozenset[Job]:
        asking = self._client.pipeline(transaction=False)
        for job in jobs:
            asking.set(lease_key(self._prefix, job), "1", nx=True, ex=LEASE_S)
        try:
            taken = asking.execute()
        except RedisError as error:
            _LOG.warning("no lease on %d jobs: %s", len(jobs), error)
            return frozenset(jobs)
        ours = frozenset(job for job, is_ours in zip(jobs, taken, strict=True) if is_ours)
        self._count(ours)
        return ours

    def _count(self, ours: Iterable[Job]) -> None:
        counting = self._client.pipeline(transaction=False)
        for job in ours:
            key = in_hand_key(self._prefix, job)
            counting.incr(key)
            counting.expire(key, DEATHS_S)
        self._quietly(counting.execute)

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


def _number(count: bytes | None) -> int:
    """What stands in a key; none where a stranger wrote something else."""
    return int(count) if count and len(count) < 20 and count.isdigit() else 0
