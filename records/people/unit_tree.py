"""The units of an organisation as a tree (SY-01): up to five levels, each with its sections.

A unit with a `level` of government (省, 市, 县, 乡, 村 …) is an *organ*; the sections below belong
to it. A unit that was merged stays, so that old papers name it; its people, posts, sections and
grants are those of the unit that took its place (features.md B3, edge; ASG-09).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Self, cast

from pydantic import BaseModel, ConfigDict, Field

from records.errors import NotFound
from records.identity import CLOCK, UnitCode

SYSTEM_NAME = "系统"
"""What people read where the system itself acted."""


class FormerName(BaseModel):
    """A name that a unit had until then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    until: datetime


class Unit(BaseModel):
    """A node of the tree."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: UnitCode = Field(pattern=r"^[A-Za-z0-9_.-]{1,60}$")
    name: str = Field(min_length=1, max_length=100)
    level: str | None = Field(default=None, description="Level of government, for organs")
    parent: UnitCode | None = None
    profile: str | None = Field(
        default=None, description="Flow profile of the organ (SY-08); none is the simple one"
    )
    merged_into: UnitCode | None = Field(
        default=None, description="The unit that took its place: its people, posts and papers"
    )
    former_names: tuple[FormerName, ...] = Field(
        default=(), description="What it was called, the oldest first"
    )
    closed: bool = Field(default=False, description="撤销: nobody works there any more")

    def name_at(self, at: datetime) -> str:
        """What it was called then."""
        return next((each.name for each in self.former_names if at < each.until), self.name)


class UnitTree(BaseModel):
    """Units as of one moment, in the order in which they are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: tuple[Unit, ...] = ()

    @cached_property
    def _units(self) -> dict[UnitCode, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _sections(self) -> Mapping[UnitCode | None, tuple[Unit, ...]]:
        """Units by the one that they belong to now, in order, without merged and closed ones."""
        found: dict[UnitCode | None, list[Unit]] = {}
        for unit in self.units:
            if unit.merged_into is None and not unit.closed:
                above = None if unit.parent is None else self.successor(unit.parent)
                found.setdefault(above, []).append(unit)
        return {code: tuple(units) for code, units in found.items()}

    @cached_property
    def _codes(self) -> Mapping[UnitCode, tuple[UnitCode, ...]]:
        """A unit's own code, and those of all that were merged into it."""
        found: dict[UnitCode, list[UnitCode]] = {}
        for unit in self.units:
            found.setdefault(self.successor(unit.code), []).append(unit.code)
        return {code: tuple(codes) for code, codes in found.items()}

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(unit.name for unit in self.units)

    def has_unit(self, code: UnitCode) -> bool:
        """Whether there is a unit of that code, merged ones included."""
        return code in self._units

    def unit(self, code: UnitCode) -> Unit:
        """The unit of that code. Raises NotFound (``unknown_unit``)."""
        if code not in self._units:
            raise NotFound("unknown_unit", unit=code)
        return self._units[code]

    def unit_name(self, code: UnitCode) -> str:
        """The name of a unit, or the code of one that is no longer known."""
        unit = self._units.get(code)
        return SYSTEM_NAME if str(code) == str(CLOCK) else unit.name if unit else code

    def full_name(self, code: UnitCode) -> str:
        """The name of a unit, behind that of its organ where several sections share it.

        The code itself of a unit that is not known, whatever that code is.
        """
        name = self.unit_name(code)
        return (
            name
            if code not in self._units or self._names[name] < 2
            else f"{self.organ_of(code).name}{name}"
        )

    def as_called(self, at: datetime) -> Self:
        """The same tree with the names that its units bore then; itself, where none has changed."""
        if not any(unit.former_names and at < unit.former_names[-1].until for unit in self.units):
            return self
        named = tuple(unit.model_copy(update={"name": unit.name_at(at)}) for unit in self.units)
        held = {name: getattr(self, name) for name in type(self).model_fields}
        return cast("Self", type(self).model_construct(**{**held, "units": named}))

    def full_name_at(self, code: UnitCode, at: datetime) -> str:
        """The name of one unit as it was called then, as `full_name` gives it."""
        unit, organ = self._units.get(code), self.own_organ(code)
        if unit is None or organ is None:
            return self.unit_name(code)
        is_shared = self._names[unit.name] > 1 and organ.code != unit.code
        return f"{organ.name_at(at) if is_shared else ''}{unit.name_at(at)}"

    def own_organ(self, code: UnitCode) -> Unit | None:
        """The organ of a unit by itself, whatever took its place since; None for an unknown one."""
        chain: list[Unit] = []
        unit = self._units.get(code)
        while unit is not None and unit not in chain:
            chain.append(unit)
            unit = self._units.get(unit.parent) if unit.parent else None
        return next((each for each in chain if each.level), chain[-1] if chain else None)

    def successor(self, code: UnitCode) -> UnitCode:
        """The unit that stands for this one now: itself, unless it was merged."""
        unit = self._units.get(code)
        while unit is not None and unit.merged_into is not None:
            code = unit.merged_into
            unit = self._units.get(code)
        return code

    def upward(self, code: UnitCode) -> Iterator[Unit]:
        """The unit, or what has taken its place, and all units above it, nearest first."""
        current = self._units.get(self.successor(code))
        while current is not None:
            yield current
            above = current.parent
            current = None if above is None else self._units.get(self.successor(above))

    def sections(self, code: UnitCode | None) -> tuple[Unit, ...]:
        """The units right below one, in order; those at the top for None."""
        return self._sections.get(code, ())

    def subtree(self, code: UnitCode) -> frozenset[UnitCode]:
        """The unit and all units below it; codes of merged ones are among them."""
        found: set[UnitCode] = set()
        ahead = [self.successor(code)]
        while ahead:
            each = ahead.pop()
            found.update(self.predecessors(each))
            ahead += [unit.code for unit in self.sections(each)]
        return frozenset(found)

    def predecessors(self, code: UnitCode) -> tuple[UnitCode, ...]:
        """All codes that this unit stands for: its own, and those of what was merged into it."""
        return self._codes.get(self.successor(code), ())

    def organ_of(self, code: UnitCode) -> Unit:
        """The organ that a unit belongs to; the topmost unit when none has a level."""
        chain = list(self.upward(code))
        if not chain:
            raise NotFound("unknown_unit", unit=code)
        return next((unit for unit in chain if unit.level), chain[-1])
