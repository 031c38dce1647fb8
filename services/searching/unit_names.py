"""A unit is found by whatever it, or what it was merged with, was called (SY-01).

The index knows what a unit was called when a record was last indexed. What was asked of a unit by
name is therefore also asked by the codes of the units that bear or bore it.
"""

import unicodedata
from collections.abc import Iterable

from records.identity import UnitCode
from records.people.organisation import Organisation
from records.people.unit_tree import Unit
from records.queries.query import And, Holds, Not, Or, Prefix, Query, TextField, Words

SHORTEST = 2
"""Characters of a name that is looked up: one character would be part of most of them."""


def with_unit_names(tree: Query, organisation: Organisation) -> Query:
    """The query, with each name of a unit read as its codes as well."""
    match tree:
        case Words(text, TextField.UNIT) | Prefix(text, TextField.UNIT):
            codes = _called(text, organisation)
            return Or((tree, Holds(tuple(f"unit={code}" for code in codes)))) if codes else tree
        case And(children):
            return And(tuple(with_unit_names(each, organisation) for each in children))
        case Or(children):
            return Or(tuple(with_unit_names(each, organisation) for each in children))
        case Not(child):
            return Not(with_unit_names(child, organisation))
        case _:
            return tree


def units_meant(asked: Iterable[str], organisation: Organisation) -> tuple[UnitCode, ...]:
    """Units asked for by code, or by a name that they bear or bore, with all below each.

    A code or name that no unit has stays as it is, and means no record.
    """
    found: set[UnitCode] = set()
    for each in asked:
        code = UnitCode(each)
        codes = (code,) if organisation.has_unit(code) else units_called(each, organisation)
        for one in codes or (code,):
            found |= organisation.subtree(one) or {one}
    return tuple(sorted(found))


def units_called(name: str, organisation: Organisation) -> tuple[UnitCode, ...]:
    """The units that bear, or bore, exactly this name, as they stand now."""
    wanted = _plain(name)
    bearers = [each.code for each in organisation.units if wanted in map(_plain, _names(each))]
    return tuple(dict.fromkeys(map(organisation.successor, bearers)))


def _called(text: str, organisation: Organisation) -> tuple[str, ...]:
    """Codes of the units of which one name, now or before, holds the text."""
    wanted = _plain(text)
    if len(wanted) < SHORTEST:
        return ()
    bearers = {
        unit.code for unit in organisation.units if any(wanted in _plain(n) for n in _names(unit))
    }
    stood = {organisation.successor(code) for code in bearers}
    return tuple(
        unit.code
        for unit in organisation.units
        if unit.code in bearers or organisation.successor(unit.code) in stood
    )


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *(former.name for former in unit.former_names))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
