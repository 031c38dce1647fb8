"""The contract of JobQueue: the thread of the embedded mode, and Celery with workers elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue, Lane
from records.revision import Grant, Revision
from records.rights.access import person_token
from services.after_commit.dead_letters import KIND
from services.finding.kind_lists import ListAsked
from services.flow.action_request import ActionRequest
from services.flow.edit import Edit
from services.searching.search_page import Asked
from storage.keys import revision_key
from tests.engines import cluster
from tests.faults.writer import ADMIN, LOGIN, load_people, prepare, settings_for, take_in
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation

PATIENCE_S = 40.0


class Rig:
    """An installation whose jobs are not done before `begin`."""

    def __init__(self, built: Installation, begin: Callable[[], object]) -> None:
        self.built = built
        self.begin = begin

    @property
    def queue(self) -> JobQueue:
        return self.built.queue

    def finds(self, word: str) -> bool:
        caller = self.built.house.book.caller(LOGIN)
        try:
            return self.built.house.searching.search(caller, Asked(words=f'"{word}"')).total == 1
        except Unavailable:
            return False  # the index is not there before its first writer


@pytest.fixture(params=["embedded", "celery"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with ExitStack() as stack:
        if request.param == "embedded":
            prepare(tmp_path)
            built = stack.enter_context(
                installation(replace(settings_for(tmp_path), revision_cache_bytes=0))
            )
            yield Rig(built, built.start)
            return
        engines = stack.enter_context(cluster(tmp_path))
        built = stack.enter_context(installation(engines.settings))
        load_people(built)
        begin = engines.worker("--beat", "--concurrency", "2")
        yield Rig(built, lambda: stack.enter_context(begin))


def ages(rig: Rig) -> list[float]:
    """Of the oldest job in each lane, in seconds; 0 where none waits."""
    return [state.oldest_s or 0.0 for state in rig.queue.lanes()]


@pytest.mark.feature("AQ-15")
def test_a_job_that_was_asked_for_is_done(rig: Rig) -> None:
    rig.begin()
    record = take_in(rig.built, "first")
    assert rig.queue.ask(Job(JobName.DELIVER, record), timeout_s=PATIENCE_S)
    assert dict(rig.built.index.entries(after=None)) == {record: 1}


def test_the_text_of_a_file_is_found_after_a_while(rig: Rig) -> None:
    rig.begin()
    record = take_in(rig.built, "reading")
    rig.queue.put(Job(JobName.DELIVER, record))
    until(lambda: rig.finds("内容 reading 完"), "the text was not indexed")
    until(rig.built.drain.empty, "the outbox was not worked off")


def test_asking_gives_up_in_time_and_the_work_is_done_later(rig: Rig) -> None:
    record = take_in(rig.built, "late")
    began = time.monotonic()
    assert not rig.queue.ask(Job(JobName.DELIVER, record), timeout_s=0.05)
    assert time.monotonic() - began < 5
    rig.begin()
    until(lambda: rig.finds("late"), "nobody did it later")


def test_a_job_that_was_never_put_is_done_all_the_same(rig: Rig) -> None:
    record = take_in(rig.built, "forgotten")
    rig.begin()
    until(lambda: rig.finds("forgotten"), f"the sweep missed {record}")


def test_a_job_put_many_times_does_its_work_once(rig: Rig) -> None:
    record = take_in(rig.built, "again")
    for _ in range(20):
        rig.queue.put(Job(JobName.DELIVER, record))
    rig.begin()
    until(rig.built.drain.empty, "the outbox was not worked off")
    assert dict(rig.built.index.entries(after=None)) == {record: 1}


def told(rig: Rig) -> int:
    """Notices that the administrator has not read."""
    return rig.built.house.notices.unread(rig.built.house.book.caller(ADMIN))


def shared(rig: Rig, word: str) -> RecordId:
    """A record that its writer has opened to the administrator, which is news to him."""
    house = rig.built.house
    writer = house.book.caller(LOGIN)
    record = take_in(rig.built, word)
    grants = (Grant(to=person_token(ADMIN)),)
    house.editing.edit(writer, record, Edit(grants=grants), revision=1)
    return record


def test_what_follows_a_commit_is_done_when_asked_for(rig: Rig) -> None:
    rig.begin()
    record = shared(rig, "shared")
    assert rig.queue.ask(Job(JobName.EFFECT, record), timeout_s=PATIENCE_S)
    assert told(rig) == 1


def test_what_follows_a_commit_is_done_once_though_nobody_asked(rig: Rig) -> None:
    for number in range(3):
        shared(rig, f"silent{number}")
    rig.begin()
    until(lambda: told(rig) == 3, "the sweep missed an effect")
    until(rig.built.drain.empty, "the outbox was not worked off")
    assert told(rig) == 3


def test_lanes_tell_what_waits_and_for_how_long(rig: Rig) -> None:
    assert {state.lane: state.waiting for state in rig.queue.lanes()} == dict.fromkeys(Lane, 0)
    began = time.monotonic()
    for _ in range(3):
        rig.queue.put(Job(JobName.DELIVER, take_in(rig.built, "waits")))
    assert sum(state.waiting for state in rig.queue.lanes()) == 3
    until(lambda: max(ages(rig)) > 0.05, "nothing grows old")
    assert max(ages(rig)) <= time.monotonic() - began


@pytest.mark.feature("AQ-15")
def test_work_that_cannot_be_done_becomes_a_letter_and_is_done_when_asked_again(rig: Rig) -> None:
    damaged, sound = take_in(rig.built, "damaged"), take_in(rig.built, "sound")
    store = rig.built.engines.store
    key = revision_key(damaged, 1)
    whole = store.read(key)
    store.replace(key, whole[:-9])
    rig.begin()
    rig.queue.put(Job(JobName.DELIVER, damaged))
    until(lambda: rig.finds("sound"), f"{sound} was held up by the other")
    until(lambda: [subject(each) for each in letters(rig)] == [damaged], "no dead letter")
    assert not rig.finds("damaged")
    store.replace(key, whole)
    house = rig.built.house
    (letter,) = letters(rig)
    house.settle(
        house.acting.act(house.book.caller(ADMIN), letter.record, "retry", ActionRequest(1))
    )
    until(lambda: rig.finds("damaged"), "it was not tried again")
    until(rig.built.drain.empty, "the outbox was not worked off")
    assert letters(rig) == []


def letters(rig: Rig) -> list[Revision]:
    """Open letters, as an administrator finds them."""
    house = rig.built.house
    asked = ListAsked(filters=(("state", "open"),), sort="-changed")
    found = house.lists.of_kinds.page(house.book.caller(ADMIN), KIND, asked, counted=False)
    return [row.revision for row in found.page.rows]


def subject(letter: Revision) -> object:
    return letter.fields["subject"]
