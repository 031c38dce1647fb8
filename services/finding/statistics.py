"""Figures that a kind declares, counted behind the access of who asks (M16, DC-09, HY-07).

Nothing is counted that he may not read, and what has just been done counts at once, as in lists.
Every figure carries the filters of the list that shows the very records it counts.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from records.errors import NotFound
from records.lists.statistics import (
    Condition,
    Dimension,
    MeasureDeclaration,
    StatisticDeclaration,
    dimension_of,
)
from records.queries.query import And, Holds
from records.queries.search import ListOrder, Narrowing
from records.schema.kind import Kind, Kinds
from services.finding.list_filters import Filter, facts_asked
from services.finding.listing import Listing, RecordLister
from services.finding.record_titles import RecordTitles
from services.finding.statistic_filters import days_between, narrowed
from services.finding.statistic_rows import Keys, RowMaker
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

TOTAL = "合计"
Filters = tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, or of `whole` records the `part` for which a rate's condition holds.

    Of a sum `part` counts the records, and `amount` is what their numbers add up to.
    `filters` are those of the list that shows the counted ones; None where there can be none.
    """

    part: int
    whole: int | None
    filters: Filters | None
    amount: Decimal | None = None

    @property
    def counts(self) -> bool:
        """Whether it is a count, neither a rate nor a sum."""
        return self.whole is None and self.amount is None

    @property
    def value(self) -> int | float | None:
        """The count, the sum; of a rate the share, from 0 to 1, or None of no records."""
        if self.amount is not None:
            whole = int(self.amount)  # exact however large, where a float is not
            return whole if whole == self.amount else float(self.amount)
        if self.whole is None:
            return self.part
        return round(self.part / self.whole, 4) if self.whole else None

    @property
    def words(self) -> str:
        """As it is written: ``12``, ``1250.50``, ``85.7%``, or a dash for a share of nothing."""
        if self.whole is None:
            return str(self.part) if self.amount is None else f"{self.amount:f}"
        return f"{100 * self.part / self.whole:.1f}%" if self.whole else "—"


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """A row: its value of each dimension, in words, and its figures by measure."""

    key: str
    label: str
    figures: Mapping[str, Figure]
    filters: Filters


@dataclass(frozen=True, slots=True)
class StatisticTable:
    """A statistic as it stands now; the total counts every record once."""

    kind: Kind
    name: str
    declared: StatisticDeclaration
    head: str
    """What rows are made of, as 主办单位."""
    rows: tuple[StatisticRow, ...]
    total: StatisticRow

    @property
    def header(self) -> list[str]:
        """Heads of all columns."""
        return [self.head, *(measure.label for measure in self.declared.measures.values())]

    def words(self) -> Iterator[tuple[str, ...]]:
        """All rows in words, the total last."""
        for row in (*self.rows, self.total):
            yield (row.label, *(figure.words for figure in row.figures.values()))


class Statistics:
    """Counts statistics of kinds."""

    def __init__(self, lister: RecordLister, kinds: Kinds, titles: RecordTitles) -> None:
        self._lister = lister
        self._kinds = kinds
        self._titles = titles

    def offered(self, caller: Caller, kind: Kind) -> dict[str, StatisticDeclaration]:
        """Statistics of the kind that are for the caller, in the order of its file."""
        posts = {f"post:{post}" for post in caller.person.posts}
        names: set[str] = {*caller.reader.tokens, *posts}
        return {
            name: statistic
            for name, statistic in kind.statistics.items()
            if not statistic.for_ or names & set(statistic.for_)
        }

    def table(
        self,
        caller: Caller,
        kind_name: str,
        name: str,
        *,
        first: date | None = None,
        last: date | None = None,
    ) -> StatisticTable:
        """The statistic over the days from `first` to `last`, both included, None for open ends.

        An empty name is the first that is for the caller. Raises NotFound (``no_such_statistic``)
        for one that is not there and for one that is not for him alike.
        """
        kind = self._kinds.find(kind_name)
        offered = self.offered(caller, kind) if kind else {}
        chosen = name or next(iter(offered), "")
        if kind is None or chosen not in offered:
            raise NotFound("no_such_statistic", kind=kind_name, name=name)
        rows = RowMaker(kind, caller, self._titles)
        days = days_between(kind, first, last)
        counting = _Counting(self._lister, caller, kind, days, rows)
        return _counted(counting, chosen, offered[chosen])

    def exported(
        self, caller: Caller, kind: str, name: str, *, first: date | None, last: date | None
    ) -> StatisticTable:
        """The same for a file; each export is logged. Raises NotFound as `table` does."""
        table = self.table(caller, kind, name, first=first, last=last)
        _LOG.info(
            "%s exports the statistic %s of %s, %s to %s",
            caller.person.login, table.name, kind, first, last,
        )  # fmt: skip
        return table


@dataclass(frozen=True, slots=True)
class _Counting:
    lister: RecordLister
    caller: Caller
    kind: Kind
    days: Filters
    rows: RowMaker

    def tallied(
        self, heads: Sequence[Keys], dimensions: Sequence[Dimension], asked: Sequence[Filters]
    ) -> tuple[dict[Filters, Counter[Keys]], dict[Filters, int]]:
        """Of each filter the records by their keys, and how many there are in all.

        `heads` are keys of all dimensions but the last, whose values are counted.
        """
        counted = self.rows.fact_name(dimensions[-1])
        listings = {
            (head, filters): self._listing(
                filters, tuple(map(self.rows.holds, dimensions, head)), counted
            )
            for head in heads
            for filters in asked
        }
        counts: dict[Filters, Counter[Keys]] = {filters: Counter() for filters in asked}
        totals: Counter[Filters] = Counter()
        found = self.lister.tallies(self.caller, listings)
        for (head, filters), (total, values) in found.items():
            totals[filters] += total
            for key, count in self.rows.sums(dimensions[-1], values.get(counted, ())).items():
                counts[filters][(*head, key)] = count
        return counts, totals

    def added(
        self,
        heads: Sequence[Keys],
        dimensions: Sequence[Dimension],
        asked: Collection[tuple[Filters, str]],
    ) -> dict[tuple[Keys, Filters, str], Decimal]:
        """What the numbers of a field add up to, of each filter and of each row by its keys."""
        listings = {
            (head, filters, name): self._listing(
                filters, tuple(map(self.rows.holds, dimensions, head)), f"field.{name}"
            )
            for head in heads
            for filters, name in asked
        }
        found = self.lister.tallies(self.caller, listings)
        return {
            key: sum(
                (Decimal(value) * n for value, n in values.get(f"field.{key[2]}", ())), Decimal()
            )
            for key, (_, values) in found.items()
        }

    def _listing(self, filters: Filters, within: tuple[Holds, ...], counted: str) -> Listing:
        """Records of these conditions, with the values of one name of facts counted.

        Conditions stand in the tree, for a narrowing by what is counted would not count itself.
        """
        groups = [
            *facts_asked(self.kind, self.days, self.caller),
            *facts_asked(self.kind, filters, self.caller),
        ]
        tree = And((*(Holds(group) for group in groups), *within))
        narrowing = Narrowing(kinds=(self.kind.kind,))
        return Listing(tree, ListOrder.LIST, narrowing=narrowing, counted=(counted,))


def _counted(counting: _Counting, name: str, declared: StatisticDeclaration) -> StatisticTable:
    rows, days, measures = counting.rows, counting.days, declared.measures
    dimensions = [dimension_of(each) for each in declared.by]
    asked = _conditions(measures.values())
    counts, totals = counting.tallied([()], dimensions[:1], asked)
    if len(dimensions) > 1:
        counts, _ = counting.tallied(list(counts[()]), dimensions, asked)
    summed = {(_filters(each), each.sum) for each in measures.values() if each.sum is not None}
    amounts = counting.added([(), *counts[()]], dimensions, summed)
    made = []
    first, ranked = next(iter(measures.values())), counts[()]
    if first.sum is not None:
        ranked = Counter({k: int(amounts[k, _filters(first), first.sum]) for k in counts[()]})
    for keys, label in rows.labelled(dimensions, ranked):
        own = map(rows.filter, dimensions, keys)
        here = narrowed(days, *((each,) for each in own)) or ()
        figures = {
            measure: _figure(
                each,
                here,
                {filters: counts[filters][keys] for filters in asked},
                amounts.get((keys, _filters(each), each.sum or "")),
            )
            for measure, each in measures.items()
        }
        made.append(StatisticRow("/".join(keys), label, figures, here))
    sums = {
        measure: _figure(each, days, totals, amounts.get(((), _filters(each), each.sum or "")))
        for measure, each in measures.items()
    }
    return StatisticTable(
        kind=counting.kind,
        name=name,
        declared=declared,
        head=" / ".join(map(rows.head, dimensions)),
        rows=tuple(made),
        total=StatisticRow("", TOTAL, sums, days),
    )


def _conditions(measures: Iterable[MeasureDeclaration]) -> list[Filters]:
    """What must be counted: everything, and what each measure asks for; each once."""
    asked: dict[Filters, None] = {(): None}
    for measure in measures:
        asked[_filters(measure)] = None
        asked[_filters(measure, part=True)] = None
    return list(asked)


def _filters(measure: MeasureDeclaration, *, part: bool = False) -> Filters:
    """What a measure counts: its records, or the `part` of them that its share is of.

    A share lies within what its measure is of (records.lists.statistics_check).
    """
    conditions = (measure.where, measure.share or {}) if part else (measure.where,)
    return narrowed(*map(_pairs, conditions)) or ()


def _pairs(condition: Condition) -> Filters:
    return tuple((name, value) for name, values in condition.items() for value in values)


def _figure(
    measure: MeasureDeclaration,
    here: Filters,
    counts: Mapping[Filters, int],
    amount: Decimal | None,
) -> Figure:
    part = _filters(measure, part=True)
    whole = None if measure.share is None else counts[_filters(measure)]
    return Figure(counts[part], whole, narrowed(here, part), amount)
