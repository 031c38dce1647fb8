"""What strangers put into Redis costs a line of the log, never a worker."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest

from records.ports.job_queue import Job, JobName, Lane
from tests.engines import Cluster
from tests.faults.writer import load_people, take_in
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from workers.celery_queue import CeleryJobQueue
from workers.redis_messages import INDEX

SECRET = "机密内容"
PATIENCE_S = 40.0


@pytest.fixture
def built(engines: Cluster) -> Iterator[Installation]:
    with installation(engines.settings) as opened:
        load_people(opened)
        yield opened


def own_message(queue: CeleryJobQueue) -> dict[str, Any]:
    """A message as this program sends it, taken out of its lane again."""
    queue.put(Job(JobName.UPKEEP))
    sent = queue.redis.rpop(f"{queue.prefix}{Lane.MAINTENANCE}")
    assert isinstance(sent, bytes)
    found: dict[str, Any] = json.loads(sent)
    return found


def foreign(own: dict[str, Any]) -> Iterator[bytes]:
    """Messages that nobody of ours sends."""
    yield b"\xff\xfe not even text"
    yield SECRET.encode()
    yield b"[" * 200_000
    for value in (None, 7, SECRET, [SECRET], {}, {SECRET: SECRET}):
        yield json.dumps(value).encode()
    yield json.dumps({"__type__": SECRET, "__value__": SECRET}).encode()
    yield json.dumps({"__type__": "uuid", "__value__": {"hex": SECRET}}).encode()
    for part in own:
        for value in (None, 7, SECRET, [SECRET], {}, {SECRET: SECRET}):
            yield json.dumps({**own, part: value}).encode()
        yield json.dumps({name: own[name] for name in own if name != part}).encode()
    for part in ("headers", "properties"):
        for name in own[part]:
            for value in (None, 7, SECRET, [SECRET], {SECRET: SECRET}):
                yield json.dumps({**own, part: {**own[part], name: value}}).encode()
    for body in (SECRET, json.dumps([[SECRET]]), json.dumps([[SECRET], {SECRET: SECRET}, SECRET])):
        yield json.dumps({**own, "body": b64encode(body.encode()).decode()}).encode()


def test_nothing_that_this_program_sends_is_taken_for_garbage(
    engines: Cluster, built: Installation
) -> None:
    with engines.worker("--concurrency", "2", "--beat"):
        record = take_in(built, "swept")  # asked for by nobody but the clock
        until(built.drain.empty, "the clock was not heard", within_s=PATIENCE_S)
        for job in (Job(JobName.DELIVER, record), Job(JobName.RECONCILE), Job(JobName.DRAIN)):
            assert built.queue.ask(job, timeout_s=PATIENCE_S), job
    log = (engines.settings.data / "worker.log").read_text(encoding="utf-8")
    assert "none of ours" not in log


def test_garbage_in_a_lane_is_dropped_unseen_and_the_worker_works_on(
    engines: Cluster, built: Installation
) -> None:
    queue = built.engines.queue
    assert queue is not None
    lane = f"{queue.prefix}{Lane.MAINTENANCE}"
    garbage = list(foreign(own_message(queue)))
    with engines.worker("--concurrency", "1") as worker:
        assert queue.ask(Job(JobName.UPKEEP), timeout_s=PATIENCE_S)
        queue.redis.lpush(lane, *garbage)
        assert queue.ask(Job(JobName.UPKEEP), timeout_s=PATIENCE_S)
        until(lambda: queue.redis.llen(lane) == 0, "garbage stays", within_s=PATIENCE_S)
        assert worker.poll() is None
    log = (engines.settings.data / "worker.log").read_text(encoding="utf-8")
    assert "a message that is none of ours was dropped: headers" in log
    assert SECRET not in log


@pytest.mark.parametrize(
    "asked_at", [SECRET, "-inf", "nan", 10**400, [], None], ids=lambda it: str(it)[:4]
)
def test_garbage_that_waits_does_not_keep_the_lanes_from_being_told(
    built: Installation, asked_at: object
) -> None:
    queue = built.engines.queue
    assert queue is not None
    for lane, message in (
        (Lane.BULK, b"[" * 200_000),
        (Lane.INDEX, json.dumps({"headers": {"asked_at": asked_at}}).encode()),
    ):
        queue.redis.lpush(f"{queue.prefix}{lane}", message)
    told = {state.lane: (state.waiting, state.oldest_s) for state in queue.lanes()}
    assert told[Lane.BULK] == told[Lane.INDEX] == (1, None)


def test_garbage_among_messages_in_hand_holds_back_no_other(
    engines: Cluster, built: Installation
) -> None:
    queue = built.engines.queue
    assert queue is not None
    lost = json.dumps([own_message(queue), "jobs", str(Lane.MAINTENANCE)])
    hand = {"bad": SECRET, "worse": json.dumps([SECRET]), "good": lost}
    for age, (tag, entry) in enumerate(hand.items()):
        queue.redis.hset(f"{queue.prefix}unacked", tag, entry)
        queue.redis.zadd(f"{queue.prefix}{INDEX}", {tag: 100.0 - age})
    with engines.worker("--concurrency", "1") as worker:
        until(
            lambda: not queue.redis.exists(f"{queue.prefix}unacked"),
            "it is held back",
            within_s=PATIENCE_S,
        )
        assert worker.poll() is None
    assert SECRET not in (engines.settings.data / "worker.log").read_text(encoding="utf-8")
