"""What is wrong with one place of an input is told in Chinese, whatever pydantic finds there."""

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from api import requests
from languages.errors import tell
from languages.faults import FAULTS
from records.errors import Invalid
from records.faults import Fault, validation_fault
from records.flow import action_parts, declarations
from records.people import person, unit_tree
from records.schema import answers, kind, kind_fields

HOSTILE: tuple[object, ...] = (
    *(None, "", "x" * 100_000, "2026-13-45", -1, 0, 10**30, 1.5, float("nan"), True),
    *([], ["x"], [None], list(range(2000)), {}, {"x": 1}, {1: 1}, b"\xff", date.max, object()),
)
MODELS = sorted(
    {
        found
        for module in (
            kind,
            kind_fields,
            answers,
            action_parts,
            declarations,
            requests,
            person,
            unit_tree,
        )
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, BaseModel) and found is not BaseModel
    },
    key=lambda model: model.__name__,
)


def faults(model: type[BaseModel], given: object) -> Iterator[Fault]:
    try:
        model.model_validate(given)
    except ValidationError as error:
        yield from (validation_fault(each) for each in error.errors())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_whatever_stands_in_a_field_its_fault_has_words(model: type[BaseModel]) -> None:
    names = [field.alias or name for name, field in model.model_fields.items()]
    given: list[object] = [*HOSTILE, *({name: value} for name in names for value in HOSTILE)]
    found = [fault for value in given for fault in faults(model, value)]
    assert found
    assert {fault.word for fault in found} - set(FAULTS) == set()


@pytest.mark.parametrize("given", ["", "2026-13-45", "2026-03-01T12:30:00", -1, 1.5, 10**30, []])
def test_what_is_no_day_is_told_as_such(given: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(date).validate_python(given)
    assert {FAULTS.get(each["type"]) for each in caught.value.errors()} == {
        "应是日期，如 2026-03-01"
    }


def test_a_fault_is_told_with_its_bound_and_its_choice() -> None:
    told = {
        str(tell(Invalid("bad_request", field=fault.key, fault=fault.word, **fault.named)).what)
        for fault in faults(
            kind_fields.FieldDeclaration, {"label": "题", "type": "day", "max": 0, "colour": "red"}
        )
    }
    assert told == {
        "请求中的“type”不正确：只能是 "
        + "、".join(each.value for each in kind_fields.FieldType)
        + "。",
        "请求中的“max”不正确：不能小于 1。",
        "请求中的“colour”不正确：没有这一项。",
    }


def test_a_word_that_nobody_told_is_named() -> None:
    told = tell(Invalid("bad_request", field="q", fault="moonstruck"))
    assert told.what == "请求中的“q”不正确：内容不正确（moonstruck）。"
