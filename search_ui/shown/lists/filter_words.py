"""Conditions of a list in words: what they are called, and what their values are."""

from records.identity import UnitCode
from records.lists.facts import counted_fields
from records.lists.menu import MINE
from records.lists.statistics import BEEN, STATE, TIMELY, UNIT
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from search_ui.texts import Texts
from services.finding.list_columns import folder_path
from services.people.caller import Caller

_NO_FIELDS = (STATE, UNIT, BEEN, TIMELY, MINE)


def condition_label(kind: Kind, name: str, t: Texts) -> str:
    """What the list of a kind is narrowed by; the name itself of a field that is gone."""
    if name in _NO_FIELDS:
        return t(f"facet.{name}")
    return kind.fields[name].label if name in kind.fields else name


def condition_value(kind: Kind, name: str, value: str, caller: Caller, t: Texts) -> str:
    """A value of it in words."""
    if name in (STATE, BEEN):
        state = kind.state(value)
        return state.label if state else value
    if name in (TIMELY, MINE):
        told = f"mine.{value}" if name == MINE else f"timely.{value}"
        return t(told) if told in t else value
    if name == UNIT:
        return caller.organisation.full_name(UnitCode(value))
    if name in counted_fields(kind):
        return _of_field(kind.fields[name].type, value, caller, t)
    return value.replace("..", " – ")


def _of_field(type_: FieldType, value: str, caller: Caller, t: Texts) -> str:
    match type_:
        case FieldType.FLAG:
            return t("list.is_true" if value == "true" else "list.is_false")
        case FieldType.FOLDER:
            return folder_path(value, caller) or t("list.folder_hidden")
        case FieldType.UNIT | FieldType.UNITS:
            return caller.organisation.unit_name(UnitCode(value))
        case _:
            return value
