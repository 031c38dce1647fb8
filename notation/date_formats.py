"""Dates and times of cells: days since 1900 or 1904 as a format shows them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from notation.number_formats import (
    CHINESE,
    CHINESE_LEGAL,
    Counting,
    counted,
    in_digits,
)

_SIGNS = frozenset("yYmMdDhHsS")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LAST_DAY = 2_958_465
"""9999-12-31, the last that Excel shows."""
_HALVES = ("AM/PM", "am/pm", "A/P", "a/p", "上午/下午")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHINESE_DAYS = "一二三四五六日"
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_MINUTES = "\0"
"""In the place of the ``m`` that stands for minutes."""
_FROM_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a cell knows no zone
_FROM_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
"""Excel counts a 29 February 1900 that was not (18.17.4.1), so what is before stands a day off."""
_BEFORE_MARCH_1900 = datetime(1899, 12, 31)  # noqa: DTZ001
COUNTINGS: Mapping[str, Counting] = {"[DBNum1]": CHINESE, "[DBNum2]": CHINESE_LEGAL}
"""Formats that show numbers in Chinese: 二〇一七年三月五日."""


def is_date_format(section: Sequence[str]) -> bool:
    """Whether a section of a format shows a date or a time."""
    plain = [each for each in section if each != "General" and each[0] not in '"\\_*[']
    weekday = "aaa" in "".join(plain).lower()
    return weekday or any(each in _SIGNS for each in plain) or any(map(_ELAPSED.fullmatch, section))


class DateFormat:
    """One section of a format that shows dates or times, taken apart once."""

    def __init__(self, section: Sequence[str]) -> None:
        self._fields = _fields(section)
        minutes = [at for at in range(len(self._fields)) if _is_minutes(self._fields, at)]
        for at in minutes:
            self._fields[at] = _MINUTES * len(self._fields[at])
        self._half = any(field in _HALVES for field in self._fields)
        self._parts_of_seconds = any(field[0] == "0" for field in self._fields)
        self._counting = next((COUNTINGS[each] for each in section if each in COUNTINGS), None)

    def shown(self, days: Decimal, *, from_1904: bool) -> str:
        """Days and their fraction as they are shown; empty where there is no such day."""
        if not 0 <= days <= _LAST_DAY:
            return ""
        base = _FROM_1904 if from_1904 else _FROM_1900 if days >= 60 else _BEFORE_MARCH_1900
        seconds = float(days) * 86_400
        try:
            at = base + timedelta(seconds=round(seconds, 3 if self._parts_of_seconds else None))
        except OverflowError:
            return ""
        return "".join(self._field(field, at, seconds) for field in self._fields).strip()

    def _field(self, field: str, at: datetime, seconds: float) -> str:
        sign, many = field[0], len(field)
        if elapsed := _ELAPSED.fullmatch(field):
            unit = elapsed[1].lower()
            return f"{int(round(seconds) // _SECONDS[unit[0]]):0{len(unit)}}"
        if field in _HALVES:
            return field.split("/")[at.hour >= 12]
        if set(field) != {sign}:
            return _word(field)
        if sign == "0":
            return f"{at.microsecond:06}"[:many]
        hour = (at.hour + 11) % 12 + 1 if self._half else at.hour
        times = {"h": hour, _MINUTES: at.minute, "s": at.second}
        return self._number(times[sign], many) if sign in times else self._day(field, at)

    def _day(self, field: str, at: datetime) -> str:
        sign, many = field[0], len(field)
        if sign == "a":  # 星期三, 三
            day = _CHINESE_DAYS[at.weekday()]
            return {3: day, 4: f"星期{day}"}.get(many, field)
        if sign in "ye":
            year = at.year if many > 2 or sign == "e" else at.year % 100
            words = self._counting
            return in_digits(year, f"〇{words.digits[1:]}") if words else f"{year:02}"
        if sign not in "md":
            return _word(field)
        if many >= 3:
            name = _MONTHS[at.month - 1] if sign == "m" else _DAYS[at.weekday()]
            return name if many == 4 else name[:1] if many == 5 else name[:3]
        return self._number(at.month if sign == "m" else at.day, many)

    def _number(self, number: int, digits: int) -> str:
        if self._counting:
            return counted(number, self._counting)
        return f"{number:0{min(digits, 2)}}"


def _fields(section: Sequence[str]) -> list[str]:
    """Runs of one sign together: ``yyyy``, ``m``; words and marks as they are."""
    text = list(section)
    fields: list[str] = []
    at = 0
    while at < len(text):
        half = next((each for each in _HALVES if "".join(text[at : at + len(each)]) == each), "")
        if half:
            fields.append(half)
            at += len(half)
            continue
        sign = text[at].lower()
        if fields and (sign in "ymdhsae0" and fields[-1][0] == sign and sign):
            fields[-1] += sign
        else:
            fields.append(sign if len(sign) == 1 else text[at])
        at += 1
    return fields


def _is_minutes(fields: Sequence[str], place: int) -> bool:
    """``m`` after hours or before seconds stands for minutes."""
    units = [
        (at, _ELAPSED.sub(r"\1", field)[0].lower())
        for at, field in enumerate(fields)
        if field[0] in "ymdhs" or _ELAPSED.fullmatch(field)
    ]
    order = [at for at, _ in units]
    if place not in order:
        return False
    here = order.index(place)
    after_hours = here > 0 and units[here - 1][1] == "h"
    return after_hours or (here + 1 < len(units) and units[here + 1][1] == "s")


def _word(field: str) -> str:
    if field[0] == '"':
        return field[1:-1]
    if field[0] == "\\":
        return field[1:]
    return "" if field[0] in "_*[@" else field
