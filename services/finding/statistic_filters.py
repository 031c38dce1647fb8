"""Filters that hold together, as one list understands them: values of one name are alternatives."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from records.schema.kind import Kind
from services.finding.list_filters import Filter

_BETWEEN = ".."


def days_between(kind: Kind, first: date | None, last: date | None) -> tuple[Filter, ...]:
    """The filter of a range of the days that records bear; none for all days."""
    if kind.meaning.dated_on is None or not (first or last):
        return ()
    ends = (day.isoformat() if day else "" for day in (first, last))
    return ((kind.meaning.dated_on, _BETWEEN.join(ends)),)


def days_of(period: str) -> str:
    """The days of ``2026-12`` or ``2026`` as a range of a filter."""
    if "-" not in period:
        return f"{period}-01-01{_BETWEEN}{period}-12-31"
    year, month = map(int, period.split("-"))
    return f"{period}-01{_BETWEEN}{period}-{monthrange(year, month)[1]:02}"


def narrowed(*groups: Iterable[Filter]) -> tuple[Filter, ...] | None:
    """One set of filters for what all groups hold of; None where nothing can be of them all."""
    found: dict[str, list[str]] = {}
    for group in groups:
        mine: dict[str, list[str]] = {}
        for name, value in group:
            mine.setdefault(name, []).append(value)
        for name, values in mine.items():
            before = found.get(name)
            if before is None:
                found[name] = values
            elif _BETWEEN in values[0] and _BETWEEN in before[0]:
                found[name] = [_clipped(before[0], values[0])]
            else:
                found[name] = [value for value in before if value in values]
    if not all(found.values()):
        return None
    return tuple((name, value) for name, values in found.items() for value in values)


def _clipped(one: str, other: str) -> str:
    """The days of both ranges; an empty end is open."""
    (first, last), (begin, end) = one.split(_BETWEEN), other.split(_BETWEEN)
    return f"{max(first, begin)}{_BETWEEN}{min(filter(None, (last, end)), default='')}"
