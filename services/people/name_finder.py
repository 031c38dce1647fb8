"""Units and people by what was typed of their names: characters, a code, or pinyin."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit

Spelling = Callable[[str], Callable[[str], bool] | None]
"""What tells of a name whether the letters typed spell it; None where they can spell nothing."""

Named = TypeVar("Named", Unit, Person)


class NameFinder:
    """Finds them in the order of the organisation; those whose very characters fit come first."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling

    def units(self, organisation: Organisation, typed: str) -> Iterator[Unit]:
        """Units that there are now."""
        there = [unit for unit in organisation.units if unit.merged_into is None]
        return self._found(typed, there, lambda unit: unit.code)

    def people(self, organisation: Organisation, typed: str) -> Iterator[Person]:
        """People in office."""
        there = [person for person in organisation.people if not person.disabled]
        return self._found(typed, there, lambda person: person.login)

    def _found(
        self, typed: str, there: Sequence[Named], code: Callable[[Named], str]
    ) -> Iterator[Named]:
        wanted = typed.strip().lower()
        if not wanted:
            return
        others: list[Named] = []
        for each in there:
            if wanted in each.name.lower() or wanted in code(each).lower():
                yield each
            else:
                others.append(each)
        spells = self._spelling(wanted)
        if spells is not None:
            yield from (each for each in others if spells(each.name))
