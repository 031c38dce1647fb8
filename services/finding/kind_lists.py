"""The list of a kind as it declares it: columns, filters, orders, counts (M16, CX-06)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from records.errors import Invalid, NotFound
from records.facts import is_listed
from records.identity import Login, Token, UnitCode
from records.kind import Kind, Kinds
from records.kind_fields import FieldType
from records.list_order import sorted_columns
from records.office_time import OFFICE_ZONE
from records.query import Everything
from records.query_language import read_query
from records.revision import FieldValue
from records.search import Narrowing, Slot
from records.statistics import STATE
from services.finding.list_filters import Filter, counted_names, facts_asked, units_asked
from services.finding.listing import Listed, Listing, ListPage, RecordLister
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

CHANGED = "changed"
"""最后更新: a column of every list besides the fields of its kind."""

EXPORTED = 100_000
"""Rows of one export at most; what lies beyond is left out and said so."""

_AT_ONCE = 500
_MANY_COLUMNS = 5
"""From here on 最后更新 would leave the others no room on an office screen."""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What a person asks of a list. Values of one field are alternatives, fields add up.

    `sort` is a column, with ``-`` before it for falling order; empty for that of the kind.
    """

    filters: tuple[Filter, ...] = ()
    sort: str = ""
    words: str = ""
    size: int = 20
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list."""

    name: str
    label: str
    type: str
    sortable: bool


@dataclass(frozen=True, slots=True)
class KindList:
    """One page of the list of a kind."""

    kind: Kind
    columns: tuple[Column, ...]
    page: ListPage


@dataclass(frozen=True, slots=True)
class Export:
    """All rows of a list, at most `EXPORTED` of the `total`.

    They are read as they are asked for, once.
    """

    kind: Kind
    columns: tuple[Column, ...]
    total: int
    rows: Iterator[Listed]


class KindLists:
    """Answers lists of kinds."""

    def __init__(self, lister: RecordLister, kinds: Kinds) -> None:
        self._lister = lister
        self._kinds = kinds

    def kind(self, name: str) -> Kind:
        """The kind of that name. Raises NotFound (``no_such_list``)."""
        kind = self._kinds.find(name)
        if kind is None:
            raise NotFound("no_such_list", kind=name)
        return kind

    def page(self, caller: Caller, name: str, asked: ListAsked, *, counted: bool) -> KindList:
        """A page; with `counted` the values of its filters are counted too.

        Raises NotFound (``no_such_list``), Invalid (``unknown_filter``, ``unknown_sort``, and as
        RecordLister.page).
        """
        kind = self.kind(name)
        listing = _listing(kind, caller, asked, counted=counted)
        page = self._lister.page(
            caller, listing, size=asked.size, after=asked.after, before=asked.before
        )
        return KindList(kind, columns_of(kind), page)

    def exported(self, caller: Caller, name: str, asked: ListAsked) -> Export:
        """All rows that the caller may read, in order, at most `EXPORTED`; each export is logged.

        Raises as `page` does.
        """
        kind = self.kind(name)
        listing = _listing(kind, caller, asked, counted=False)
        first = self._lister.page(caller, listing, size=_AT_ONCE)
        _LOG.info(
            "%s exports %d rows of %s, filters %s, words %r",
            caller.person.login, first.total, kind.kind, asked.filters, asked.words,
        )  # fmt: skip
        return Export(kind, columns_of(kind), first.total, self._walked(caller, listing, first))

    def _walked(self, caller: Caller, listing: Listing, page: ListPage) -> Iterator[Listed]:
        given = 0
        while True:
            rows = page.rows[: EXPORTED - given]
            yield from rows
            given += len(rows)
            if page.following is None or given >= EXPORTED:
                return
            page = self._lister.page(caller, listing, size=_AT_ONCE, after=page.following)


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind's list: those it declares, else its title; 状态 where it has a flow.

    What is personal stands in none (records.facts.is_listed).
    """
    declared = kind.list.columns or (kind.meaning.title,)
    names = [name for name in declared if is_listed(kind.fields[name])]
    sortable = sorted_columns(kind)
    fields = tuple(
        Column(name, kind.fields[name].label, kind.fields[name].type, name in sortable)
        for name in names
    )
    state = (Column(STATE, "状态", "state", sortable=False),) if kind.has_flow else ()
    changed = (Column(CHANGED, "最后更新", FieldType.INSTANT, sortable=True),)
    return (*fields, *state, *(changed if len(fields) < _MANY_COLUMNS else ()))


def value_of(column: Column, listed: Listed) -> FieldValue:
    """The value of a record in a column, as it is stored; of 状态 its label."""
    kind, revision = listed.kind, listed.revision
    if column.name == STATE:
        state = kind.state(revision.state)
        return state.label if state else ""
    if column.name == CHANGED:
        return revision.event.at.isoformat(timespec="seconds")
    return revision.fields.get(column.name)


def words_of(export: Export, caller: Caller) -> Iterator[tuple[str, ...]]:
    """The rows of an export in words; where it was cut, the last one says so."""
    for row in export.rows:
        yield tuple(shown(value_of(column, row), column, caller) for column in export.columns)
    if export.total > EXPORTED:
        yield (f"只导出了前 {EXPORTED} 行，共 {export.total} 行。请缩小筛选范围后再导出其余部分。",)


def _listing(kind: Kind, caller: Caller, asked: ListAsked, *, counted: bool) -> Listing:
    slot, descending = _order(kind, asked.sort)
    narrowing = Narrowing(kinds=(kind.kind,), facts=facts_asked(kind, asked.filters, caller.today))
    return Listing(
        Everything(),
        slot,
        descending=descending,
        narrowing=replace(narrowing, units=units_asked(caller, asked.filters)),
        counted=tuple(counted_names(kind).values()) if counted else (),
        words=read_query(asked.words).tree,
    )


def _order(kind: Kind, sort: str) -> tuple[Slot, bool]:
    if not sort:
        return Slot.LIST, False
    descending, name = sort.startswith("-"), sort.removeprefix("-")
    slots = {**sorted_columns(kind), CHANGED: Slot.CHANGED}
    if name not in slots:
        raise Invalid("unknown_sort", given=sort, allowed=tuple(slots), field="sort")
    return slots[name], descending


def shown(value: FieldValue, column: Column, caller: Caller) -> str:
    """A value in words: 是 and 否, names of units and of people."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(_named(each, column, caller) for each in value)
    return _named(str(value), column, caller)


def _named(value: str, column: Column, caller: Caller) -> str:
    if column.type in (FieldType.UNIT, FieldType.UNITS):
        return caller.organisation.unit_name(UnitCode(value))
    if column.type == FieldType.AUDIENCE:
        return caller.organisation.describe(Token(value))
    if column.type == FieldType.PEOPLE:
        return caller.organisation.name_of(Login(value))
    if column.type == FieldType.INSTANT:
        return f"{datetime.fromisoformat(value).astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
    return value
