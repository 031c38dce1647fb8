"""Effects of commits: each is run once in the end, and none holds up another."""

import itertools
import multiprocessing
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from records.consequences.effects import AskAgain, CreateChild, Deliver, Effect
from records.errors import NotFound, Refused, Unavailable
from records.identity import KindName, Login, RecordId, Token
from records.ports.effect_outbox import EffectEntry
from records.revision import Grant, Revision
from records.rights.access import EVERYONE
from services.after_commit.deliveries import Receipt
from services.after_commit.effect_failures import LONGEST_DELAY_S, MOST_FAILURES
from services.after_commit.effect_sweep import ABANDONED_S
from services.flow.change import Attempt
from services.intake.ingest import Draft
from services.people.caller import Caller
from storage.filesystem_store import FilesystemObjectStore
from storage.memory_store import MemoryObjectStore
from tests.clocks import NOW
from tests.following import FollowingRig

DELIVER, ASK = Deliver(), AskAgain()


@pytest.fixture
def rig() -> FollowingRig:
    return FollowingRig(MemoryObjectStore())


def caller(rig: FollowingRig) -> Caller:
    return rig.book.caller(Login("li"))


def notice(rig: FollowingRig, *effects: Effect) -> Revision:
    """A published notice whose second revision has these effects."""
    fields = {"title": "题", "body": "文", "audience": ["everyone"]}
    first = rig.ingest.begin(caller(rig), Draft("notice", fields))
    return changed(rig, first, *effects)


def changed(rig: FollowingRig, before: Revision, *effects: Effect) -> Revision:
    after = before.model_copy(update={"state": "published", "effects": effects})
    return rig.changes.write(caller(rig), before, after, Attempt("publish"))


def work(rig: FollowingRig) -> None:
    """One look of the sweep, and the jobs that it asks for."""
    for record in rig.sweep.due(lying_s=0.0):
        rig.worker.run(record)


def letters(rig: FollowingRig) -> list[Revision]:
    found = [rig.truth.log.revision(record, number) for record, number in rig.truth.log.records()]
    return [revision for revision in found if revision.kind == "failed_job"]


@pytest.mark.feature("TZ-04")
def test_an_effect_is_run_and_its_entry_goes(rig: FollowingRig) -> None:
    record = notice(rig, DELIVER).record
    assert rig.waiting() == [(record, 1, 0), (record, 2, 0), (record, 2, 1)]
    work(rig)
    assert rig.waiting() == []
    assert rig.parts.deliveries.recipients(record) == ("li", "wang", "admin")


def test_a_record_without_a_flow_leaves_no_entry_unless_it_is_opened_to_somebody(
    rig: FollowingRig,
) -> None:
    grants = (Grant(to=EVERYONE),)
    rig.ingest.begin(caller(rig), Draft("folder", {"title": "题"}, grants=grants))
    assert rig.waiting() == []


def test_an_effect_that_fails_for_a_week_holds_up_no_other(rig: FollowingRig) -> None:
    rig.runner.failing["ask_again"] = Unavailable("queue_down")
    stuck = notice(rig, ASK, DELIVER)
    other = notice(rig, DELIVER)
    work(rig)
    later = changed(rig, stuck, DELIVER)
    for _ in range(7 * 24):
        work(rig)
        rig.clock.pass_s(3_601)
        rig.now_s += 3_601
    assert rig.waiting() == [(stuck.record, 2, 1)]
    assert rig.parts.deliveries.recipients(other.record)
    assert rig.truth.claims.read(f"deliveries/{stuck.record}/{later.number:08d}") is not None
    assert letters(rig) == []
    rig.runner.failing.clear()
    work(rig)
    assert rig.waiting() == []
    assert list(rig.truth.claims.names("effect-failed/")) == []


def test_what_waits_for_a_part_is_tried_ever_less_often(rig: FollowingRig) -> None:
    rig.runner.failing["deliver"] = Unavailable("queue_down")
    record = notice(rig, DELIVER).record
    tried: list[float] = []
    for second in range(20_000):
        rig.worker.run(record)
        if len(rig.runner.ran) > len(tried):
            tried.append(second)
        rig.clock.pass_s(1)
    waits = [after - before for before, after in itertools.pairwise(tried)]
    assert waits[:9] == [10, 20, 40, 80, 160, 320, 640, 1280, 2560]
    assert set(waits[9:]) == {LONGEST_DELAY_S}


@pytest.mark.feature("AQ-15")
def test_what_does_not_mend_itself_is_told_and_can_be_tried_again(rig: FollowingRig) -> None:
    rig.runner.failing["deliver"] = Refused("vacant_post")
    record = notice(rig, DELIVER, ASK).record
    for _ in range(MOST_FAILURES + 3):
        rig.worker.run(record)
        rig.clock.pass_s(LONGEST_DELAY_S)
    assert len([each for each in rig.runner.ran if each[2] == "deliver"]) == MOST_FAILURES
    (letter,) = letters(rig)
    assert (letter.fields["subject"], letter.fields["reason"]) == (record, "vacant_post")
    assert rig.waiting() == [(record, 2, 1), (letter.record, 1, 0)]
    rig.runner.failing.clear()
    after = letter.model_copy(update={"state": "retried", "effects": (ASK,)})
    rig.changes.write(caller(rig), letter, after, Attempt("retry"))
    rig.worker.run(letter.record)
    assert rig.waiting() == []
    assert rig.parts.deliveries.recipients(record)


def test_the_same_effect_twice_at_once_is_done_once(rig: FollowingRig) -> None:
    notice(rig, DELIVER)
    entries = list(rig.truth.effects.onward(None))
    work(rig)
    before = sorted(rig.truth.claims.names(""))
    for entry in entries:
        rig.truth.effects.add(entry)
    for entry in entries:
        rig.worker.run(entry.record)
    assert rig.waiting() == []
    assert sorted(rig.truth.claims.names("")) == before


def test_the_entry_of_an_attempt_that_lost_is_dropped_and_runs_nothing(rig: FollowingRig) -> None:
    record = notice(rig).record
    work(rig)
    rig.truth.effects.add(EffectEntry(record, 2, 1, "another"))
    rig.worker.run(record)
    assert rig.waiting() == []
    assert rig.runner.ran == []


def test_an_entry_waits_for_its_commit_and_is_dropped_when_that_never_came(
    rig: FollowingRig,
) -> None:
    rig.truth.effects.add(EffectEntry(RecordId("01M87SE429ZAYS2SY9MHSME001"), 1, 0, "w"))
    work(rig)
    rig.now_s += ABANDONED_S
    work(rig)
    assert len(rig.waiting()) == 1
    rig.now_s += ABANDONED_S
    work(rig)
    assert rig.waiting() == []


def test_a_clock_set_back_makes_no_effect_wait_longer_than_the_longest_delay(
    rig: FollowingRig,
) -> None:
    rig.runner.failing["deliver"] = Unavailable("queue_down")
    record = notice(rig, DELIVER).record
    rig.worker.run(record)
    rig.runner.failing.clear()
    rig.clock.at = NOW - timedelta(days=400)
    rig.worker.run(record)
    assert rig.waiting() == []


def test_a_receipt_is_written_once_and_whoever_gave_none_owes_it(rig: FollowingRig) -> None:
    record = notice(rig, DELIVER).record
    work(rig)
    deliveries = rig.parts.deliveries
    assert deliveries.give(record, Login("li"), Receipt.READ, "2026-11-30T09:00:00+00:00")
    assert not deliveries.give(record, Login("li"), Receipt.READ, "2026-12-01T09:00:00+00:00")
    assert deliveries.give(record, Login("li"), Receipt.SIGNED, "2026-12-02T09:00:00+00:00")
    assert deliveries.given(record, Receipt.READ) == {"li"}
    assert deliveries.owing(record, Receipt.READ) == ("wang", "admin")
    times = deliveries.times(record, Receipt.READ, [Login("li"), Login("wang")])
    assert times == {"li": "2026-11-30T09:00:00+00:00"}


def _commit_and_die(folder: Path) -> None:
    notice(FollowingRig(FilesystemObjectStore(folder)), DELIVER)
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_process_committed_is_followed_up_by_another(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    process = multiprocessing.get_context("spawn").Process(target=_commit_and_die, args=(folder,))
    process.start()
    process.join(timeout=60)
    assert process.exitcode == -9
    rig = FollowingRig(FilesystemObjectStore(folder))
    ((record, _),) = list(rig.truth.log.records())
    work(rig)
    assert rig.waiting() == []
    assert rig.parts.deliveries.recipients(record)


class LateLog:
    """A log in which the first revision that is asked for is not there yet."""

    def __init__(self, rig: FollowingRig) -> None:
        self._log = rig.truth.log
        self._late = True

    def revision(self, record: RecordId, number: int) -> Revision:
        if self._late:
            self._late = False
            raise NotFound("unknown_revision", record=record, number=number)
        return self._log.revision(record, number)


@pytest.mark.feature("FW-25")
def test_children_whose_decision_is_being_written_wait_and_are_begun_together(
    rig: FollowingRig,
) -> None:
    created = [
        CreateChild(
            kind=KindName("failed_job"),
            number=n,
            fields={"title": f"件{n}"},
            link="交办",
            to=(Token("person:wang"),),
        )
        for n in (1, 2, 3)
    ]
    record = notice(rig, *created).record
    rig.worker._log = LateLog(rig)  # type: ignore[assignment]  # reads, and nothing else
    rig.worker.run(record)
    assert rig.parts.children.of(record) == ()
    rig.worker.run(record)
    assert len(rig.parts.children.of(record)) == 3
    assert "create" not in {verb for _, _, verb in rig.runner.ran}, "one after the other"
    assert [entry for entry in rig.waiting() if entry[0] == record] == []
