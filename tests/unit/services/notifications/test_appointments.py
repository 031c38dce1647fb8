"""People are reminded of appointments of their own, a quarter of an hour before (GT-09, M13)."""

from datetime import UTC, datetime, timedelta

import pytest

from languages.notices import sentence
from records.consequences.effects import About
from records.identity import Login
from services.people.planner import Wanted
from services.people.planner_item import PlannerItem
from storage.memory_store import MemoryObjectStore
from tests.following import FollowingRig
from tests.unit.services.notifications.test_notices import Post, dispatcher

LI, WANG = Login("li"), Login("wang")


@pytest.fixture
def rig() -> FollowingRig:
    return FollowingRig(MemoryObjectStore())


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def meeting(rig: FollowingRig, on: str, begins: str, ends: str = "") -> PlannerItem:
    caller = rig.book.caller(LI)
    return rig.parts.planner.add(caller, Wanted("appointment", "例会", on, begins, ends))


def told_at(rig: FollowingRig, text: str, login: Login = LI) -> list[str]:
    """What a person has been told once reminders were looked at, at that time of Beijing."""
    rig.clock.at = beijing(text)
    rig.parts.appointments.run()
    found, _ = rig.parts.notices.page(rig.book.caller(login), size=50)
    return [sentence(each.notice.about, each.title) for each in found]


@pytest.mark.feature("GT-09")
def test_one_that_is_written_while_reminders_are_looked_at_is_told_of(
    rig: FollowingRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made, and moved, when its time has come: whoever reminds finds the time before the item."""
    claims = rig.parts.planner._claims
    taken = claims.take

    def take(name: str, value: bytes) -> bytes | None:
        if name.startswith("planner/"):
            rig.parts.appointments.run()
        return taken(name, value)

    monkeypatch.setattr(claims, "take", take)
    rig.clock.at = beijing("2026-12-01 12:00")
    made = meeting(rig, "2026-12-01", "12:10")
    assert told_at(rig, "2026-12-01 12:01") == ["您的日程：12月1日 12:10 例会。"]
    moved = Wanted("appointment", "例会", "2026-12-01", "12:12")
    rig.parts.planner.change(rig.book.caller(LI), made.id, made.version, moved)
    assert told_at(rig, "2026-12-01 12:02")[0] == "您的日程：12月1日 12:12 例会。"


@pytest.mark.feature("GT-09")
def test_what_is_noted_nowhere_is_noted_again_and_told_once(rig: FollowingRig) -> None:
    rig.clock.at = beijing("2026-12-01 08:00")
    meeting(rig, "2026-12-01", "09:00")
    claims = rig.parts.planner._claims
    for name in list(claims.names("appointments/")):
        claims.free(name)
    assert told_at(rig, "2026-12-01 08:45") == []
    for _ in range(2):
        rig.parts.appointments.repair()
        assert told_at(rig, "2026-12-01 08:46") == ["您的日程：12月1日 9:00 例会。"]


@pytest.mark.feature("GT-09")
def test_one_that_is_moved_when_its_time_has_come_is_dated_by_then(rig: FollowingRig) -> None:
    rig.clock.at = beijing("2026-11-20 08:00")
    made = meeting(rig, "2026-12-20", "09:00")
    rig.clock.at = beijing("2026-12-01 12:00")
    moved = Wanted("appointment", "例会", "2026-12-01", "12:05")
    rig.parts.planner.change(rig.book.caller(LI), made.id, made.version, moved)
    assert told_at(rig, "2026-12-01 12:01") == ["您的日程：12月1日 12:05 例会。"]
    (notice,), _ = rig.parts.notices.page(rig.book.caller(LI), size=50)
    assert notice.notice.at == beijing("2026-12-01 12:00")


@pytest.mark.feature("GT-09")
@pytest.mark.parametrize(
    ("on", "begins", "before", "due", "said"),
    [
        ("2026-12-01", "09:00", "2026-12-01 08:44", "2026-12-01 08:45", "12月1日 9:00"),
        ("2027-01-01", "00:10", "2026-12-31 23:54", "2026-12-31 23:55", "1月1日 0:10"),
        ("2028-03-01", "00:00", "2028-02-29 23:44", "2028-02-29 23:45", "3月1日 0:00"),
        ("2026-12-01", "08:00", "2026-12-01 07:44:59", "2026-12-01 07:45", "12月1日 8:00"),
    ],
)
def test_one_is_told_a_quarter_of_an_hour_before_and_once(
    rig: FollowingRig, on: str, begins: str, before: str, due: str, said: str
) -> None:
    meeting(rig, on, begins)
    assert told_at(rig, before) == []
    assert told_at(rig, due) == [f"您的日程：{said} 例会。"]
    assert told_at(rig, due) == [f"您的日程：{said} 例会。"]
    assert told_at(rig, due, WANG) == [], "nobody else's business"


def test_what_has_no_time_or_is_a_plan_reminds_of_nothing(rig: FollowingRig) -> None:
    caller = rig.book.caller(LI)
    for wanted in (
        Wanted("appointment", "全天", "2026-12-01"),
        Wanted("plan", "总结", "2026-12-01"),
        Wanted("note", "电话"),
    ):
        rig.parts.planner.add(caller, wanted)
    assert told_at(rig, "2026-12-01 23:59") == []


@pytest.mark.feature("GT-09")
def test_one_that_was_moved_or_dropped_is_told_at_its_new_time_or_not_at_all(
    rig: FollowingRig,
) -> None:
    moved, dropped = (meeting(rig, "2026-12-01", "09:00") for _ in range(2))
    wanted = Wanted("appointment", "例会", "2026-12-02", "10:00")
    rig.parts.planner.change(rig.book.caller(LI), moved.id, 1, wanted)
    rig.parts.planner.drop(LI, dropped.id)
    assert told_at(rig, "2026-12-01 08:50") == []
    assert told_at(rig, "2026-12-02 09:50") == ["您的日程：12月2日 10:00 例会。"]


def test_one_that_begins_sooner_is_told_at_once_and_one_that_has_begun_is_not(
    rig: FollowingRig,
) -> None:
    rig.clock.at = beijing("2026-12-01 08:50")
    meeting(rig, "2026-12-01", "09:00")
    meeting(rig, "2026-12-01", "08:30", "11:30")
    assert told_at(rig, "2026-12-01 08:51") == ["您的日程：12月1日 9:00 例会。"]


def test_after_a_time_off_only_what_is_not_over_is_told(rig: FollowingRig) -> None:
    meeting(rig, "2026-12-01", "09:00", "09:30")
    meeting(rig, "2026-12-01", "09:15")
    meeting(rig, "2026-12-01", "09:05", "12:00")
    assert told_at(rig, "2026-12-01 10:00") == ["您的日程：12月1日 9:05 例会。"]


def test_a_dropped_appointment_leaves_no_notice_that_leads_nowhere(rig: FollowingRig) -> None:
    item = meeting(rig, "2026-12-01", "09:00")
    assert len(told_at(rig, "2026-12-01 08:45")) == 1
    assert rig.parts.notices.unread(rig.book.caller(LI)) == 1
    rig.parts.planner.drop(LI, item.id)
    assert told_at(rig, "2026-12-01 08:46") == []
    assert rig.parts.notices.unread(rig.book.caller(LI)) == 0


@pytest.mark.parametrize("minutes", [0, 15])
def test_elsewhere_one_is_told_when_and_not_what_as_long_as_it_is_not_over(
    rig: FollowingRig, minutes: int
) -> None:
    rig.parts.ways.choose(LI, "sms", "13900000000", {About.BEGINS})
    meeting(rig, "2026-12-01", "09:00")
    told_at(rig, "2026-12-01 08:45")
    post = Post("sms")
    rig.clock.at += timedelta(minutes=minutes)
    dispatcher(rig, post).run()
    texts = [message.text for message in post.sent]
    assert texts == ([] if minutes else ["您的日程：12月1日 9:00。请登录文枢查看。"])
