"""Columns of the list of a kind: which there are, and what a record has in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from records.errors import Invalid
from records.identity import FolderCode, Login, Token, UnitCode
from records.lists.facts import is_listed
from records.lists.order import sorted_columns
from records.lists.statistics import STATE
from records.revision import FieldValue
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from records.times.office_time import OFFICE_ZONE
from services.finding.listing import Listed
from services.finding.record_titles import HIDDEN
from services.people.caller import Caller

CHANGED = "changed"
"""最后更新: a column of every list besides the fields of its kind."""

_MANY_COLUMNS = 5
"""From here on 最后更新 would leave the others no room on an office screen."""

_POINTERS = frozenset({FieldType.RECORD, FieldType.RECORDS})
"""Types whose values are no words: they stand in a list only where the kind wants it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list."""

    name: str
    label: str
    type: str
    sortable: bool


def columns_of(kind: Kind, chosen: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of a kind's list: those chosen, in their order; else those it declares.

    Raises Invalid (``unknown_column``).
    """
    offered = offered_columns(kind)
    unknown = [name for name in chosen if name not in offered]
    if unknown:
        raise Invalid("unknown_column", given=unknown[0], allowed=tuple(offered), field="columns")
    return tuple(offered[name] for name in dict.fromkeys(chosen or _declared(kind)))


def offered_columns(kind: Kind) -> dict[str, Column]:
    """All columns that can be chosen, by name: those declared come first.

    What is personal stands in none (records.lists.facts.is_listed).
    """
    sortable = sorted_columns(kind)
    every = {CHANGED: Column(CHANGED, "最后更新", FieldType.INSTANT, sortable=True)}
    if kind.has_flow:
        every[STATE] = Column(STATE, "状态", "state", sortable=False)
    for name, field in kind.fields.items():
        if is_listed(field):
            every[name] = Column(name, field.label, field.type, name in sortable)
    declared = _declared(kind)
    more = [name for name in every if name not in declared and not points(kind, name)]
    return {name: every[name] for name in (*declared, *more)}


def points(kind: Kind, name: str) -> bool:
    """Whether the field of that name names other records."""
    return name in kind.fields and kind.fields[name].type in _POINTERS


def _declared(kind: Kind) -> tuple[str, ...]:
    """Those that it names, else its title; with a flow 状态; where there is room 最后更新."""
    named = kind.list.columns or (kind.meaning.title,)
    fields = tuple(name for name in named if is_listed(kind.fields[name]))
    state = (STATE,) if kind.has_flow else ()
    return (*fields, *state, *((CHANGED,) if len(fields) < _MANY_COLUMNS else ()))


def value_of(column: Column, listed: Listed) -> FieldValue:
    """The value of a record in a column, as it is stored; of 状态 its label."""
    kind, revision = listed.kind, listed.revision
    if column.name == STATE:
        state = kind.state(revision.state)
        return state.label if state else ""
    if column.name == CHANGED:
        return revision.event.at.isoformat(timespec="seconds")
    return revision.fields.get(column.name)


def pointed_at(columns: Iterable[Column], listed: Iterable[Listed]) -> list[str]:
    """The records that these rows name in columns of records."""
    pointers = [column for column in columns if column.type in _POINTERS]
    values = (value_of(column, row) for row in listed for column in pointers)
    return [each for value in values for each in _entries(value)]


def _entries(value: FieldValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def shown(value: FieldValue, column: Column, caller: Caller, titles: Mapping[str, str]) -> str:
    """A value in words: 是 and 否, names of units and of people, `titles` of records."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.type in _POINTERS:
        return "、".join(titles.get(each, HIDDEN) for each in _entries(value))
    if isinstance(value, tuple):
        return "、".join(_named(each, column, caller) for each in value)
    return _named(str(value), column, caller)


def folder_path(code: str, caller: Caller) -> str:
    """A folder of a library with those above it; empty where the caller may not see it."""
    return caller.organisation.library.path(FolderCode(code), caller.reader.folders)


def _named(value: str, column: Column, caller: Caller) -> str:
    if column.type in (FieldType.UNIT, FieldType.UNITS):
        return caller.organisation.unit_name(UnitCode(value))
    if column.type == FieldType.FOLDER:
        return folder_path(value, caller)
    if column.type == FieldType.AUDIENCE:
        return caller.organisation.describe(Token(value))
    if column.type == FieldType.PEOPLE:
        return caller.organisation.name_of(Login(value))
    if column.type == FieldType.INSTANT:
        return f"{datetime.fromisoformat(value).astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
    return value
