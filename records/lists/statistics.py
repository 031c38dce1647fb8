"""Statistics that a kind declares: what is counted, by what, and for whom (M16).

A dimension is the name of a field, ``month:FIELD`` or ``year:FIELD`` of a day, ``state`` or
``unit``. A measure counts the records for which a condition holds, or tells the share of them for
which another one holds too. Conditions are filters of the list of the kind, so that every figure
leads to the very rows that it counts. With `sum` it adds up a number of theirs instead: costs.
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
    """A column: how many, or with `share` how many of those in a hundred."""

    label: str
    where: Condition = Field(default={}, description="Which records; all, when it is empty")
    share: Condition | None = Field(
        default=None, description="Of these the share for which this holds: a rate"
    )

    sum: str | None = Field(
        default=None, description="A listed field of numbers: of these records what it adds up to"
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
