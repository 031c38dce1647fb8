"""Dates, sizes and numbers as Chinese offices write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from search_ui.formats import (
    bracket,
    brief,
    count,
    day,
    lasted,
    long_day,
    moment,
    part_of_day,
    size,
)

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


def test_a_day_is_the_day_in_beijing() -> None:
    assert day(datetime(2026, 11, 21, 16, 30, tzinfo=UTC)) == "2026年11月22日"
    assert day(date(2026, 1, 5)) == "2026年1月5日"


def test_a_moment_has_hours_and_minutes() -> None:
    assert moment(NOW) == "2026年11月22日 14:05"
    assert long_day(NOW) == "2026年11月22日 星期日"


def test_an_hour_has_no_leading_zero() -> None:
    assert moment(datetime(2026, 3, 2, 1, 0, tzinfo=UTC)) == "2026年3月2日 9:00"


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "不足1分钟"),
        (1, "1分钟"),
        (59, "59分钟"),
        (60, "1小时"),
        (1439, "23小时"),
        (4400, "3天"),
    ],
)
def test_how_long_it_lay_is_told_in_the_largest_whole_unit(minutes: int, told: str) -> None:
    assert lasted(timedelta(minutes=minutes)) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 21, 16, 1, tzinfo=UTC), "0:01"),
        (datetime(2026, 11, 21, 15, 59, tzinfo=UTC), "昨天 23:59"),
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), "11月20日"),
        (datetime(2025, 12, 1, 1, 0, tzinfo=UTC), "2025年12月1日"),
    ],
)
def test_a_brief_time_is_as_short_as_it_stays_clear(at: datetime, told: str) -> None:
    assert brief(at, NOW) == told


@pytest.mark.parametrize(
    ("hour_utc", "part"),
    [(0, "morning"), (3, "noon"), (6, "afternoon"), (12, "evening"), (18, "evening")],
)
def test_the_part_of_the_day_follows_beijing(hour_utc: int, part: str) -> None:
    assert part_of_day(NOW.replace(hour=hour_utc)) == part


@pytest.mark.parametrize(
    ("size_bytes", "told"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (1536, "1.5 KB"),
        (1024**2 - 1, "1 MB"),
        (4 * 1024**3, "4 GB"),
    ],
)
def test_sizes_are_told_in_the_unit_that_fits(size_bytes: int, told: str) -> None:
    assert size(size_bytes) == told


def test_numbers_have_thousands_and_document_numbers_hexagonal_brackets() -> None:
    assert count(1234567) == "1,234,567"
    assert bracket("渝市监发[2026]12号") == "渝市监发〔2026〕12号"
