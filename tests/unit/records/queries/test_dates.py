"""Dates as people write them."""

from datetime import date

import pytest

from records.queries.query import DateRange
from records.queries.spoken_dates import read_dates, unmistakable_dates

YEAR = DateRange(date(2017, 1, 1), date(2017, 12, 31))
MARCH = DateRange(date(2017, 3, 1), date(2017, 3, 31))
DAY = DateRange(date(2017, 3, 1), date(2017, 3, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, YEAR) for text in ("2017", "2017年", "２０１７年", "二〇一七年", "二○一七")),
        *(
            (text, MARCH)
            for text in ("2017-03", "2017-3", "2017/3", "2017.3", "2017年3月", "二〇一七年三月")
        ),
        *((text, DAY) for text in ("2017-03-01", "2017年3月1日", "20170301", "二〇一七年三月一日")),
        ("二〇一七年十二月三十一日", DateRange(date(2017, 12, 31), date(2017, 12, 31))),
        ("二〇一七年十月二十日", DateRange(date(2017, 10, 20), date(2017, 10, 20))),
        ("2017-01..2017-03", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017年1月至2017年3月", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017~2018", DateRange(date(2017, 1, 1), date(2018, 12, 31))),
        ("2017..", DateRange(date(2017, 1, 1), None)),
        ("..2017", DateRange(None, date(2017, 12, 31))),
        ("2018..2017", DateRange(date(2017, 1, 1), date(2018, 12, 31))),
        ("2017-2018", DateRange(date(2017, 1, 1), date(2018, 12, 31))),
        ("2017-01-2017-03", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017.1.1-2017.3.31", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017.1.1-3.31", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017年1月至3月", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017年1-3月", DateRange(date(2017, 1, 1), date(2017, 3, 31))),
        ("2017年11月至2月", DateRange(date(2017, 11, 1), date(2018, 2, 28))),
        ("2017年3月1日～15日", DateRange(date(2017, 3, 1), date(2017, 3, 15))),
        ("2017年以来", DateRange(date(2017, 1, 1), None)),
        ("2017年3月以后", DateRange(date(2017, 3, 1), None)),
        ("2017年至今", DateRange(date(2017, 1, 1), None)),
        ("2017年以前", DateRange(None, date(2016, 12, 31))),
        ("2017年3月1日前", DateRange(None, date(2017, 3, 1))),
        ("2017年上半年", DateRange(date(2017, 1, 1), date(2017, 6, 30))),
        ("2017年第四季度", DateRange(date(2017, 10, 1), date(2017, 12, 31))),
        ("17年3月1日", DAY),
        ("17年3月", MARCH),
        ("98年3月1日", DateRange(date(1998, 3, 1), date(1998, 3, 1))),
    ],
)
def test_a_written_date_is_a_range_of_days(text: str, expected: DateRange) -> None:
    assert read_dates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "昨天",
        "去年",
        "1月10日",
        "最近三天",
        "以来",
        "以前",
        "至",
        "2017年13月至3月",
        "2017-13",
        "2017-02-30",
        "0017",
        "2017..昨天",
        "1..2..3",
        "12",
        "201703",
    ],
)
def test_other_text_is_no_date(text: str) -> None:
    assert read_dates(text) is None


TODAY = date(2026, 1, 5)
"""A Monday."""


@pytest.mark.feature("SS-02")
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今年", date(2026, 1, 1), date(2026, 12, 31)),
        ("去年", date(2025, 1, 1), date(2025, 12, 31)),
        ("去年3月", date(2025, 3, 1), date(2025, 3, 31)),
        ("去年下半年", date(2025, 7, 1), date(2025, 12, 31)),
        ("今年以来", date(2026, 1, 1), None),
        ("本月", date(2026, 1, 1), date(2026, 1, 31)),
        ("上月", date(2025, 12, 1), date(2025, 12, 31)),
        ("上个月15日", date(2025, 12, 15), date(2025, 12, 15)),
        ("本季度", date(2026, 1, 1), date(2026, 3, 31)),
        ("上季度", date(2025, 10, 1), date(2025, 12, 31)),
        ("本周", date(2026, 1, 5), date(2026, 1, 11)),
        ("上周", date(2025, 12, 29), date(2026, 1, 4)),
        ("今天", TODAY, TODAY),
        ("昨天", date(2026, 1, 4), date(2026, 1, 4)),
        ("最近三天", date(2026, 1, 3), TODAY),
        ("近十天", date(2025, 12, 27), TODAY),
        ("最近两周", date(2025, 12, 23), TODAY),
        ("近一个月", date(2025, 12, 6), TODAY),
        ("最近半年", date(2025, 7, 6), TODAY),
        ("过去一年", date(2025, 1, 6), TODAY),
        ("1月10日", date(2026, 1, 10), date(2026, 1, 10)),
        ("一月十日", date(2026, 1, 10), date(2026, 1, 10)),
        ("1月10日至15日", date(2026, 1, 10), date(2026, 1, 15)),
        ("１月", date(2026, 1, 1), date(2026, 1, 31)),
        ("2025年至今", date(2025, 1, 1), TODAY),
    ],
)
def test_what_is_told_from_today_is_read_on_that_day(
    text: str, first: date | None, last: date | None
) -> None:
    assert read_dates(text, TODAY) == DateRange(first, last)


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 3, 31), date(2026, 12, 31)])
@pytest.mark.parametrize("text", ["近一个月", "近一年", "最近半年", "上月", "下个月", "上季度"])
def test_no_day_of_the_calendar_is_too_much(text: str, day: date) -> None:
    found = read_dates(text, day)
    assert found is not None
    assert found.first is not None
    assert found.last is not None
    assert found.first <= found.last


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026",
            "2026年",
            "二〇二六年",
            "2024-2026",
            "2024年至2026年",
            "26年1月",
            "1月",
            "上半年",
        ),
        *("一季度", "2026年前", "2026起", "2017..", "1.2", "3.14", "2026.13", "12", "13800138000"),
        *("20269999", "99999999", "2026年9号", "通知", "最近", "年", "月", "前", "起", "至", "到"),
        *("至今", "到今", "—今", "至现在", "最近9000年"),
    ],
)
def test_among_words_only_what_can_be_nothing_else_is_a_date(text: str) -> None:
    assert unmistakable_dates(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        *("20260110", "26年1月10日", "2026.01", "2026-01", "2026/1/10", "二〇二六年一月十日"),
        *("2026年1月", "今年", "去年", "上月", "本周", "最近三天", "1月10日", "2026年1月至3月"),
        *("2026.1.1-2026.3.31", "2025年以来", "2025年以前", "９月３０日以前"),
    ],
)
def test_dates_in_their_usual_forms_are_seen_among_words(text: str) -> None:
    assert unmistakable_dates(text, TODAY) == read_dates(text, TODAY) is not None
