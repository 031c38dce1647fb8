"""What falls due is done once, in time or late, and what is not due costs nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from records.consequences.effects import About
from records.errors import Corrupt
from records.flow.declarations import Escalation
from records.flow.task import Task
from records.identity import KindName, Login, ObjectKey, RecordId, Token
from records.ports.object_store import ObjectStat
from records.revision import Revision
from services.flow.change import Attempt
from services.flow.timers import AT_ONCE
from services.intake.ingest import Draft
from services.people.caller import Caller
from storage.filesystem_store import FilesystemObjectStore
from storage.keys import revision_key
from storage.memory_store import MemoryObjectStore
from tests.clocks import NOW
from tests.following import FollowingRig

BEIJING_MIDNIGHT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
"""The end of the 24th in Beijing."""


class CountingStore(MemoryObjectStore):
    """A memory store that counts what is listed and read."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = self.read_objects = 0

    def list(self, prefix: str, *, after: str) -> Iterator[ObjectStat]:
        """As the port says."""
        for stat in super().list(prefix, after=after):
            self.listed += 1
            yield stat

    def read(self, key: ObjectKey) -> bytes:
        """As the port says."""
        self.read_objects += 1
        return super().read(key)


@pytest.fixture
def rig() -> FollowingRig:
    return FollowingRig(MemoryObjectStore())


def caller(rig: FollowingRig) -> Caller:
    return rig.book.caller(Login("li"))


def published(rig: FollowingRig, expires_on: str) -> Revision:
    fields = {"title": "题", "body": "文", "audience": ["everyone"], "expires_on": expires_on}
    first = rig.ingest.begin(caller(rig), Draft("notice", fields))
    return changed(rig, first, state="published", tasks=())


def changed(rig: FollowingRig, before: Revision, **update: object) -> Revision:
    after = rig.changes.write(
        caller(rig), before, before.model_copy(update=update), Attempt("edit")
    )
    rig.worker.run(after.record)
    return after


def with_task(rig: FollowingRig, due_on: date) -> Revision:
    """A record whose task of 王 is due on that day."""
    first = published(rig, "")
    task = Task(
        number=9,
        holder=Token("person:wang"),
        label="审核",
        state="review",
        opened_at=NOW,
        due_on=due_on,
    )
    people = first.participants | {task.holder}
    return changed(rig, first, state="review", tasks=(task,), participants=people)


def noted(rig: FollowingRig) -> list[str]:
    return [name.rpartition("~")[2] for name in rig.truth.claims.names("timers/")]


def told(rig: FollowingRig, login: str) -> list[About]:
    reader = rig.parts.notices
    found, _ = reader.page(rig.book.caller(Login(login)), size=50)
    return [each.notice.about for each in found]


def state(rig: FollowingRig, record: RecordId) -> str | None:
    return rig.truth.log.latest(record).state


def test_tim_04_an_act_of_the_clock_is_done_when_its_day_is_past_and_not_before(
    rig: FollowingRig,
) -> None:
    record = published(rig, "2026-11-24").record
    rig.clock.at = BEIJING_MIDNIGHT - timedelta(seconds=1)
    assert rig.parts.timers.run() == 0
    rig.clock.at = BEIJING_MIDNIGHT
    assert rig.parts.timers.run() == 1
    assert state(rig, record) == "expired"
    assert noted(rig) == []


@pytest.mark.feature("TZ-06")
def test_after_a_night_off_everything_is_done_once_however_many_look(rig: FollowingRig) -> None:
    records = [published(rig, "2026-11-24").record for _ in range(7)]
    rig.clock.at = BEIJING_MIDNIGHT + timedelta(days=3)
    assert rig.parts.timers.run() == 7
    assert rig.parts.timers.run() == 0
    assert {state(rig, record) for record in records} == {"expired"}
    assert {rig.truth.log.latest(record).number for record in records} == {3}


def test_tim_10_a_day_that_moved_lets_the_old_note_do_nothing(rig: FollowingRig) -> None:
    before = published(rig, "2026-11-24")
    changed(rig, before, fields={**before.fields, "expires_on": "2026-12-24"})
    rig.clock.at = BEIJING_MIDNIGHT
    assert rig.parts.timers.run() == 0
    assert state(rig, before.record) == "published"
    rig.clock.at = BEIJING_MIDNIGHT + timedelta(days=30)
    assert rig.parts.timers.run() == 1


def test_tim_08_a_timer_that_loses_to_an_edit_is_tried_again(
    rig: FollowingRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(rig, "2026-11-24")
    rig.clock.at = BEIJING_MIDNIGHT
    latest = rig.truth.log.latest
    # The revision that the clock sees is one behind: an edit was faster.
    changed(rig, before, fields={**before.fields, "title": "新题"})
    with monkeypatch.context() as race:
        race.setattr(rig.truth.log, "latest", lambda *_, **__: before)
        assert rig.parts.timers.run() == 0
    assert latest(before.record).state == "published"
    assert rig.parts.timers.run() == 1
    assert latest(before.record).state == "expired"


def test_tim_08_a_timer_that_a_person_made_moot_does_nothing(rig: FollowingRig) -> None:
    before = published(rig, "2026-11-24")
    changed(rig, before, state="withdrawn")
    rig.clock.at = BEIJING_MIDNIGHT
    assert rig.parts.timers.run() == 0
    assert state(rig, before.record) == "withdrawn"
    assert noted(rig) == []


def test_one_that_cannot_be_done_stands_in_nobodys_way_and_is_tried_again_later(
    rig: FollowingRig,
) -> None:
    torn = RecordId("01ARZ3NDEKTSV4RRFFQ69G5FAV")
    rig.store.create(revision_key(torn, 1), b"torn")
    rig.truth.claims.take(f"timers/2026/11/01/0000/{torn[:6]}/{torn}~expire", b"")
    record = published(rig, "2026-11-24").record
    rig.clock.at = BEIJING_MIDNIGHT
    with pytest.raises(Corrupt):
        rig.parts.timers.run()
    assert state(rig, record) == "expired"
    assert rig.parts.timers.run() == 0  # within the hour nobody looks at it
    rig.clock.pass_s(3_660)
    with pytest.raises(Corrupt):
        rig.parts.timers.run()


def test_a_clock_set_back_does_nothing_twice(rig: FollowingRig) -> None:
    record = published(rig, "2026-11-24").record
    with_task(rig, date(2026, 11, 24))
    for _ in range(3):
        rig.clock.at = BEIJING_MIDNIGHT + timedelta(days=2)
        rig.parts.timers.run()
        rig.clock.at = NOW
        rig.parts.timers.run()
    assert rig.truth.log.latest(record).number == 3
    assert told(rig, "wang") == [About.OVERDUE, About.ARRIVED]


@pytest.mark.feature("SW-11")
def test_tim_01_the_holder_is_told_before_at_and_after_the_last_day_each_once(
    rig: FollowingRig,
) -> None:
    with_task(rig, date(2026, 11, 27))
    seen: list[tuple[str, About]] = []
    for hour in range(24 * 14):
        rig.clock.at = NOW + timedelta(hours=hour)
        rig.parts.timers.run()
        new = told(rig, "wang")[: len(told(rig, "wang")) - len(seen)]
        seen.extend((rig.clock.at.strftime("%m-%d %H"), about) for about in new)
    assert seen == [
        ("11-22 01", About.ARRIVED),
        ("11-26 01", About.DUE_SOON),  # nine in Beijing, a Thursday
        ("11-27 01", About.DUE),
        ("11-30 01", About.OVERDUE),  # the Monday after
    ]


def test_tim_01_whoever_has_acted_is_not_reminded(rig: FollowingRig) -> None:
    before = with_task(rig, date(2026, 11, 27))
    done = before.tasks[0].model_copy(update={"done_at": NOW, "done_by": Login("wang")})
    changed(rig, before, tasks=(done,))
    rig.clock.at = NOW + timedelta(days=30)
    rig.parts.timers.run()
    assert told(rig, "wang") == [About.ARRIVED]


def test_a_holiday_declared_in_the_middle_of_a_deadline_moves_the_reminder(
    rig: FollowingRig,
) -> None:
    with_task(rig, date(2026, 11, 27))
    rig.parts.calendar.load('"2026": {holidays: [2026-11-30], make_up_days: []}')
    rig.clock.at = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    rig.parts.timers.run()
    assert About.OVERDUE not in told(rig, "wang")
    rig.clock.at = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    rig.parts.timers.run()
    assert About.OVERDUE in told(rig, "wang")


def test_no_more_than_so_many_are_done_in_one_run(rig: FollowingRig) -> None:
    for number in range(AT_ONCE + 5):
        record = f"01M87SE429ZAYS2SY9MHSM{number:04d}"
        rig.truth.claims.take(f"timers/2026/11/01/0000/{record[:6]}/{record}~expire", b"")
    rig.parts.timers.run()
    assert len(noted(rig)) == 5
    rig.parts.timers.run()
    assert noted(rig) == []


def test_a_million_future_times_cost_one_look() -> None:
    store = CountingStore()
    rig = FollowingRig(store)
    for number in range(1_000_000):
        minute = NOW + timedelta(minutes=1 + number % 500_000)
        record = f"01M87SE429ZAYS2SY9{number:08d}"
        key = f"claims/timers/{minute:%Y/%m/%d/%H%M}/{record[:6]}/{record}~expire"
        store._objects[ObjectKey(key)] = b""
    store.listed = store.read_objects = 0
    assert rig.parts.timers.run() == 0
    assert (store.listed, store.read_objects) == (1, 0)


def test_in_a_folder_too_the_look_ends_at_the_first_that_is_not_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FilesystemObjectStore(tmp_path / "store")
    rig = FollowingRig(store)
    names = [
        f"timers/{NOW + timedelta(days=day):%Y/%m/%d}/0100/01M{number:03d}/01M{number:023d}~expire"
        for day in range(1, 40)
        for number in range(20)
    ]
    rig.truth.claims.take_all([(name, b"") for name in names])
    listed: list[str] = []
    plain = store.list

    def counted(prefix: str, *, after: str) -> Iterator[ObjectStat]:
        for stat in plain(prefix, after=after):
            listed.append(stat.key)
            yield stat

    monkeypatch.setattr(store, "list", counted)
    assert rig.parts.timers.run() == 0
    assert len(listed) == 1


def test_a_timer_of_a_kind_that_is_gone_stops_no_run_and_waits_for_its_kind(
    rig: FollowingRig,
) -> None:
    record = published(rig, "2026-11-24").record
    gone = rig.kinds._kinds.pop(KindName("notice"))
    rig.clock.at = BEIJING_MIDNIGHT
    assert rig.parts.timers.run() == 0
    rig.kinds._kinds[KindName("notice")] = gone
    rig.clock.pass_s(3_660)
    assert rig.parts.timers.run() == 1
    assert state(rig, record) == "expired"


@pytest.mark.feature("GD-08")
def test_whoever_is_to_file_what_is_done_is_told_on_the_last_day_and_once(
    rig: FollowingRig,
) -> None:
    first = rig.ingest.begin(
        caller(rig), Draft("manuscript", {"title": "稿", "paper_kind": "汇报"})
    )
    done = changed(
        rig, first, state="final", tasks=(), fields={**first.fields, "file_by": "2026-11-27"}
    )
    rig.clock.at = datetime(2026, 11, 27, 0, 59, tzinfo=UTC)
    rig.parts.timers.run()
    assert About.UNFILED not in told(rig, "li")
    for _ in range(2):
        rig.clock.at = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
        rig.parts.timers.run()
    assert told(rig, "li").count(About.UNFILED) == 1
    changed(rig, done, state="archived")
    rig.clock.at += timedelta(days=60)
    rig.parts.timers.run()
    assert told(rig, "li").count(About.UNFILED) == 1


def escalating(rig: FollowingRig, *steps: Escalation) -> None:
    """Let 审核 of a notice be told of further up when it is late."""
    kind = rig.kinds.get(KindName("notice"))
    review = kind.states["review"].model_copy(update={"escalates": steps})
    states = {**kind.states, "review": review}
    rig.kinds._kinds[KindName("notice")] = kind.model_copy(update={"states": states})


@pytest.mark.feature("SW-11")
def test_tim_05_others_are_told_of_what_is_late_step_by_step_and_each_time_once(
    rig: FollowingRig,
) -> None:
    steps = (Escalation(workdays=2, tell=("author",)), Escalation(workdays=5, tell=("author",)))
    escalating(rig, *steps)
    with_task(rig, date(2026, 11, 25))
    counts = {}
    for day in (26, 27, 27, 30, 2, 2):  # due on a Wednesday; the 28th and 29th are a weekend
        month = 11 if day > 20 else 12
        for minute in (59, 60):
            rig.clock.at = datetime(2026, month, day, tzinfo=UTC) + timedelta(minutes=minute)
            rig.parts.timers.run()
            counts[month, day, minute] = told(rig, "li").count(About.ESCALATED)
    assert counts == {
        (11, 26, 59): 0,
        (11, 26, 60): 0,
        (11, 27, 59): 1,
        (11, 27, 60): 1,
        (11, 30, 59): 1,
        (11, 30, 60): 1,
        (12, 2, 59): 2,
        (12, 2, 60): 2,
    }
    assert About.ESCALATED not in told(rig, "wang")
    assert About.OVERDUE in told(rig, "wang")


@pytest.mark.feature("SW-11")
def test_nobody_is_told_of_what_was_done_in_time_or_lost_its_step(rig: FollowingRig) -> None:
    escalating(rig, Escalation(workdays=2, tell=("author",)))
    done = with_task(rig, date(2026, 11, 25))
    changed(rig, done, state="published", tasks=())
    with_task(rig, date(2026, 11, 25))
    escalating(rig)
    rig.clock.at = datetime(2026, 12, 15, tzinfo=UTC)
    rig.parts.timers.run()
    assert About.ESCALATED not in told(rig, "li")
