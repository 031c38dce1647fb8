"""Dates as people write them."""

from datetime import date

import pytest

from records.queries.dates import read_dates
from records.queries.query import DateRange

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
    ],
)
def test_a_written_date_is_a_range_of_days(text: str, expected: DateRange) -> None:
    assert read_dates(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "..", "昨天", "2017-13", "2017-02-30", "0017", "2017..昨天", "1..2..3", "12", "201703"],
)
def test_other_text_is_no_date(text: str) -> None:
    assert read_dates(text) is None
