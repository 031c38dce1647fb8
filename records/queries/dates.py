"""Dates as people write them, read as ranges of days."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from records.queries.query import DateRange

_YEARS = range(1800, 2200)
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_TENS = re.compile("([一二三]?)十([一二三四五六七八九]?)(?=[月日号])")
_BETWEEN = re.compile(r"\.\.+|~|至|到")
_LAYOUTS = tuple(
    re.compile(layout, re.ASCII)
    for layout in (
        r"(\d{4})年?",
        r"(\d{4})[-/.年](\d{1,2})月?",
        r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?",
        r"(\d{4})(\d{2})(\d{2})",
    )
)


def read_dates(text: str) -> DateRange | None:
    """A day, month, year or span of them as a range; None when it is none.

    Read are ``2017``, ``2017年``, ``2017-03``, ``2017年3月``, ``2017/3/1``, ``20170301``,
    ``二〇一七年三月一日``, and two of them with ``..``, ``~``, ``至`` or ``到`` between; either end
    of a span may be missing. Ends in the wrong order are exchanged.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    ends = [part.strip() for part in _BETWEEN.split(plain)]
    if len(ends) == 1:
        return _read_one(ends[0])
    if len(ends) > 2 or not any(ends):
        return None
    read = [_read_one(end) if end else DateRange(None, None) for end in ends]
    first, last = read
    if first is None or last is None:
        return None
    if first.first and last.last and first.first > last.last:
        first, last = last, first
    return DateRange(first.first, last.last)


_WHOLE_DAY = re.compile(r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}[日号])", re.ASCII)


def read_day(text: str) -> date | None:
    """One day, written with its signs: 2017-03-01, 2017.3.1, 2017年3月1日, 二〇一七年三月一日."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _WHOLE_DAY.fullmatch(_in_digits(plain)):
        return None
    found = _read_one(plain)
    return found.first if found else None


def _read_one(text: str) -> DateRange | None:
    digits = _in_digits(text)
    for layout in _LAYOUTS:
        if match := layout.fullmatch(digits):
            return _calendar_range(*(int(part) for part in match.groups()))
    return None


def _calendar_range(
    year: int, month: int | None = None, day: int | None = None
) -> DateRange | None:
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


def _in_digits(text: str) -> str:
    tens = _CHINESE_TENS.sub(lambda match: (match[1] or "一") + (match[2] or "〇"), text)
    return tens.translate(_CHINESE_DIGITS)
