"""Values at the edge of what can be written: none of them gets into a record that breaks later."""

import pytest

from languages.errors import tell
from languages.faults import EXPECTED
from records.errors import Invalid
from records.fields import read_fields, read_values
from records.identity import KindName
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType
from tests.flow_office import KINDS, OFFICE

NUMBERS = KINDS[KindName("ballot")].model_copy(
    update={
        "fields": {
            "whole": FieldDeclaration(label="数量", type=FieldType.INTEGER),
            "amount": FieldDeclaration(label="金额", type=FieldType.DECIMAL),
        }
    }
)
BOOKING = KINDS[KindName("room_booking")]


@pytest.mark.parametrize(
    ("kind", "field", "given"),
    [
        (BOOKING, "begins", "9999-12-31T23:00:00+00:00"),  # no day in Beijing
        (BOOKING, "begins", "0001-01-01T00:00:00+08:00"),  # no instant in UTC
        (BOOKING, "begins", "2026-02-30T09:00"),
        (NUMBERS, "whole", 2**53),
        (NUMBERS, "whole", "9" * 4000),
        (NUMBERS, "amount", "1E+999999"),  # written out it has a million digits
        (NUMBERS, "amount", "1E-999999"),
    ],
)
def test_a_value_that_nothing_can_count_with_is_refused(
    kind: Kind, field: str, given: object
) -> None:
    with pytest.raises(Invalid, match="wrong_type"):
        read_fields(kind, {field: given}, OFFICE)


def test_large_numbers_that_all_can_count_with_are_kept() -> None:
    given = {"whole": 2**53 - 1, "amount": "1234567890123456789.50"}
    assert read_fields(NUMBERS, given, OFFICE) == {**given, "amount": "1234567890123456789.5"}


@pytest.mark.parametrize("type_", [*FieldType])
def test_what_a_field_should_have_been_is_told_in_chinese(type_: FieldType) -> None:
    field = FieldDeclaration(label="栏", type=type_, columns={}, options=("甲",))
    with pytest.raises(Invalid) as refused:
        read_values({"f": field}, {"f": object()}, OFFICE)
    told = str(tell(refused.value))
    if refused.value.reason == "wrong_type":
        assert refused.value.facts["expected"] in EXPECTED
        assert not set("abcdefghijklmnopqrsuvwxyz") & set(told.replace("true、false", ""))
