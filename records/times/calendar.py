"""Working days: weekends, the holidays and make-up days that the State Council announces (M13).

Days are those of the office (`records.times.office_time`). The years that are known come from
``calendars/china.yaml`` and from what an administrator has loaded since; in a year that is not
known, Saturdays and Sundays alone are off.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from records.errors import Invalid
from records.faults import Fault, validation_fault
from records.yaml_text import YamlFault, read_yaml

_LONGEST = 10_000
"""Working days that a deadline may count: forty years."""


class YearDeclaration(BaseModel):
    """A year's notice. A holiday is a day or the first and last of several, ``FIRST..LAST``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holidays: tuple[date | str, ...] = Field(max_length=366)
    make_up_days: tuple[date, ...] = Field(default=(), max_length=366)


class WorkCalendar(BaseModel):
    """Which days are worked. Without years: Monday to Friday."""

    model_config = ConfigDict(frozen=True)

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    """The years that are known."""

    def is_workday(self, day: date) -> bool:
        """Whether the office works on this day."""
        if day in self.make_up_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def after_workdays(self, day: date, number: int) -> date:
        """The last of `number` working days that follow `day`; the day itself for none.

        Of a day that stands for ever (9999-12-31): the last there is.
        """
        left = min(number, _LONGEST)
        while left > 0 and day < date.max:
            day += timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def before_workdays(self, day: date, number: int) -> date:
        """The first of `number` working days that come before `day`; the day itself for none."""
        left = min(number, _LONGEST)
        while left > 0 and day > date.min:
            day -= timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days follow `first` up to `last`; negative when `last` is earlier.

        So a task due today is due in 0, and one due yesterday, a working day, in -1.
        """
        if last < first:
            return -self.workdays_between(last, first)
        days = (last - first).days
        return sum(self.is_workday(first + timedelta(days=n + 1)) for n in range(days))

    def with_years(self, other: "WorkCalendar") -> "WorkCalendar":
        """Both; in the years that `other` knows it alone counts."""
        return WorkCalendar(
            holidays=other.holidays | self._outside(self.holidays, other.years),
            make_up_days=other.make_up_days | self._outside(self.make_up_days, other.years),
            years=self.years | other.years,
        )

    @staticmethod
    def _outside(days: frozenset[date], years: frozenset[int]) -> frozenset[date]:
        return frozenset(day for day in days if day.year not in years)


WEEKENDS_OFF = WorkCalendar()
"""Of no year anything is known."""


def read_calendar(text: str) -> WorkCalendar:
    """The calendar of a YAML text: ``"YEAR": {holidays: […], make_up_days: […]}``.

    Raises Invalid (``bad_calendar``) with ``line`` or ``key``, and ``fault``.
    """
    try:
        _, content = read_yaml(text)
    except YamlFault as error:
        raise _bad(f"第 {error.line} 行", error.fault) from error
    if not isinstance(content, dict) or not content:
        raise _bad("YAML", Fault((), "not_mapping"))
    found = WEEKENDS_OFF
    for year, given in content.items():
        found = found.with_years(_year(str(year), given))
    return found


def _year(name: str, given: Any) -> WorkCalendar:
    if not name.isdigit() or not 1949 <= int(name) <= 9999:
        raise _bad(name, Fault((), "bad_year"))
    try:
        declared = YearDeclaration.model_validate(given)
    except ValidationError as error:
        fault = validation_fault(error.errors()[0])
        raise _bad(f"{name}.{fault.key}", fault) from error
    holidays = frozenset(day for each in declared.holidays for day in _days(name, each))
    strangers = [day for day in (*holidays, *declared.make_up_days) if day.year != int(name)]
    both = holidays & set(declared.make_up_days)
    if strangers or both:
        wrong = min([*strangers, *both]).isoformat()
        raise _bad(name, Fault((), "bad_holiday", {"name": wrong}))
    make_up_days = frozenset(declared.make_up_days)
    return WorkCalendar(holidays=holidays, make_up_days=make_up_days, years=frozenset({int(name)}))


def _days(year: str, given: date | str) -> Iterator[date]:
    if isinstance(given, date):
        yield given
        return
    first, _, last = given.partition("..")
    try:
        day, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise _bad(year, Fault((), "bad_holiday", {"name": given})) from error
    if not 0 <= (end - day).days < 60:
        raise _bad(year, Fault((), "bad_holiday", {"name": given}))
    while day <= end:
        yield day
        day += timedelta(days=1)


def _bad(key: str, fault: Fault) -> Invalid:
    return Invalid("bad_calendar", key=key, **fault.facts)
