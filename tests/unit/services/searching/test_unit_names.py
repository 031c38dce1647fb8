"""A unit is found by whatever it, or what it was merged with, was called (SY-01)."""

from datetime import UTC, datetime

import pytest

from records.identity import UnitCode
from records.people.organisation import Organisation
from records.people.unit_tree import FormerName, Unit
from records.queries.query import And, Holds, Not, Or, Prefix, Query, TextField, Words
from services.searching.unit_names import with_unit_names

THEN = datetime(2026, 1, 1, tzinfo=UTC)
HOUSE = Organisation(
    units=(
        Unit(code=UnitCode("bureau"), name="市监局", level="市"),
        Unit(
            code=UnitCode("food"),
            name="食药科",
            parent=UnitCode("bureau"),
            former_names=(FormerName(name="食品科", until=THEN),),
        ),
        Unit(
            code=UnitCode("shops"),
            name="商户科",
            parent=UnitCode("bureau"),
            merged_into=UnitCode("food"),
        ),
        Unit(code=UnitCode("law"), name="法规科", parent=UnitCode("bureau")),
    )
)


def codes(query: Query) -> set[str]:
    match query:
        case Or((_, Holds(facts))):
            return {str(fact) for fact in facts}
        case _:
            return set()


@pytest.mark.feature("SY-01")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("食药科", {"unit=food", "unit=shops"}),
        ("食品科", {"unit=food", "unit=shops"}),
        ("商户科", {"unit=food", "unit=shops"}),
        ("法规", {"unit=law"}),
        ("ＬＡＷ", set()),
        ("科", set()),
        ("不存在", set()),
    ],
)
def test_a_name_leads_to_the_codes_of_all_that_bore_it(asked: str, found: set[str]) -> None:
    assert codes(with_unit_names(Words(asked, TextField.UNIT), HOUSE)) == found


@pytest.mark.feature("SY-01")
def test_a_name_is_read_so_wherever_it_stands_and_nothing_else_is() -> None:
    name, word = Prefix("食品科", TextField.UNIT), Words("食品科")
    read = with_unit_names(And((word, Not(Or((name, word))))), HOUSE)
    assert isinstance(read, And)
    assert read.children[0] == word
    assert isinstance(read.children[1], Not)
    inner = read.children[1].child
    assert isinstance(inner, Or)
    assert codes(inner.children[0]) == {"unit=food", "unit=shops"}
    assert inner.children[1] == word
