"""The list of a kind as it declares it: columns, filters, orders, counts (M16, CX-06)."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from records.errors import Invalid, NotFound
from records.lists.order import sorted_columns
from records.lists.statistics import UNIT
from records.parameters.catalogue import EXPORT_ROWS
from records.queries.language import read_query
from records.queries.query import Everything
from records.queries.search import ListOrder, Narrowing
from records.schema.kind import Kind, Kinds
from services.finding.list_columns import (
    CHANGED,
    Column,
    columns_of,
    pointed_at,
    points,
    shown,
    value_of,
)
from services.finding.list_filters import Filter, counted_names, facts_asked, units_asked
from services.finding.listing import Listed, Listing, ListPage, RecordLister
from services.finding.record_titles import RecordTitles
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What a person asks of a list. Values of one field are alternatives, fields add up.

    `sort` is a column, with ``-`` before it for falling order; empty for that of the kind. No
    `columns` are those that the kind declares.
    """

    filters: tuple[Filter, ...] = ()
    sort: str = ""
    words: str = ""
    size: int = 20
    after: str | None = None
    before: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindList:
    """One page of the list of a kind."""

    kind: Kind
    columns: tuple[Column, ...]
    page: ListPage
    titles: Mapping[str, str]
    """Of the records that its rows and filters name."""


@dataclass(frozen=True, slots=True)
class Export:
    """All rows of a list, at most `EXPORT_ROWS` (parameter) of the `total`.

    They are read as they are asked for, once; `titles` are those of records that the rows read so
    far name.
    """

    kind: Kind
    columns: tuple[Column, ...]
    total: int
    rows: Iterator[Listed]
    titles: Mapping[str, str]


class KindLists:
    """Answers lists of kinds."""

    def __init__(self, lister: RecordLister, kinds: Kinds, titles: RecordTitles) -> None:
        self._lister = lister
        self._kinds = kinds
        self._titles = titles

    def kind(self, name: str) -> Kind:
        """The kind of that name. Raises NotFound (``no_such_list``)."""
        kind = self._kinds.find(name)
        if kind is None:
            raise NotFound("no_such_list", kind=name)
        return kind

    def page(self, caller: Caller, name: str, asked: ListAsked, *, counted: bool) -> KindList:
        """A page; with `counted` the values of its filters are counted too.

        Raises NotFound (``no_such_list``), Invalid (``unknown_filter``, ``unknown_sort``,
        ``unknown_column``, and as RecordLister.page).
        """
        kind = self.kind(name)
        listing = _listing(kind, caller, asked, counted=counted)
        page = self._lister.page(
            caller, listing, size=asked.size, after=asked.after, before=asked.before
        )
        columns = columns_of(kind, asked.columns)
        filtered = [value for name, value in asked.filters if points(kind, name)]
        named = (*pointed_at(columns, page.rows), *filtered)
        return KindList(kind, columns, page, self._titles.of(caller, named))

    def exported(self, caller: Caller, name: str, asked: ListAsked) -> Export:
        """All rows that the caller may read, in order, at most `EXPORT_ROWS`; each is logged.

        Raises as `page` does.
        """
        kind = self.kind(name)
        listing = _listing(kind, caller, asked, counted=False)
        first = self._lister.page(caller, listing, size=_AT_ONCE)
        _LOG.info(
            "%s exports %d rows of %s, filters %s, words %r",
            caller.person.login, first.total, kind.kind, asked.filters, asked.words,
        )  # fmt: skip
        columns = columns_of(kind, asked.columns)
        titles: dict[str, str] = {}
        rows = self._walked(caller, listing, first, columns, titles)
        return Export(kind, columns, first.total, rows, titles)

    def _walked(
        self,
        caller: Caller,
        listing: Listing,
        page: ListPage,
        columns: tuple[Column, ...],
        titles: dict[str, str],
    ) -> Iterator[Listed]:
        given, most = 0, caller.parameters[EXPORT_ROWS]
        while True:
            rows = page.rows[: most - given]
            named = [each for each in pointed_at(columns, rows) if each not in titles]
            titles |= self._titles.of(caller, named)
            yield from rows
            given += len(rows)
            if page.following is None or given >= most:
                return
            page = self._lister.page(caller, listing, size=_AT_ONCE, after=page.following)


def words_of(export: Export, caller: Caller) -> Iterator[tuple[str, ...]]:
    """The rows of an export in words; where it was cut, the last one says so."""
    for row in export.rows:
        yield tuple(
            shown(value_of(column, row), column, caller, export.titles) for column in export.columns
        )
    most = caller.parameters[EXPORT_ROWS]
    if export.total > most:
        yield (cut_told(export.total, most),)


def cut_told(total: int, most: int) -> str:
    """What the last row of an export says that was cut."""
    return f"只导出了前 {most} 行，共 {total} 行。请缩小筛选范围后再导出其余部分。"


def _listing(kind: Kind, caller: Caller, asked: ListAsked, *, counted: bool) -> Listing:
    by, descending = _order(kind, asked.sort)
    narrowing = Narrowing(kinds=(kind.kind,), facts=facts_asked(kind, asked.filters, caller))
    return Listing(
        Everything(),
        by,
        descending=descending,
        narrowing=replace(narrowing, units=units_asked(caller, asked.filters)),
        counted=(*counted_names(kind).values(), UNIT) if counted else (),
        words=read_query(asked.words, today=caller.today).tree,
    )


def _order(kind: Kind, sort: str) -> tuple[ListOrder, bool]:
    if not sort:
        return ListOrder.LIST, False
    descending, name = sort.startswith("-"), sort.removeprefix("-")
    orders = {**sorted_columns(kind), CHANGED: ListOrder.CHANGED}
    if name not in orders:
        raise Invalid("unknown_sort", given=sort, allowed=tuple(orders), field="sort")
    return orders[name], descending
