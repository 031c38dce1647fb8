"""Hits counted by units as a tree."""

import pytest

from records.identity import UnitCode
from services.searching.unit_counts import unit_values
from tests.matters import OFFICE


@pytest.mark.feature("SS-04")
def test_a_unit_that_nobody_knows_stands_by_its_code() -> None:
    (value,) = unit_values(OFFICE, [("nowhere", 3)])
    assert (value.value, value.label, value.count, value.above) == ("nowhere", "nowhere", 3, "")


@pytest.mark.feature("SS-04")
def test_every_unit_counts_what_lies_below_it_once() -> None:
    codes = [unit.code for unit in OFFICE.units]
    values = list(unit_values(OFFICE, [(code, 1) for code in codes]))
    counted = {UnitCode(value.value): value.count for value in values}
    for code, count in counted.items():
        assert count == len(OFFICE.subtree(code) & set(codes))
    seen: set[str] = {""}
    for value in values:
        assert value.above in seen, "a unit stands before those below it"
        seen.add(value.value)
