"""Dates as people write them, read as ranges of days.

One day, month or year of the calendar is read here, spans and what is told from today (去年,
最近三天) by `records.queries.spoken_dates`.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from records.queries.query import DateRange

_YEARS = range(1800, 2200)
_TURN = 50
"""A year of two figures below the turn is one of this century, another one of the last."""

_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[月日号天周个星年])")
_LAYOUTS = tuple(
    re.compile(layout, re.ASCII)
    for layout in (
        r"(\d{4})年?",
        r"(\d{4})[-/.年](\d{1,2})月?",
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?",
        r"(\d{4})(\d{2})(\d{2})",
        r"(\d{2})年(\d{1,2})月",
        r"(\d{2})年(\d{1,2})月(\d{1,2})[日号]",
    )
)
_WHOLE_DAY = re.compile(
    r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}[日号])|\d{2}年\d{1,2}月\d{1,2}[日号]",
    re.ASCII,
)
_RUN_OF_DIGITS = re.compile(r"(?:19|20)\d{6}", re.ASCII)


def read_day(text: str) -> date | None:
    """One day, written with its signs: 2017-03-01, 2017.3.1, 17年3月1日, 二〇一七年三月一日."""
    plain = in_digits(text)
    found = on_calendar(plain) if _WHOLE_DAY.fullmatch(plain) else None
    return found.first if found else None


def read_run_of_digits(text: str) -> date | None:
    """One day as eight digits of the last or this century, 20170301."""
    plain = in_digits(text)
    found = on_calendar(plain) if _RUN_OF_DIGITS.fullmatch(plain) else None
    return found.first if found else None


def on_calendar(text: str) -> DateRange | None:
    """A day, month or year, as `in_digits` gives it; None when it is none."""
    for layout in _LAYOUTS:
        if match := layout.fullmatch(text):
            year, *rest = match.groups()
            return month_or_day(_whole_year(year), *map(int, rest))
    return None


def _whole_year(figures: str) -> int:
    year = int(figures)
    if len(figures) == len("26"):
        year += 2000 if year < _TURN else 1900
    return year


def month_or_day(year: int, month: int | None = None, day: int | None = None) -> DateRange | None:
    """The year, its month or the day of that; None when there is no such."""
    if year not in _YEARS:
        return None
    if month is None:
        return DateRange(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return DateRange(date(year, month, 1), date(year, month, last))
    if not 1 <= day <= last:
        return None
    return DateRange(date(year, month, day), date(year, month, day))


def in_digits(text: str) -> str:
    """Half-width and without blanks, Chinese figures as digits."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    tens = _CHINESE_TENS.sub(lambda match: (match[1] or "一") + (match[2] or "〇"), plain)
    return tens.translate(_CHINESE_DIGITS)
