"""Whose ledger a series is (编号台账): what kinds declare of the series that actions count in.

A series that bears the name of an organ is that organ's, under its present and former names, as
long as no other unit is or was called so; one that bears none is shared by all organs that count in
it: no number twice, whoever takes it. Of what is shared each organ sees the numbers of its records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from records.consequences.reservations import ORGAN, NumberDeclaration
from records.identity import DictionaryName, UnitCode
from records.people.organisation import Organisation
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kind, Kinds
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class Ledger:
    """What somebody may see of a series: all of it, or the numbers of records of some organs."""

    organs: frozenset[UnitCode]
    whole: bool


def keeps_ledgers(caller: Caller, kinds: Kinds) -> bool:
    """Whether a kind opens a ledger to a post that the caller holds."""
    return any(True for kind in kinds for _ in _opened(caller, kind))


def ledger_of(
    series: str, caller: Caller, kinds: Kinds, dictionaries: Dictionaries
) -> Ledger | None:
    """What the caller sees of a series by his posts; None for nothing."""
    shared = frozenset[UnitCode]()
    for kind in kinds:
        for declared, organs in _opened(caller, kind):
            match = re.fullmatch(_pattern(declared, kind, dictionaries), series)
            if match is None:
                continue
            if ORGAN not in declared.series:
                shared |= organs
                continue
            own = {name for each in organs for name in _names(caller.organisation, each)}
            if match["organ"] not in own:
                continue
            if not _is_shared(match["organ"], caller.organisation, organs):
                return Ledger(organs, whole=True)
            shared |= organs
    return Ledger(shared, whole=False) if shared else None


def _opened(caller: Caller, kind: Kind) -> Iterator[tuple[NumberDeclaration, frozenset[UnitCode]]]:
    """Series whose ledger is open to posts of the caller, and the organs in which he holds them."""
    for action in kind.actions.values():
        declared = action.takes.number if action.takes is not None else None
        if declared is None:
            continue
        organs = frozenset(
            caller.organisation.organ_of(unit).code
            for unit, posts in caller.person.places
            if any(f"post:{post}" in declared.ledger for post in posts)
        )
        if organs:
            yield declared, organs


def _pattern(declared: NumberDeclaration, kind: Kind, dictionaries: Dictionaries) -> str:
    """What names of the series look like; of several parts those without a value are left out."""
    parts = [_part(name, kind, dictionaries) for name in declared.series]
    return parts[0] + "".join(f"(?:-{part})?" for part in parts[1:])


def _part(name: str, kind: Kind, dictionaries: Dictionaries) -> str:
    if name == ORGAN:
        return "(?P<organ>.+?)"
    field = kind.fields.get(name)
    if field is None:
        return re.escape(name)
    words = field.options
    if field.dictionary is not None and field.dictionary in dictionaries:
        words = dictionaries.get(DictionaryName(field.dictionary)).words
    return f"(?:{'|'.join(map(re.escape, words))})" if words else ".+?"


def _is_shared(name: str, organisation: Organisation, organs: frozenset[UnitCode]) -> bool:
    """Whether a unit that is none of these organs is called so, or was: its numbers stand here."""
    own = {code for organ in organs for code in organisation.predecessors(organ)}
    return any(
        unit.code not in own and name in (unit.name, *(each.name for each in unit.former_names))
        for unit in organisation.units
    )


def _names(organisation: Organisation, organ: UnitCode) -> Iterator[str]:
    """What an organ is and was called, and what those were that were merged into it."""
    for code in organisation.predecessors(organ):
        unit = organisation.unit(code)
        yield unit.name
        yield from (each.name for each in unit.former_names)
