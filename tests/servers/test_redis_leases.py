"""Jobs between workers, on a real Redis: begun too often, asked for twice, named by nonsense."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from records.identity import RecordId
from records.ports.job_queue import Job, JobName, Lane
from tests.servers.redis import RedisServer
from tests.servers.server import address_of
from tests.waiting import until
from workers.celery_app import run
from workers.celery_queue import CeleryJobQueue
from workers.redis_keys import in_hand_key, lease_key
from workers.redis_leases import MAX_DEATHS, RedisLeases
from workers.together import Together

READ = Job(JobName.READ, RecordId("01M87FG7S9E2RS3XZ5K1T4QW8N"))


class Recording:
    """A runner that notes what it was given, or dies over it."""

    def __init__(self, *, dies: bool = False) -> None:
        self.ran: list[Job] = []
        self.given_up: list[Job] = []
        self._dies = dies

    def run(self, job: Job) -> None:
        self.ran.append(job)
        if self._dies:
            raise SystemExit(1)  # as a process that ends in the middle

    def give_up(self, job: Job, error: Exception) -> None:
        self.given_up.append(job)


@pytest.fixture
def queue() -> Iterator[CeleryJobQueue]:
    with address_of(RedisServer()) as address:
        opened = CeleryJobQueue(address, name=f"t{uuid4().hex[:12]}")
        yield opened
        opened.close()


def leases_of(queue: CeleryJobQueue) -> RedisLeases:
    return RedisLeases(queue.redis, prefix=queue.prefix)


def waiting(queue: CeleryJobQueue, lane: Lane) -> int:
    return next(state.waiting for state in queue.lanes() if state.lane is lane)


def test_a_long_job_that_never_comes_to_an_end_is_given_up(queue: CeleryJobQueue) -> None:
    for _ in range(MAX_DEATHS):
        with pytest.raises(SystemExit):
            run(READ, Recording(dies=True), leases_of(queue))  # type: ignore[arg-type]
    last = Recording()
    run(READ, last, leases_of(queue))  # type: ignore[arg-type]
    assert (last.ran, last.given_up) == ([], [READ])
    assert leases_of(queue).suspects([READ]) == {READ}
    later = Recording()
    run(READ, later, leases_of(queue))  # type: ignore[arg-type]
    assert (later.ran, later.given_up) == ([READ], [])


def test_a_long_job_waits_once_however_often_it_is_asked_for(queue: CeleryJobQueue) -> None:
    for _ in range(5):
        queue.put(READ)
    assert waiting(queue, Lane.EXTRACT) == 1
    run(READ, Recording(), leases_of(queue))  # type: ignore[arg-type]
    queue.put(READ)
    assert waiting(queue, Lane.EXTRACT) == 2


def test_a_message_that_is_none_of_ours_is_counted_and_has_no_age(queue: CeleryJobQueue) -> None:
    for garbage in ("garbage{{", "[1]", '{"headers": 7}', '{"headers": {"asked_at": "x"}}'):
        queue.redis.rpush(f"{queue.prefix}{Lane.BULK}", garbage)
        state = next(state for state in queue.lanes() if state.lane is Lane.BULK)
        assert state.oldest_s is None
    assert waiting(queue, Lane.BULK) == 4


def test_of_two_who_take_the_same_records_each_is_given_other_ones(queue: CeleryJobQueue) -> None:
    together = Together(queue)
    one, two, three = (RecordId(f"01M87FG7S9E2RS3XZ5K1T4QW8{n}") for n in "ABC")
    with together.hold([one, two]) as first, together.hold([two, three]) as second:
        assert first == {one, two}
        assert second == {three}
    with together.hold([one, two, three]) as after:
        assert after == {one, two, three}


def dies_over(together: Together, records: list[RecordId]) -> None:
    """As a process that ends in the middle."""
    with pytest.raises(SystemExit), together.hold(records):
        raise SystemExit(1)


@pytest.mark.parametrize("name", [JobName.DELIVER, JobName.INDEX])
def test_a_record_over_which_processes_died_too_often_is_given_up_whatever_asked_for_it(
    queue: CeleryJobQueue, name: JobName
) -> None:
    together = Together(queue)
    one, two = (RecordId(f"01M87FG7S9E2RS3XZ5K1T4QW8{n}") for n in "AB")
    dies_over(together, [one, two])
    for _ in range(MAX_DEATHS - 1):
        dies_over(together, [one])
    last = Recording()
    for record in (one, two):
        run(Job(name, record), last, leases_of(queue))  # type: ignore[arg-type]
    assert (last.ran, last.given_up) == ([Job(name, two)], [Job(name, one)])
    run(Job(name, one), last, leases_of(queue))  # type: ignore[arg-type]
    assert last.ran[1:] == [Job(name, one)], "who asks for it again has it tried again"
    assert one in together.suspects([one]), "and alone"


def test_jobs_that_wait_for_one_record_at_once_are_no_deaths(queue: CeleryJobQueue) -> None:
    together, many = Together(queue), MAX_DEATHS + 2
    job = Job(JobName.DELIVER, RecordId("01M87FG7S9E2RS3XZ5K1T4QW8A"))
    dies_over(together, [RecordId(str(job.record))])
    waiting = Waiting(many)
    with ThreadPoolExecutor(many) as pool:
        for _ in range(many):
            pool.submit(run, job, waiting, leases_of(queue))  # type: ignore[arg-type]
    assert (waiting.ran, waiting.given_up) == ([job] * many, [])


class Waiting(Recording):
    """A runner all of whose jobs are begun before one ends."""

    def __init__(self, many: int) -> None:
        super().__init__()
        self._all_there = Barrier(many, timeout=10)

    def run(self, job: Job) -> None:
        super().run(job)
        self._all_there.wait()


@pytest.mark.parametrize("garbage", [b"", b"garbage{{", b"-3", b"1e9", b"9" * 5000])
def test_a_count_that_a_stranger_wrote_is_none(queue: CeleryJobQueue, garbage: bytes) -> None:
    queue.redis.set(in_hand_key(queue.prefix, Job(JobName.INDEX, READ.record)), garbage)
    last = Recording()
    deliver = Job(JobName.DELIVER, READ.record)
    run(deliver, last, leases_of(queue))  # type: ignore[arg-type]
    assert (last.ran, last.given_up) == ([deliver], [])


def test_files_are_read_beside_other_work_by_one_and_not_where_one_died(
    queue: CeleryJobQueue,
) -> None:
    together, other = Together(queue), Together(queue)
    one, two = (RecordId(f"01M87FG7S9E2RS3XZ5K1T4QW8{n}") for n in "AB")
    with together.reading(one) as ours, other.reading(one) as theirs, other.reading(two) as free:
        assert (ours, theirs, free) == (True, False, True)
    with pytest.raises(SystemExit), together.reading(one):
        raise SystemExit(1)
    with other.reading(one) as ours:
        assert not ours
    run(Job(JobName.READ, one), Recording(), leases_of(queue))  # type: ignore[arg-type]
    with other.reading(one) as ours:
        assert ours, "a job of its own came to its end"


def test_all_that_was_held_by_a_process_that_died_is_suspect_until_somebody_lets_it_go(
    queue: CeleryJobQueue,
) -> None:
    together = Together(queue)
    one, two, three = (RecordId(f"01M87FG7S9E2RS3XZ5K1T4QW8{n}") for n in "ABC")
    with together.hold([one, two]):
        with together.hold([one, three]):
            assert together.suspects([one, two, three]) == set(), "they are being worked off"
        for record in (one, two):  # as they run out when nobody keeps them
            queue.redis.delete(lease_key(queue.prefix, Job(JobName.INDEX, record)))
        assert together.suspects([one, two, three]) == {one, two}
        with together.hold([one]):
            assert together.suspects([one, two]) == {one, two}, "who holds it now may die as well"
        assert together.suspects([one, two]) == {two}


def test_who_waits_for_a_record_is_told_by_whoever_worked_it_off(queue: CeleryJobQueue) -> None:
    one, other = (RecordId(f"01M87FG7S9E2RS3XZ5K1T4QW8{n}") for n in "AB")
    with ThreadPoolExecutor(3) as pool:
        for_one = [
            pool.submit(queue.ask, Job(JobName.DELIVER, one), timeout_s=20) for _ in range(2)
        ]
        for_other = pool.submit(queue.ask, Job(JobName.DELIVER, other), timeout_s=0.5)
        until(lambda: waiting(queue, Lane.INTERACTIVE) == 3, "not all three ask")
        Together(queue).tell([one])
        assert [asked.result() for asked in for_one] == [True, True]
        assert not for_other.result()
