"""Statistics that a kind declares: what is counted, by what, and for whom (M16).

A dimension is the name of a field, ``month:FIELD`` or ``year:FIELD`` of a day, ``state`` or
``unit``. A measure counts the records for which a condition holds, tells the share of them for
which another one holds too, or the sum of an integer field of theirs. Conditions are filters of the
list of the kind, so that every figure leads to the very rows that it is of.
"""

from dataclasses import dataclass

from pydantic import Field

from records.declared import Declared

STATE, UNIT = "state", "unit"
"""Dimensions that are no fields: 状态, and the unit that the record began in."""

BEEN, TIMELY = "been", "timely"
"""Conditions that are no fields: a state that was passed, and how the deadline was kept."""

ON_TIME, LATE, OVERDUE = "on_time", "late", "overdue"
"""Values of `TIMELY`: ended by the due day, ended after it, open and past it."""

TIMELINESS = (ON_TIME, LATE, OVERDUE)
PERIODS = ("month", "year")

Condition = dict[str, tuple[str, ...]]
"""Filter → values. Values of one are alternatives, filters add up."""


class MeasureDeclaration(Declared):
    """A column: how many, with `share` how many of those in a hundred, with `sum` how much."""

    label: str
    where: Condition = Field(default={}, description="Which records; all, when it is empty")
    share: Condition | None = Field(
        default=None, description="Of these the share for which this holds: a rate"
    )
    sum: str | None = Field(
        default=None, description="An integer field whose sum over these is told (积分)"
    )


class StatisticDeclaration(Declared):
    """A table of figures, whose range of days is over `meaning.dated_on`."""

    label: str
    by: tuple[str, ...] = Field(min_length=1, max_length=2, description="Dimensions")
    measures: dict[str, MeasureDeclaration] = Field(min_length=1)
    for_: tuple[str, ...] = Field(
        default=(), alias="for", description="post:NAME, role:NAME; everybody, when it is empty"
    )


@dataclass(frozen=True, slots=True)
class Dimension:
    """What rows are made of; `each` is ``month``, ``year``, or empty for the values themselves."""

    name: str
    each: str = ""


def dimension_of(text: str) -> Dimension:
    """A dimension as it is declared."""
    each, colon, name = text.partition(":")
    return Dimension(name, each) if colon else Dimension(text)


def terms_of(value: int) -> tuple[int, ...]:
    """Powers of two, each of the sign of `value`, that together are `value`; none of nought.

    An index counts in how many records each term stands: so it sums whatever the values are, out
    of no more counts than a number has binary digits.
    """
    sign, size = (-1, -value) if value < 0 else (1, value)
    return tuple(sign << place for place in range(size.bit_length()) if size >> place & 1)
