"""What a decision takes, as a kind declares it and as it is resolved: numbers, slots, names.

Everything taken is a name that only one record has at a time. It is taken before the commit
(`services.flow.reserving`) and held as long as the newest revision of the record names it among
its `held_names`. `records.consequences.taking` checks declarations and resolves them.

Names: ``number/{series}/{year}/{n:06d}``; ``slot/{resource}/{day}/{hhmm}`` in Beijing time, one
for each quantum; ``unique/{kind}/{digest of the values}``.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from records.declared import Declared
from records.frozen import Frozen

QUANTUM_MINUTES = 15
"""Rooms are booked by the quarter of an hour, unless the kind says otherwise."""

MOST_AT_ONCE = 50
"""Records that may have one resource at a time: more are no resource but a crowd."""

MOST_SLOTS = 3_000
"""Of one booking: a month of quarters."""


MOST_NUMBERS = 999_999
"""Of a series in a year: so many names sort as numbers do."""

ORGAN = "organ"
"""As part of a series: the name of the organ that the record belongs to."""


def _several(given: object) -> object:
    return (given,) if isinstance(given, str | dict) else given


class NumberDeclaration(Declared):
    """The next number of a series, written into a field; a record that has one keeps it."""

    series: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(
        min_length=1,
        description="Fields that together name the series, or its name; `organ` is the record's: "
        "each organ counts by itself. Without it all that share the name count in one row",
    )
    ledger: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(
        default=(),
        description="post:NAME, who see the numbers of their organ in its ledger (编号台账)",
    )
    year: str | None = Field(
        default=None, description="A field whose year it counts in (a day, or 2026); today's unless"
    )
    field: str = Field(description="The text field that gets the number")
    typed: bool = Field(
        default=False, description="It stands on paper and is typed: that very number is taken"
    )
    again: bool = Field(
        default=False, description="Of a typed one: a number that is void is taken anew (MB-06)"
    )
    most: int = Field(
        default=MOST_NUMBERS, ge=1, le=MOST_NUMBERS, description="The last of a series and year"
    )
    form: str = Field(
        default="{series}〔{year}〕{n}号",
        description="With {series}, {year}, {n} or {n:04}; the mark of GB/T 9704 unless said",
    )


class SlotsDeclaration(Declared):
    """A resource from one instant to another; the end belongs to the next booking."""

    of: str = Field(description="The field that names the resource")
    from_: str = Field(alias="from", description="The field of the first instant")
    to: str = Field(description="The field of the last instant")
    quantum: int = Field(
        default=QUANTUM_MINUTES, ge=5, le=1440, description="Minutes; a divisor of a day's 1440"
    )
    capacity: int = Field(
        default=1, ge=1, le=MOST_AT_ONCE, description="So many may have it at the same time"
    )


class NameDeclaration(Declared):
    """Values that no two records of the kind may share, such as 来文字号 with 来文单位."""

    of: tuple[str, ...] = Field(min_length=1)


class TakesDeclaration(Declared):
    """What an action takes: at least one of three."""

    number: NumberDeclaration | None = None
    slots: Annotated[tuple[SlotsDeclaration, ...], BeforeValidator(_several)] = Field(
        default=(), description="Of one resource, or of several that are had together or not at all"
    )
    name: NameDeclaration | None = None


class NextNumber(Frozen):
    """The lowest number of a series and year that nobody has, for a field, in a form."""

    want: Literal["number"] = "number"
    series: str
    year: int
    field: str
    form: str
    most: int = MOST_NUMBERS

    @property
    def prefix(self) -> str:
        """What the names of its numbers begin with."""
        return f"number/{self.series}/{self.year}/"

    def written(self, n: int) -> str:
        """A number as the field shows it."""
        return self.form.format(series=self.series, year=self.year, n=n)


class Names(Frozen):
    """All of these names, or none; of each, one of so many as it has."""

    want: Literal["names"] = "names"
    names: tuple[str, ...]
    capacity: int = Field(default=1, ge=1)
    again: bool = Field(default=False, description="Void ones, and no others (启用作废文号)")
    reason: Literal["slot", "unique", "number"] = Field(description="What the names are of")
    label: str = Field(default="", description="Of slots: what the resource is called, as 车辆")

    def lane(self, name: str, number: int) -> str:
        """The name under which the one of that number is had, counted from 1."""
        return name if number == 1 else f"{name}+{number}"


Reservation = NextNumber | Names
