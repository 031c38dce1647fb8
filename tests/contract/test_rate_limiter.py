"""The contract of RateLimiter: in one process, in Redis, and in Redis while it is away."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from redis import ConnectionPool

from records.ports.rate_limiter import Rate, RateLimiter
from tests.servers.redis import RedisServer
from tests.servers.server import address_of
from tests.waiting import until
from wenshu.system.rate_limiters import SharedRateLimiter, WindowRateLimiter
from workers.celery_queue import redis_client

THREE = (Rate(3, 60),)


def pool_of(url: str) -> ConnectionPool:
    return redis_client(url).connection_pool


@pytest.fixture(params=["in process", "in redis", "redis away"])
def limiter(request: pytest.FixtureRequest) -> Iterator[RateLimiter]:
    if request.param == "in process":
        yield WindowRateLimiter.in_process()
        return
    if request.param == "redis away":
        shared = WindowRateLimiter.in_redis(pool_of("redis://127.0.0.1:1/0"), prefix="x")
        yield SharedRateLimiter(shared, WindowRateLimiter.in_process())
        return
    with address_of(RedisServer()) as address:
        yield WindowRateLimiter.in_redis(pool_of(address), prefix=uuid4().hex)


def test_so_many_are_counted_and_the_next_is_told_how_long_to_wait(limiter: RateLimiter) -> None:
    assert limiter.wait_s("a", THREE) == 0
    assert [limiter.count("a", THREE) for _ in range(3)] == [0, 0, 0]
    assert 1 <= limiter.count("a", THREE) <= 60
    assert 1 <= limiter.wait_s("a", THREE) <= 60
    assert limiter.count("b", THREE) == 0


def test_looking_counts_nothing(limiter: RateLimiter) -> None:
    for _ in range(5):
        assert limiter.wait_s("a", THREE) == 0


def test_of_several_rates_the_one_that_is_full_decides(limiter: RateLimiter) -> None:
    rates = (Rate(5, 60), Rate(2, 3600))
    assert [limiter.count("a", rates) for _ in range(2)] == [0, 0]
    assert limiter.wait_s("a", rates) > 60


def test_what_is_forgotten_begins_anew(limiter: RateLimiter) -> None:
    for _ in range(4):
        limiter.count("a", THREE)
    limiter.forget("a", THREE)
    assert limiter.count("a", THREE) == 0


def test_there_is_room_again_when_the_window_has_moved_on(limiter: RateLimiter) -> None:
    one = (Rate(1, 1),)
    assert limiter.count("a", one) == 0
    assert limiter.count("a", one) > 0
    until(lambda: limiter.wait_s("a", one) == 0, "the window stands still", within_s=10)
    assert limiter.count("a", one) == 0


def test_of_many_at_once_no_more_are_counted_than_the_rate_says(limiter: RateLimiter) -> None:
    with ThreadPoolExecutor(16) as threads:
        waits = list(threads.map(lambda _: limiter.count("a", THREE), range(64)))
    assert waits.count(0) == 3


def test_processes_that_share_a_redis_share_the_counts() -> None:
    prefix = uuid4().hex
    with address_of(RedisServer()) as address:
        pools = [pool_of(address) for _ in range(2)]
        first, second = (WindowRateLimiter.in_redis(pool, prefix=prefix) for pool in pools)
        for _ in range(3):
            first.count("a", THREE)
        assert second.count("a", THREE) > 0


def test_a_redis_that_is_away_is_not_asked_again_at_once() -> None:
    now, pool = 0.0, pool_of("redis://127.0.0.1:1/0")
    own = WindowRateLimiter.in_process()
    limiter = SharedRateLimiter(
        WindowRateLimiter.in_redis(pool, prefix="x"), own, now_s=lambda: now
    )
    for _ in range(4):
        limiter.count("a", THREE)
    assert own.wait_s("a", THREE) > 0
    began = time.monotonic()
    for _ in range(500):
        limiter.wait_s("a", THREE)
    assert time.monotonic() - began < 5
    pool.close()
