"""Keys of lists: their characters sort as people expect."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.lists.order import keys_of, sorted_columns, value_key, work_key
from records.queries.search import ListOrder, place_of
from records.revision import Revision
from records.rights.access import person_token
from records.schema.kind_fields import FieldDeclaration, FieldType
from tests.matters import LI, MATTER, NOW, held, matter

ME = person_token(LI)


def field(type_: FieldType, *options: str) -> FieldDeclaration:
    return FieldDeclaration(label="x", type=type_, options=options)


def in_order(revisions: list[Revision], slot: ListOrder) -> list[str]:
    places = [
        (place_of(dict(keys_of(MATTER, each))[slot], each.record), each.record)
        for each in revisions
    ]
    return [record for _, record in sorted(places)]


@pytest.mark.feature("GT-06")
def test_work_stands_by_urgency_then_deadline_then_arrival() -> None:
    soon, later = date(2026, 11, 24), date(2026, 12, 24)
    wanted = [
        matter("A", urgency="特急", tasks=held(ME, due_on=later)),
        matter("B", urgency="加急", tasks=held(ME, due_on=soon)),
        matter("C", urgency="加急", tasks=held(ME)),
        matter("D", tasks=held(ME, due_on=soon)),
        matter("E", tasks=held(ME, due_on=later)),
        matter("F", tasks=held(ME, opened_at=NOW)),
        matter("G", urgency="一般", tasks=held(ME, opened_at=NOW - timedelta(hours=1))),
    ]
    assert in_order(wanted[::-1], ListOrder.WORK) == list("ABCDEFG")


def test_the_declared_order_is_of_several_fields_each_in_its_direction() -> None:
    wanted = [
        matter("D", open=True, due="2026-01-01"),
        matter("C", open=True, due="2026-02-01"),
        matter("B", due="2025-01-01"),
        matter("A", due="2026-01-01"),
    ]
    assert in_order(wanted, ListOrder.LIST) == ["D", "C", "B", "A"]


def test_choices_stand_as_they_are_declared_and_numbers_in_texts_as_numbers() -> None:
    choice = field(FieldType.CHOICE, "特急", "加急", "一般")
    assert sorted(["一般", "特急", "加急"], key=lambda value: value_key(choice, value)) == [
        "特急",
        "加急",
        "一般",
    ]
    text = field(FieldType.TEXT)
    numbers = ["渝发〔2017〕12号", "渝发〔2017〕2号", "渝发〔2016〕30号"]
    assert sorted(numbers, key=lambda value: value_key(text, value)) == [
        "渝发〔2016〕30号",
        "渝发〔2017〕2号",
        "渝发〔2017〕12号",
    ]


@given(values=st.lists(st.integers(-(2**40), 2**40), min_size=2))
def test_whole_numbers_sort_by_size(values: list[int]) -> None:
    number = field(FieldType.INTEGER)
    assert sorted(values, key=lambda value: value_key(number, value)) == sorted(values)


@given(values=st.lists(st.dates(), min_size=2))
def test_days_sort_by_time_and_an_empty_one_before_all(values: list[date]) -> None:
    day = field(FieldType.DATE)
    texts = [value.isoformat() for value in values]
    assert sorted(texts, key=lambda value: value_key(day, value)) == sorted(texts)
    assert value_key(day, None) < min(value_key(day, text) for text in texts)


@given(
    title=st.text(max_size=60),
    due=st.none() | st.dates().map(date.isoformat),
    opened=st.none() | st.booleans(),
)
def test_a_key_holds_nothing_that_an_index_would_take_for_a_sign(
    title: str, due: str | None, *, opened: bool | None
) -> None:
    revision = matter("R1", due=due, open=opened)
    fields = {**revision.fields, "title": title}
    for _, key in keys_of(MATTER, revision.model_copy(update={"fields": fields})):
        assert re.fullmatch("[0-9a-fz-]*", key)


def test_columns_are_sorted_by_and_long_texts_never() -> None:
    assert list(sorted_columns(MATTER)) == ["title", "urgency", "due", "pages", "units", "open"]
    assert work_key(MATTER, matter("R1"))[0] == "4"
