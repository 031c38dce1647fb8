"""Conditions and facets of a record, as both indexes understand them."""

from collections.abc import Iterable, Mapping

from records.queries.query import Fact, FactRange
from records.queries.search import Facet, IndexDocument, Narrowing


def facet_values(document: IndexDocument, facet: Facet) -> frozenset[str]:
    """The values under which a record is counted; years and levels as decimal numbers."""
    match facet:
        case Facet.KIND:
            return frozenset({document.kind})
        case Facet.UNIT:
            return frozenset({document.unit})
        case Facet.YEAR:
            return frozenset({str(document.dated_on.year)})
        case Facet.LEVEL:
            return frozenset({str(int(document.rule.level))})
        case Facet.FILE_TYPE:
            return frozenset(document.file_types)
        case Facet.STATE:
            return frozenset({document.state})


def chosen_values(narrowing: Narrowing, facet: Facet) -> frozenset[str]:
    """The values of a facet that a search is narrowed to; none is no condition."""
    match facet:
        case Facet.KIND:
            return frozenset(narrowing.kinds)
        case Facet.UNIT:
            return frozenset(narrowing.units)
        case Facet.YEAR:
            return frozenset(map(str, narrowing.years))
        case Facet.LEVEL:
            return frozenset(str(int(level)) for level in narrowing.levels)
        case Facet.FILE_TYPE:
            return frozenset(narrowing.file_types)
        case Facet.STATE:
            return frozenset(narrowing.states)


def facts_but(narrowing: Narrowing, name: str | None) -> list[tuple[Fact, ...]]:
    """The groups of facts that hold, apart from those that are about the facts of one name."""
    return [group for group in narrowing.facts if name is None or not _is_about(name, group)]


def _is_about(name: str, group: tuple[Fact, ...]) -> bool:
    told = [fact.first if isinstance(fact, FactRange) else fact for fact in group]
    return bool(told) and all(fact.startswith(f"{name}=") for fact in told)


def values_of(name: str, counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Counts of facts of one name as counts of its values."""
    return largest_first({fact.removeprefix(f"{name}="): count for fact, count in counts})


def largest_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Facet values by falling count, then by value; values that count nothing are left out."""
    present = [(value, count) for value, count in counts.items() if count]
    return tuple(sorted(present, key=lambda entry: (-entry[1], entry[0])))
