"""A Redis that is frozen, or gone when work ends: nobody waits long, no worker stays behind."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from kombu import Connection, Consumer, Exchange, Message, Queue
from redis import Redis
from redis.exceptions import RedisError

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane
from tests.servers.redis import RedisServer
from tests.servers.server import Running, running
from tests.waiting import until
from workers.celery_app import TRANSPORT
from workers.celery_queue import CeleryJobQueue, redis_client
from workers.redis_messages import INDEX, RedisMessages

RECORD = RecordId("01ARZ3NDEKTSV4RRFFQ69G5FAV")
JOB, LONG_JOB = Job(JobName.DELIVER, RECORD), Job(JobName.READ, RECORD)


@pytest.fixture
def redis() -> Iterator[Running]:
    with running(RedisServer()) as own:
        yield own


def test_a_frozen_redis_holds_the_first_asker_a_moment_and_the_next_not_at_all(
    redis: Running,
) -> None:
    queue = CeleryJobQueue(redis.address, name="t")
    queue.put(JOB)
    redis.program.freeze()
    # Where this process itself is held up, the clock tells nothing: then they ask once more.
    tries = (asked_in_turn(queue) for _ in range(4))
    assert any(first_s < 5.0 and next_s < 0.5 for first_s, next_s in tries)
    redis.program.thaw()
    until(
        lambda: not queue.ask(JOB, timeout_s=0.1) if sends(queue) else False,
        "it rests",
        within_s=30,
    )
    queue.close()


def asked_in_turn(queue: CeleryJobQueue) -> tuple[float, float]:
    """How long one who asks is held, when nobody has for a while, and how long the next one."""
    threading.Event().wait(2.5)
    return held_s(queue), held_s(queue)


def held_s(queue: CeleryJobQueue) -> float:
    began = time.monotonic()
    with pytest.raises(Unavailable, match="queue_down"):
        queue.ask(JOB, timeout_s=3.0)
    return time.monotonic() - began


def sends(queue: CeleryJobQueue, job: Job = JOB) -> bool:
    try:
        queue.put(job)
    except Unavailable:
        return False
    return True


@pytest.mark.parametrize("fault", ["killed", "frozen"])
def test_a_long_job_whose_message_was_not_sent_is_asked_for_again_soon(
    redis: Running, fault: str
) -> None:
    queue = CeleryJobQueue(redis.address, name="t")
    queue.put(JOB)  # so that there are connections to be broken
    if fault == "killed":
        redis.program.kill()
    else:
        redis.program.freeze()
    with pytest.raises(Unavailable, match="queue_down"):
        queue.put(LONG_JOB)
    if fault == "killed":
        redis.program.again()
        until(lambda: pings(redis), "it does not come back", within_s=20)
    redis.program.thaw()
    lane = f"{queue.prefix}{Lane.EXTRACT}"
    until(lambda: sends(queue, LONG_JOB) and queue.redis.llen(lane) == 1, "no message", within_s=15)
    assert sends(queue, LONG_JOB)
    assert queue.redis.llen(lane) == 1, "it waits once"
    queue.close()


def test_a_message_in_work_stays_young_and_one_that_is_done_does_not_come_back(
    redis: Running,
) -> None:
    client = redis_client(redis.address)
    messages = RedisMessages(client, prefix="t:")
    client.zadd(f"t:{INDEX}", {"tag": 1.0})
    with messages.kept("tag"):
        until(lambda: (client.zscore(f"t:{INDEX}", "tag") or 0) > 1.0, "it is old", within_s=30)
        client.zrem(f"t:{INDEX}", "tag")
        client.zadd(f"t:{INDEX}", {"other": 1.0})
        with messages.kept("other"):
            until(lambda: (client.zscore(f"t:{INDEX}", "other") or 0) > 1, "it is old", within_s=30)
    assert client.zscore(f"t:{INDEX}", "tag") is None
    client.close()


@pytest.mark.parametrize("ahead_s", [-120.0, 120.0])
def test_a_machine_whose_clock_is_wrong_knows_what_is_abandoned(
    redis: Running, monkeypatch: pytest.MonkeyPatch, ahead_s: float
) -> None:
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + ahead_s)
    monkeypatch.setattr("kombu.transport.redis.time", lambda: now() + ahead_s)
    lane = Queue("lane", Exchange("jobs"), routing_key="lane")
    client = redis_client(redis.address)
    options = {"visibility_timeout": 60}
    with Connection(redis.address, transport=TRANSPORT, transport_options=options) as connection:
        for _ in range(2):
            connection.Producer().publish({}, exchange="jobs", routing_key="lane", declare=[lane])
        with Consumer(connection, [lane], on_message=lambda _: None, prefetch_count=2) as consumer:
            connection.drain_events(timeout=5)
            connection.drain_events(timeout=5)
            taken = in_hand(client)
            assert [abs(at - now()) < 60 for at in taken.values()] == [True, True]
            abandoned, held = taken
            client.zadd(INDEX, {abandoned: now() - 70})
            channel: Any = consumer.channel
            channel.qos.restore_visible(interval=1)
            assert (set(in_hand(client)), client.llen("lane")) == ({held}, 1)
            client.zadd(INDEX, {held: now() - 50})
            with RedisMessages(client, prefix="").kept(held):
                until(lambda: in_hand(client)[held] > now() - 30, "it is old", within_s=30)
            assert abs(in_hand(client)[held] - now()) < 60
    client.close()


def in_hand(client: Redis) -> dict[str, float]:
    """Messages that were taken and not acknowledged, and when."""
    found: Any = client.zrange(INDEX, 0, -1, withscores=True)
    return {tag.decode(): at for tag, at in found}


def test_a_worker_whose_redis_went_away_has_room_for_the_next_message(redis: Running) -> None:
    lane = Queue("lane", Exchange("jobs"), routing_key="lane")
    got: list[Message] = []
    with Connection(redis.address, transport=TRANSPORT) as connection:
        connection.Producer().publish({}, exchange="jobs", routing_key="lane", declare=[lane])
        consumer = Consumer(connection, [lane], on_message=got.append, prefetch_count=1)
        with consumer:
            connection.drain_events(timeout=5)
            assert not has_room(consumer)
            redis.program.kill()
            with pytest.raises(RedisError):
                got[0].ack()
            assert has_room(consumer)
            redis.program.again()
            until(lambda: pings(redis), "it does not come back", within_s=20)


def has_room(consumer: Consumer) -> bool:
    channel: Any = consumer.channel
    return bool(channel.qos.can_consume())


def pings(redis: Running) -> bool:
    client = redis_client(redis.address)
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()
