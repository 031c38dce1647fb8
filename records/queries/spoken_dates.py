"""Spans of days, and days told from today, as people write them: 去年, 2026年1月至3月, 2025年以来.

Where a date is asked for, all forms are read. Among other words one counts only where it can be
nothing else: a year alone (2026年) stands in too many titles, and 1月 or 上半年 in too many texts.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from records.queries.dates import (
    in_digits,
    month_or_day,
    on_calendar,
    read_day,
    read_run_of_digits,
)
from records.queries.query import DateRange

_BETWEEN = re.compile(r"\.\.+|~|至|到|—+|–+")
_SINCE = re.compile(r"(?:以来|以后|之后|起)$")
_BEFORE = re.compile(r"(?:以前|之前|前)$")
_YEARS_FROM_NOW = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_MONTHS_FROM_NOW = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_TODAY, _TOMORROW = {"今天": 0, "今日": 0}, {"明天": 1, "明日": 1, "后天": 2}
_DAYS_FROM_NOW = _TODAY | _TOMORROW | {"昨天": -1, "昨日": -1, "前天": -2}
_THIS_WEEK, _LAST_WEEK = (
    {"本周": 0, "这周": 0, "本星期": 0},
    {"上周": -1, "上星期": -1, "上个星期": -1},
)
_WEEKS_FROM_NOW = _THIS_WEEK | _LAST_WEEK | {"下周": 1, "下星期": 1}
_WITHOUT_YEAR = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]?)?|[上下]半年|第?[1-4]季度", re.ASCII)
_LAST = re.compile(r"(?:最近|近|过去)(?:(\d{1,3}|两|半)(天|日|周|个?星期|个?月|年))", re.ASCII)
_PART_OF_YEAR = re.compile(r"(\d{4})年(?:([上下])半年|第?([1-4])季度)", re.ASCII)
_SHORT_END = re.compile(r"\d{1,2}(?:月(?:\d{1,2}[日号]?)?|[日号])|\d{1,2}[./]\d{1,2}", re.ASCII)
_MISTAKABLE = re.compile(
    r"\d{4}年?|\d{4}年?(?:\.\.+|~|-|至|到|—+|–+)\d{4}年?|\d{2}年\d{1,2}月|\d{1,2}月"
    r"|[上下]半年|第?[1-4]季度|.*\.\.|\.\..*|.*(?:(?<!以)(?<!之)前|起|到|至)",
    re.ASCII,
)
_PLAIN_MONTH = re.compile(r"(?:19|20)\d{2}[-/.]\d{1,2}", re.ASCII)
_SOME_DAY = date(2000, 2, 28)
_NO_SIGNS = re.compile(r"[\d./-]+", re.ASCII)


def read_dates(text: str, today: date | None = None) -> DateRange | None:
    """A day, month, year or span of them as a range; None when it is none.

    Besides what `records.queries.dates` reads: two of them with ``..``, ``~``, ``-``, ``至`` or
    ``到`` between, of which the second may leave out what it shares with the first and either may
    be missing (ends in the wrong order are exchanged); ``以来``, ``以后``, ``起``, from its first
    day on; ``以前`` and ``前``, up to a day, or before the first one of a month or year;
    ``2025年上半年``, ``2025年第一季度``. From `today`: ``今年``, ``上月``, ``本周``, ``昨天``,
    ``最近三天`` (today is one of them), ``1月10日`` of this year; without it these are none.
    """
    return _read(in_digits(text), today)


def unmistakable_dates(text: str, today: date | None = None) -> DateRange | None:
    """The same of a word among others, where it can hardly mean anything else."""
    plain = in_digits(text)
    if _MISTAKABLE.fullmatch(plain):
        return None
    if _NO_SIGNS.fullmatch(plain) and not (
        read_day(plain)
        or read_run_of_digits(plain)
        or _PLAIN_MONTH.fullmatch(plain)
        or any(read_day(left) for left, _ in _halves(plain))
    ):
        return None
    return _read(plain, today)


def is_told_from_today(text: str) -> bool:
    """Whether a date is one on a known day alone."""
    return read_dates(text) is None and read_dates(text, _SOME_DAY) is not None


def _read(plain: str, today: date | None) -> DateRange | None:
    found = _one(plain, today)
    if found is not None:
        return found
    if ended := _SINCE.search(plain):
        begun = _one(plain[: ended.start()], today)
        return DateRange(begun.first, None) if begun else None
    if ended := _BEFORE.search(plain):
        return _before(_one(plain[: ended.start()], today))
    for left, right in _halves(plain):
        if span := _span(left, right, today):
            return span
    return None


def _before(bound: DateRange | None) -> DateRange | None:
    if bound is None or bound.first is None:
        return None
    is_day = bound.first == bound.last
    return DateRange(None, bound.first if is_day else bound.first - timedelta(days=1))


def _halves(plain: str) -> list[tuple[str, str]]:
    """The two ends that a span may have; several readings where - stands in dates as well."""
    parts = _BETWEEN.split(plain)
    if len(parts) == 2:
        return [(parts[0], parts[1])] if any(parts) else []
    if len(parts) > 2:
        return []
    return [
        (plain[:at], plain[at + 1 :])
        for at, char in enumerate(plain)
        if char == "-" and 0 < at < len(plain) - 1
    ]


def _span(left: str, right: str, today: date | None) -> DateRange | None:
    first = _one(left, today) if left else DateRange(None, None)
    if first is None:
        return None
    if right in {"今", "现在"}:
        return DateRange(first.first, today) if left else None
    last = _end(right, first, today) if right else DateRange(None, None)
    if last is None:
        return None
    if first.first and last.last and first.first > last.last:
        first, last = last, first
    return DateRange(first.first, last.last)


def _end(right: str, first: DateRange, today: date | None) -> DateRange | None:
    """The second end of a span, which may have year and month from the first."""
    if first.first is None or not _SHORT_END.fullmatch(right):
        return _one(right, today)
    year, month = first.first.year, first.first.month
    if "." in right or "/" in right:
        found = on_calendar(f"{year}.{right.replace('/', '.')}")
    elif right.endswith(("日", "号")) and "月" not in right:
        found = on_calendar(f"{year}年{month}月{right}")
    else:
        found = on_calendar(f"{year}年{right}")
        if found and found.last and found.last < first.first:
            found = on_calendar(f"{year + 1}年{right}")
    return found


def _one(plain: str, today: date | None) -> DateRange | None:
    """What is one day, week, month, part of a year or year, or so long up to today."""
    if today is not None:
        for read in (_day_or_week, _last):
            if found := read(plain, today):
                return found
        plain = _with_year(plain, today)
    if part := _PART_OF_YEAR.fullmatch(plain):
        year, half, quarter = int(part[1]), part[2], part[3]
        months = ((1, 6) if half == "上" else (7, 12)) if half else _quarter(int(quarter))
        return _months(year, *months)
    return on_calendar(plain)


def _quarter(number: int) -> tuple[int, int]:
    return 3 * number - 2, 3 * number


def _months(year: int, first: int, last: int) -> DateRange | None:
    begins, ends = month_or_day(year, first), month_or_day(year, last)
    return DateRange(begins.first, ends.last) if begins and ends else None


def _with_year(plain: str, today: date) -> str:
    """The year, and the month, that is told from today written out."""
    for word, years in _YEARS_FROM_NOW.items():
        if plain.startswith(word):
            return f"{today.year + years}年{plain.removeprefix(word)}"
    for word, months in _MONTHS_FROM_NOW.items():
        if plain.startswith(word):
            year, month = divmod(12 * today.year + today.month - 1 + months, 12)
            return f"{year}年{month + 1}月{plain.removeprefix(word)}"
    if plain in {"本季度", "上季度"}:
        quarters = 4 * today.year + (today.month - 1) // 3 - (plain[0] == "上")
        return f"{quarters // 4}年第{quarters % 4 + 1}季度"
    if _WITHOUT_YEAR.fullmatch(plain):
        return f"{today.year}年{plain}"
    return plain


def _day_or_week(plain: str, today: date) -> DateRange | None:
    if plain in _DAYS_FROM_NOW:
        day = today + timedelta(days=_DAYS_FROM_NOW[plain])
        return DateRange(day, day)
    if plain in _WEEKS_FROM_NOW:
        monday = today + timedelta(days=7 * _WEEKS_FROM_NOW[plain] - today.weekday())
        return DateRange(monday, monday + timedelta(days=6))
    return None


def _last(plain: str, today: date) -> DateRange | None:
    """So many days, weeks, months or years that end today."""
    if not (match := _LAST.fullmatch(plain)):
        return None
    count, unit = match[1], match[2].removeprefix("个")
    if count == "半":
        months = {"年": 6}.get(unit)
        return _since(_months_ago(today, months), today) if months else None
    number = 2 if count == "两" else int(count)
    begins: dict[str, Callable[[], date | None]] = {
        "天": lambda: today - timedelta(days=number - 1),
        "日": lambda: today - timedelta(days=number - 1),
        "周": lambda: today - timedelta(days=7 * number - 1),
        "星期": lambda: today - timedelta(days=7 * number - 1),
        "月": lambda: _months_ago(today, number),
        "年": lambda: _months_ago(today, 12 * number),
    }
    return _since(begins[unit](), today) if number else None


def _since(first: date | None, today: date) -> DateRange | None:
    return DateRange(first, today) if first is not None else None


def _months_ago(today: date, months: int) -> date | None:
    """The day after the same one so many months before: with it begin as many months.

    None before there were any that are counted.
    """
    year, month = divmod(12 * today.year + today.month - 1 - months, 12)
    found = month_or_day(year, month + 1)
    if found is None or found.first is None or found.last is None:
        return None
    day = min(today.day, found.last.day)
    return found.first.replace(day=day) + timedelta(days=1)
