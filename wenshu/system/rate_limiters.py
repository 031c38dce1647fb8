"""Rate limits by the library `limits`: in the process, or in Redis where there are several."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Self, TypeVar

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import ConnectionPool

from records.ports.rate_limiter import Rate

_LOG = logging.getLogger(__name__)

REST_S = 5.0
"""A Redis that failed is not asked again for so long; the process counts by itself meanwhile."""

_Answer = TypeVar("_Answer")


class WindowRateLimiter:
    """Implements `records.ports.rate_limiter.RateLimiter` by moving windows."""

    def __init__(self, storage: MemoryStorage | RedisStorage) -> None:
        self._windows = MovingWindowRateLimiter(storage)

    @classmethod
    def in_process(cls) -> Self:
        """Counts of this process alone."""
        return cls(MemoryStorage())

    @classmethod
    def in_redis(cls, pool: ConnectionPool, *, prefix: str) -> Self:
        """Counts that all processes share. Raises StorageError while Redis is away."""
        url = "redis://of-the-pool"
        storage = RedisStorage(url, connection_pool=pool, key_prefix=prefix, wrap_exceptions=True)
        return cls(storage)

    def count(self, name: str, rates: Sequence[Rate]) -> float:
        """As the port says."""
        counted = [self._windows.hit(_item(rate), name) for rate in rates]
        return 0.0 if all(counted) else self.wait_s(name, rates)

    def wait_s(self, name: str, rates: Sequence[Rate]) -> float:
        """As the port says."""
        waits = [0.0]
        for rate in rates:
            reset_at, remaining = self._windows.get_window_stats(_item(rate), name)
            if remaining <= 0:
                waits.append(max(1.0, reset_at - time.time()))
        return max(waits)

    def forget(self, name: str, rates: Sequence[Rate]) -> None:
        """As the port says."""
        for rate in rates:
            self._windows.clear(_item(rate), name)


class SharedRateLimiter:
    """Implements the port by one that all share, and by one of this process while that is away."""

    def __init__(
        self,
        shared: WindowRateLimiter,
        own: WindowRateLimiter,
        *,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._own = own
        self._now_s = now_s
        self._rests_until_s = 0.0

    def count(self, name: str, rates: Sequence[Rate]) -> float:
        """As the port says."""
        return self._ask(lambda limiter: limiter.count(name, rates))

    def wait_s(self, name: str, rates: Sequence[Rate]) -> float:
        """As the port says."""
        return self._ask(lambda limiter: limiter.wait_s(name, rates))

    def forget(self, name: str, rates: Sequence[Rate]) -> None:
        """As the port says; what this process counted in an outage is forgotten as well."""
        self._own.forget(name, rates)
        self._ask(lambda limiter: limiter.forget(name, rates))

    def _ask(self, ask: Callable[[WindowRateLimiter], _Answer]) -> _Answer:
        if self._now_s() >= self._rests_until_s:
            try:
                return ask(self._shared)
            except StorageError as error:
                _LOG.warning("rate limits are counted in this process alone: %s", error)
                self._rests_until_s = self._now_s() + REST_S
        return ask(self._own)


def _item(rate: Rate) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(rate.most, rate.within_s)
