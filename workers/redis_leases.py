"""What Redis keeps about jobs in hand: who does one, and how often it was begun.

Everything here may be lost at any moment: without a lease a job is done twice, which does no harm.
"""

import logging
import threading
from collections.abc import Callable, Iterator
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
    def hold(self, job: Job) -> Iterator[bool]:
        """Whether the job is ours for the time of the context; kept alive by a thread."""
        key = lease_key(self._prefix, job)
        if not self._take(key):
            yield False
            return
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(key, done), daemon=True)
        keeper.start()
        try:
            yield True
        finally:
            done.set()
            self._quietly(lambda: self._client.delete(key))

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

    def _take(self, key: str) -> bool:
        try:
            return bool(self._client.set(key, "1", nx=True, ex=LEASE_S))
        except RedisError as error:
            _LOG.warning("no lease on %s: %s", key, error)
            return True

    def _keep(self, key: str, done: threading.Event) -> None:
        while not done.wait(LEASE_S / 3):
            self._quietly(lambda: self._client.expire(key, LEASE_S))

    def _quietly(self, call: Callable[[], object]) -> object:
        try:
            return call()
        except RedisError as error:
            _LOG.warning("redis: %s", error)
            return None
