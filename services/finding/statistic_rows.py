"""What the rows of a statistic are: facts of an index as keys, and keys as words and filters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from records.identity import UnitCode
from records.lists.facts import field_fact, month_fact
from records.lists.statistics import STATE, UNIT, Dimension
from records.queries.query import Fact, FactRange, Holds
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from services.finding.list_filters import Filter, state_of
from services.finding.record_titles import RecordTitles
from services.finding.statistic_filters import days_of
from services.people.caller import Caller

Keys = tuple[str, ...]
"""A value of each dimension."""

_UNITS = frozenset({FieldType.UNIT, FieldType.UNITS})


class RowMaker:
    """Makes rows of one kind for one caller.

    Rows of `unit` are those of the tree: a unit counts what is of all below it.
    """

    def __init__(self, kind: Kind, caller: Caller, titles: RecordTitles) -> None:
        self._kind = kind
        self._caller = caller
        self._titles = titles

    def head(self, dimension: Dimension) -> str:
        """What the values are of, in words."""
        if dimension.name in (STATE, UNIT):
            return "状态" if dimension.name == STATE else "单位"
        label = self._kind.fields[dimension.name].label
        periods = {"month": "（按月）", "year": "（按年）"}
        return label + periods.get(dimension.each, "")

    def fact_name(self, dimension: Dimension) -> str:
        """The name of the facts that are counted."""
        if dimension.each:
            return f"month.{dimension.name}"
        special = dimension.name in (STATE, UNIT)
        return dimension.name if special else f"field.{dimension.name}"

    def sums(self, dimension: Dimension, counts: Iterable[tuple[str, int]]) -> Counter[str]:
        """Counts of facts as counts of keys."""
        sums: Counter[str] = Counter()
        for value, count in counts:
            for key in self._keys(dimension, value):
                sums[key] += count
        return sums

    def holds(self, dimension: Dimension, key: str) -> Holds:
        """The condition of being in the row of that key."""
        return Holds(tuple(self._facts(dimension, key)))

    def filter(self, dimension: Dimension, key: str) -> Filter:
        """The same as a filter of the list of the kind."""
        return (dimension.name, days_of(key) if dimension.each else key)

    def labelled(
        self, dimensions: Sequence[Dimension], counts: Mapping[Keys, int]
    ) -> Iterator[tuple[Keys, str]]:
        """Keys in the order of their rows, each in words; `counts` may be sums."""
        ranks, labels = [], []
        for place, dimension in enumerate(dimensions):
            sums: Counter[str] = Counter()
            for keys, count in counts.items():
                sums[keys[place]] += count
            ordered = self._ordered(dimension, sums)
            ranks.append({key: rank for rank, key in enumerate(ordered)})
            labels.append(self._labels(dimension, ordered))
        ordered_keys = sorted(
            counts, key=lambda keys: [rank[key] for rank, key in zip(ranks, keys, strict=True)]
        )
        for keys in ordered_keys:
            named = (label[key] for label, key in zip(labels, keys, strict=True))
            yield keys, " / ".join(named)

    def _keys(self, dimension: Dimension, value: str) -> list[str]:
        if dimension.each == "year":
            return [value[:4]]
        if dimension.name == STATE:
            return [state_of(value)]
        if dimension.name == UNIT:
            upward = self._caller.organisation.upward(UnitCode(value))
            return [unit.code for unit in upward] or [value]
        return [value]

    def _facts(self, dimension: Dimension, key: str) -> Iterator[Fact]:
        if dimension.each == "month":
            yield month_fact(dimension.name, key)
        elif dimension.each:
            first, end = (month_fact(dimension.name, f"{key}{sign}") for sign in "-.")
            yield FactRange(first, end)
        elif dimension.name == STATE:
            yield f"state={self._kind.kind}/{key}"
        elif dimension.name == UNIT:
            unit = UnitCode(key)
            for below in sorted(self._caller.organisation.subtree(unit) or {unit}):
                yield f"unit={below}"
        else:
            yield field_fact(dimension.name, key)

    def _ordered(self, dimension: Dimension, sums: Mapping[str, int]) -> list[str]:
        """Days as they follow, what is declared as declared, all else by falling count or sum."""
        if dimension.each:
            return sorted(sums)
        declared = {key: place for place, key in enumerate(self._declared(dimension))}
        last = len(declared)
        return sorted(sums, key=lambda key: (declared.get(key, last), -sums[key], key))

    def _declared(self, dimension: Dimension) -> Iterable[str]:
        if dimension.name == STATE:
            return self._kind.states
        if dimension.name == UNIT:
            return self._tree()
        return self._kind.fields[dimension.name].options

    def _tree(self) -> Iterator[str]:
        """All units, each before those below it."""
        ahead = list(reversed(self._caller.organisation.sections(None)))
        while ahead:
            unit = ahead.pop()
            yield unit.code
            ahead.extend(reversed(self._caller.organisation.sections(unit.code)))

    def _labels(self, dimension: Dimension, keys: list[str]) -> dict[str, str]:
        field = self._kind.fields.get(dimension.name)
        if field is not None and field.type is FieldType.RECORD:
            return self._titles.of(self._caller, keys)
        return {key: self._label(dimension, key) for key in keys}

    def _label(self, dimension: Dimension, key: str) -> str:
        if dimension.each:
            year, _, month = key.partition("-")
            return f"{year}年{int(month)}月" if month else f"{year}年"
        if dimension.name == STATE:
            state = self._kind.state(key)
            return state.label if state else key
        if dimension.name == UNIT or self._kind.fields[dimension.name].type in _UNITS:
            return self._caller.organisation.full_name(UnitCode(key))
        if self._kind.fields[dimension.name].type is FieldType.FLAG:
            return "是" if key == "true" else "否"
        return key
