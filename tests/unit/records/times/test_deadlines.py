"""When a last day is over or comes soon, at the edges of days, holidays and the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.consequences.effects import About
from records.lists.due_facts import any_due, claimed_due, held_due, taken_due
from records.lists.facts import facts_of
from records.queries.query import is_true
from records.rights.access import person_token, post_token
from records.times.calendar import read_calendar
from records.times.deadlines import due_of, is_late, is_over, over, soon
from records.times.office_time import office_day
from records.times.timers import reminder_of, timers_of
from tests.matters import LI, MATTER, TODAY, UNIT, WANG, held, matter

DAYS = st.dates() | st.sampled_from([date.min, date.max])
ME, POST = person_token(LI), post_token(UNIT, "机要室")


@pytest.mark.feature("GT-06")
@pytest.mark.parametrize(
    ("instant", "late"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), False),  # 18:00, the office is closed
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 16, tzinfo=UTC), True),  # midnight in Beijing
    ],
)
def test_a_day_lasts_until_midnight_in_beijing(instant: datetime, *, late: bool) -> None:
    assert is_over(date(2026, 11, 23), office_day(instant)) is late


def test_what_has_no_last_day_is_neither_late_nor_soon() -> None:
    assert not is_over(None, TODAY)
    assert not soon(TODAY, 3).holds(None)
    assert due_of(matter("R1", tasks=held(ME))) is None


@pytest.mark.feature("GT-01")
@pytest.mark.parametrize(("ahead", "comes"), [(-1, False), (0, True), (3, True), (4, False)])
def test_soon_is_today_and_the_days_of_the_parameter(ahead: int, *, comes: bool) -> None:
    assert soon(TODAY, 3).holds(TODAY + timedelta(days=ahead)) is comes


def test_at_the_ends_of_the_calendar_spans_end_with_it() -> None:
    assert not over(date.min).holds(date.min)
    assert soon(date.max - timedelta(days=1), 30).holds(date.max - timedelta(days=1))


@given(DAYS, DAYS, st.integers(min_value=1, max_value=30))
def test_facts_find_what_the_rule_says(due_on: date, today: date, days: int) -> None:
    (task,) = held(POST, due_on=due_on)
    free = facts_of(MATTER, matter("R1", tasks=(task,)))
    taken = facts_of(MATTER, matter("R1", tasks=(task.model_copy(update={"claimed_by": LI}),)))
    for span in (over(today), soon(today, days)):
        wanted = span.holds(due_on)
        assert is_true(held_due(POST, span), free) is wanted
        assert is_true(any_due(span), free) is wanted
        assert is_true(claimed_due(POST, LI, span), taken) is wanted
        assert is_true(taken_due(POST, span), taken) is wanted
        assert not is_true(held_due(POST, span), taken)
        assert not is_true(taken_due(POST, span), free)
        assert not is_true(claimed_due(POST, WANG, span), taken)


def test_while_a_record_is_suspended_nothing_becomes_late_and_what_was_stays_so() -> None:
    stopped = {"suspended_on": date(2026, 11, 10)}
    before, after = date(2026, 11, 9), date(2026, 11, 10)
    for due_on, late in ((before, True), (after, False)):
        waits = matter("R1", tasks=held(ME, due_on=due_on)).model_copy(update=stopped)
        assert is_late(waits, due_on, TODAY) is late
        assert is_true(held_due(ME, over(TODAY)), facts_of(MATTER, waits)) is late
        assert is_true(any_due(over(TODAY)), facts_of(MATTER, waits)) is late


def test_what_is_read_on_the_side_or_waits_for_others_sets_no_last_day() -> None:
    (task,) = held(ME, due_on=date(2026, 11, 1))
    for change in ({"side": True}, {"blocked": True}):
        beside = matter("R1", tasks=(task.model_copy(update=change),))
        assert due_of(beside) is None
        assert not is_true(any_due(over(TODAY)), facts_of(MATTER, beside))


@pytest.mark.feature("DC-07")
def test_reminders_over_a_holiday_say_what_the_lists_say() -> None:
    calendar = read_calendar('"2026": {holidays: [2026-10-01..2026-10-08], make_up_days: []}')
    due_on = date(2026, 9, 30)
    (task,) = held(ME, due_on=due_on, opened_at=datetime(2026, 9, 20, tzinfo=UTC))
    said = {
        office_day(timer.at): reminder_of(timer.name).about  # type: ignore[union-attr]
        for timer in timers_of(MATTER, matter("R1", tasks=(task,)), calendar)
    }
    assert said == {
        date(2026, 9, 29): About.DUE_SOON,
        due_on: About.DUE,
        date(2026, 10, 9): About.OVERDUE,
    }
    assert all(is_over(due_on, day) is (about is About.OVERDUE) for day, about in said.items())
    assert is_over(due_on, date(2026, 10, 1)), "a holiday is a day after it as well"
