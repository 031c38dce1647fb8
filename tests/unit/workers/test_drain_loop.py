"""The in-process queue: wakes at once, waits for what was asked, takes over when it may write."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from records.identity import RecordId
from records.ports.job_queue import Job, JobName
from tests.faults.writer import prepare, settings_for, take_in
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Installation]:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as opened:
        yield opened


def newest(built: Installation, record: RecordId) -> int:
    return dict(built.index.entries(after=None)).get(record, 0)


def settled(built: Installation, record: RecordId, *, timeout_s: float) -> bool:
    return built.queue.ask(Job(JobName.DELIVER, record), timeout_s=timeout_s)


def test_what_was_settled_is_in_the_index(built: Installation) -> None:
    built.start()
    for count in range(3):
        record = take_in(built, f"word{count}")
        assert settled(built, record, timeout_s=30)
        assert newest(built, record) == 1


def test_settling_gives_up_in_time_and_the_work_is_done_later(built: Installation) -> None:
    record = take_in(built, "late")
    began = time.monotonic()
    assert not settled(built, record, timeout_s=0.05)
    assert time.monotonic() - began < 5
    built.start()
    assert settled(built, record, timeout_s=30)


def test_a_second_process_waits_while_the_first_one_writes_and_then_takes_over(
    built: Installation, tmp_path: Path
) -> None:
    built.start()
    assert settled(built, take_in(built, "one"), timeout_s=30)
    with installation(settings_for(tmp_path)) as second:
        second.start()
        record = take_in(second, "two")
        until(lambda: newest(second, record) > 0, "the first process did not index it")
        assert settled(second, take_in(second, "quick"), timeout_s=30)
        built.queue.close()
        built.index.close()
        assert settled(second, take_in(second, "three"), timeout_s=30)
