"""Hits counted by units as a tree: each unit with all below it, as a search narrows by it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from records.identity import UnitCode
from records.people.organisation import Organisation
from services.searching.search_page import FacetValue


def unit_values(
    organisation: Organisation, counts: Iterable[tuple[str, int]]
) -> Iterator[FacetValue]:
    """Units that have hits, each before those below it, among sisters the largest first.

    A unit that was merged counts as what took its place, one that nobody knows by its code.
    """
    found, above = Counter[UnitCode](), dict[UnitCode, UnitCode | None]()
    for value, count in counts:
        chain = [unit.code for unit in organisation.upward(UnitCode(value))] or [UnitCode(value)]
        for unit, parent in zip(chain, [*chain[1:], None], strict=True):
            found[unit] += count
            above[unit] = parent
    below: dict[UnitCode | None, list[UnitCode]] = {}
    for unit in sorted(above, key=lambda each: (-found[each], each)):
        below.setdefault(above[unit], []).append(unit)
    ahead = list(reversed(below.get(None, [])))
    while ahead:
        unit = ahead.pop()
        label = organisation.unit_name(unit) if above[unit] else organisation.full_name(unit)
        yield FacetValue(unit, label, found[unit], above=above[unit] or "")
        ahead += reversed(below.get(unit, []))
