"""What hits are counted and narrowed by, in words (SS-04).

Every count is what a search would find with that value added to the others of its facet: without
the facet's own condition, under all others, and of what the reader may read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from records.errors import Invalid
from records.identity import KindName, RecordId
from records.lists.search_facts import (
    ARCHIVED,
    ATTACHED,
    ISSUER,
    MONTH,
    STATE,
    URGENCY,
    issued_by,
    issuing_unit,
)
from records.people.organisation import Organisation
from records.queries.query import Fact
from records.queries.search import Facet, Narrowing
from records.rights.access import Level
from records.schema.kind import Kinds
from services.finding.list_filters import facts_asked, units_asked
from services.people.caller import Caller
from services.searching.hit_finder import FoundHits
from services.searching.search_page import AT_ONCE, Asked, By, FacetValue
from services.searching.unit_counts import unit_values
from services.searching.unit_names import units_meant

_COLUMNS = {by: Facet(by.value) for by in AT_ONCE}
_FACTS = {
    By.STATE: STATE,
    By.ISSUER: ISSUER,
    By.URGENCY: URGENCY,
    By.ATTACHED: ATTACHED,
    By.ARCHIVED: ARCHIVED,
    By.MONTH: MONTH,
}
_IN_ORDER = frozenset({By.YEAR, By.LEVEL})
"""Facets whose values have an order of their own: newest year, highest level first."""

_NEVER: tuple[Fact, ...] = ("never=true",)
"""What no record says of itself."""

Facets = Mapping[By, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an index is asked to count."""

    facets: tuple[Facet, ...]
    facts: tuple[str, ...]


def plain_narrowing(asked: Asked) -> Narrowing:
    """Those conditions besides the words that are the same whoever asks, and whenever."""
    return Narrowing(
        kinds=tuple(KindName(kind) for kind in asked.kinds),
        years=asked.years,
        file_types=asked.file_types,
        first=asked.first,
        last=asked.last,
    )


def counted(wanted: Iterable[By]) -> Counted:
    """Facets as the index has them."""
    wanted = tuple(dict.fromkeys(wanted))
    return Counted(
        tuple(_COLUMNS[by] for by in wanted if by in _COLUMNS),
        tuple(_FACTS[by] for by in wanted if by in _FACTS),
    )


class FacetWords:
    """Turns conditions in words into those of an index, and its counts into words."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds

    def narrowing(
        self, caller: Caller, asked: Asked, *, withheld: frozenset[RecordId]
    ) -> Narrowing:
        """The conditions besides the words. Raises Invalid (``unknown_level``)."""
        return replace(
            plain_narrowing(asked),
            units=units_meant(asked.units, caller.organisation),
            levels=tuple(Level.of(level) for level in asked.levels),
            facts=(
                *(group for group in self._groups(caller.organisation, asked) if group),
                *self._of_fields(caller, asked),
            ),
            withheld=withheld,
        )

    def of(self, caller: Caller, answer: FoundHits, wanted: Iterable[By]) -> Facets:
        """The counts of an answer in words."""
        return {by: tuple(self._values(caller.organisation, answer, by)) for by in wanted}

    def _groups(self, organisation: Organisation, asked: Asked) -> Iterator[tuple[Fact, ...]]:
        yield tuple(fact for label in asked.states for fact in self._states(label))
        yield tuple(fact for name in asked.issuers for fact in _issued(organisation, name))
        yield tuple(f"{URGENCY}={each}" for each in asked.urgencies)
        yield tuple(f"{ATTACHED}={each}" for each in asked.attached)
        yield tuple(f"{ARCHIVED}={each}" for each in asked.archived)

    def _of_fields(self, caller: Caller, asked: Asked) -> tuple[tuple[Fact, ...], ...]:
        """Conditions of the fields of one kind; those that mean nothing are true of no record."""
        if not asked.fields:
            return ()
        kind = self._kinds.find(asked.kinds[0]) if len(asked.kinds) == 1 else None
        if kind is None:
            return (_NEVER,)
        try:
            units = units_asked(caller, asked.fields)
            begun = tuple(f"unit={each}" for each in units)
            return (*facts_asked(kind, asked.fields, caller), *((begun,) if begun else ()))
        except Invalid:
            return (_NEVER,)

    def _states(self, label: str) -> Iterator[str]:
        """States of all kinds that go by one name; one that none has is true of no record."""
        yield f"{STATE}={label}"
        for kind in self._kinds:
            for name, state in kind.states.items():
                if state.label == label:
                    yield from (f"{STATE}={kind.kind}/{each}" for each in (name, *state.was))

    def _values(
        self, organisation: Organisation, answer: FoundHits, by: By
    ) -> Iterable[FacetValue]:
        counts = answer.facets[_COLUMNS[by]] if by in _COLUMNS else answer.counts[_FACTS[by]]
        if by is By.UNIT:
            return unit_values(organisation, counts)
        if by in (By.STATE, By.ISSUER):
            counts = self._by_label(organisation, counts, by)
        elif by in _IN_ORDER:
            counts = tuple(sorted(counts, reverse=True))
        elif by is By.MONTH:
            counts = tuple(sorted(counts))
        return (FacetValue(_value(by, each), self._label(by, each), n) for each, n in counts)

    def _by_label(
        self, organisation: Organisation, counts: Iterable[tuple[str, int]], by: By
    ) -> tuple[tuple[str, int], ...]:
        """Values that go by one name counted as one; no record has two of them."""
        found = Counter[str]()
        for value, count in counts:
            label = self._state(value) if by is By.STATE else issuer_name(organisation, value)
            found[label] += count
        return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def _state(self, value: str) -> str:
        kind_name, _, name = value.partition("/")
        kind = self._kinds.find(kind_name)
        state = kind.state(name) if kind else None
        return state.label if state else name

    def _label(self, by: By, value: str) -> str:
        if by is By.KIND:
            known = self._kinds.find(value)
            return known.title if known else value
        if by is By.YEAR:
            return f"{value}年"
        return _value(by, value)


def issuer_name(organisation: Organisation, issuer: str) -> str:
    """发文机关 as it is called: of a unit the organ that it belongs to."""
    unit = issuing_unit(issuer)
    if unit is None:
        return issuer
    known = organisation.has_unit(unit)
    return organisation.organ_of(unit).name if known else organisation.unit_name(unit)


def _issued(organisation: Organisation, name: str) -> Iterator[str]:
    """Facts of what was issued under this name: written so, or by a unit of the organ."""
    yield f"{ISSUER}={name}"
    for unit in organisation.units:
        if issuer_name(organisation, issued_by(unit.code)) == name:
            yield f"{ISSUER}={issued_by(unit.code)}"


def _value(by: By, value: str) -> str:
    """The value to narrow by: levels go by their Chinese name, as everywhere outside."""
    return Level(int(value)).label if by is By.LEVEL else value
