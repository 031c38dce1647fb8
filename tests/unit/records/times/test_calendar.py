"""Working days: what the State Council announced, and how deadlines are counted over it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.errors import tell
from records.errors import Invalid
from records.times.calendar import WEEKENDS_OFF, WorkCalendar, read_calendar

CHINA = read_calendar(Path("records/times/calendars/china.yaml").read_text(encoding="utf-8"))
DAYS = st.dates(date(2023, 12, 1), date(2027, 3, 1))


@pytest.mark.parametrize(("year", "off", "made_up"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_the_notices_of_three_years_are_there(year: int, off: int, made_up: int) -> None:
    assert len([day for day in CHINA.holidays if day.year == year]) == off
    days = [day for day in CHINA.make_up_days if day.year == year]
    assert len(days) == made_up
    assert {day.weekday() for day in days} <= {5, 6}


def test_a_year_that_was_not_announced_has_its_weekends() -> None:
    assert 2027 not in CHINA.years
    assert CHINA.is_workday(date(2027, 10, 1))
    assert not CHINA.is_workday(date(2027, 10, 2))


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2026-09-30", 1, "2026-10-08"),  # over 国庆
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked
        ("2026-02-13", 2, "2026-02-24"),  # over 春节
        ("2025-12-31", 1, "2026-01-04"),  # over the New Year, to a Sunday that is worked
        ("2026-11-20", 2, "2026-11-24"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_deadlines_count_working_days(start: str, count: int, last: str) -> None:
    assert CHINA.after_workdays(date.fromisoformat(start), count).isoformat() == last


@given(DAYS, st.integers(1, 60))
def test_the_last_day_is_a_working_day_and_so_many_lie_before_it(start: date, count: int) -> None:
    last = CHINA.after_workdays(start, count)
    assert CHINA.is_workday(last)
    assert CHINA.workdays_between(start, last) == count
    assert CHINA.workdays_between(last, start) == -count


@given(DAYS, st.integers(1, 60))
def test_counting_back_from_a_working_day_comes_to_where_counting_on_began(
    start: date, count: int
) -> None:
    day = start
    while not CHINA.is_workday(day):
        day += timedelta(days=1)
    assert CHINA.before_workdays(CHINA.after_workdays(day, count), count) == day


def test_what_is_loaded_later_counts_for_its_year_alone() -> None:
    later = read_calendar('"2026": {holidays: [2026-12-01], make_up_days: []}')
    both = CHINA.with_years(later)
    assert not both.is_workday(date(2026, 12, 1))
    assert both.is_workday(date(2026, 10, 1))
    assert not both.is_workday(date(2025, 10, 1))
    assert both.years == CHINA.years


def test_without_any_notice_only_weekends_are_off() -> None:
    assert WorkCalendar() == WEEKENDS_OFF
    assert WEEKENDS_OFF.after_workdays(date(2026, 11, 20), 1) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "工作日历有误（YAML）：应是“名称: 值”的对照表。"),
        ("- 1", "工作日历有误（YAML）：应是“名称: 值”的对照表。"),
        ("a: [", "工作日历有误（第 1 行）：不是有效的 YAML。"),
        ('"99": {holidays: []}', "工作日历有误（99）：年份应为四位数字。"),
        ('"2026": {holydays: []}', "工作日历有误（2026.holidays）：必须填写。"),
        (
            '"2026": {holidays: [2025-01-01]}',
            "工作日历有误（2026）：“2025-01-01”不是该年的一天，也不是“首日..末日”，或同时列为放假和上班。",
        ),
        (
            '"2026": {holidays: [2026-01-09..2026-01-01]}',
            "工作日历有误（2026）：“2026-01-09..2026-01-01”不是该年的一天，也不是“首日..末日”，或同时列为放假和上班。",
        ),
        (
            '"2026": {holidays: [2026-01-01], make_up_days: [2026-01-01]}',
            "工作日历有误（2026）：“2026-01-01”不是该年的一天，也不是“首日..末日”，或同时列为放假和上班。",
        ),
    ],
)
def test_each_fault_of_a_calendar_is_named(text: str, told: str) -> None:
    with pytest.raises(Invalid, match="bad_calendar") as caught:
        read_calendar(text)
    assert tell(caught.value).what == told


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_that_stands_for_ever_is_counted_from(day: date) -> None:
    assert WEEKENDS_OFF.after_workdays(day, 3) >= day
    assert WEEKENDS_OFF.before_workdays(day, 3) <= day
