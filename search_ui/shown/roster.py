"""People and units to choose from: by their tree, by name or pinyin, chosen lately, in groups."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from records.flow.choosing import Choice
from records.flow.declarations import ActionDeclaration
from records.identity import Login, Token, UnitCode
from records.people.organisation import Organisation, Person
from records.rights.access import person_token, unit_token
from services.people.groups import Group
from services.people.name_finder import NameFinder

Item = dict[str, str]

FOUND = 50
"""So many are told for what was typed; who wants others types more."""

AT_ONCE = 200
"""So many people are told with the tree; of more each unit tells its own when it is opened.
A tree of so many units stands open."""


def is_open(action: ActionDeclaration, choice: Choice) -> bool:
    """Whether everybody may be chosen: there are no candidates, and not for want of holders."""
    narrowed = (e.post or e.among for e in action.next if (e.label or "") == choice.key)
    return not choice.candidates and not any(narrowed)


@dataclass(frozen=True, slots=True)
class Roster:
    """What can be chosen; `allowed` are logins or codes, None for everybody."""

    organisation: Organisation
    units: bool
    """Units are chosen, and not people."""
    allowed: Collection[str] | None = None

    @classmethod
    def of(cls, organisation: Organisation, action: ActionDeclaration, choice: Choice) -> "Roster":
        """What a choice of an action lets choose among."""
        named = None if is_open(action, choice) else {each.value for each in choice.candidates}
        return cls(organisation, choice.what == "units", named)

    def tree(self, opened_at: UnitCode) -> list[dict[str, object]]:
        """The units with who can be chosen in each; opened down to one, or wholly if few are."""
        if self.units:
            few = sum(1 for each in self.organisation.units if self._may(each.code)) <= AT_ONCE
            return self._branches(None, {}, None if few else frozenset())
        people: dict[UnitCode, list[Person]] = {}
        for person in self._people():
            people.setdefault(self.organisation.successor(person.unit), []).append(person)
        few = sum(map(len, people.values())) <= AT_ONCE
        way = None if few else frozenset(each.code for each in self.organisation.upward(opened_at))
        return self._branches(None, people, way)

    def members(self, unit: UnitCode) -> list[Item]:
        """Who can be chosen in a unit itself."""
        there = self.organisation.successor(unit)
        found = (each for each in self._people() if self.organisation.successor(each.unit) == there)
        return list(map(self._under_unit, found))

    def found(self, names: NameFinder, typed: str) -> list[Item]:
        """Those whose name was typed."""
        if self.units:
            codes = (unit.code for unit in names.units(self.organisation, typed))
            return list(islice(map(self._unit_item, filter(self._may, codes)), FOUND))
        people = (each for each in names.people(self.organisation, typed) if self._may(each.login))
        return list(islice(map(self._person_item, people), FOUND))

    def of_tokens(self, tokens: Iterable[Token]) -> list[Item]:
        """Those of the tokens that can be chosen here, in their order."""
        return list(self._items(tokens))

    def of_groups(self, groups: Iterable[Group]) -> list[dict[str, object]]:
        """Groups with those of their members who can be chosen here; groups of none are left out.

        Where units are chosen, the units of the members.
        """
        told: list[dict[str, object]] = []
        for group in groups:
            people = [self.organisation.find_person(each) for each in group.members]
            tokens = [
                unit_token(each.unit) if self.units else person_token(each.login)
                for each in people
                if each is not None
            ]
            items = self.of_tokens(dict.fromkeys(tokens))
            if items:
                told.append({"label": group.name, "public": group.public, "items": items})
        return told

    def _items(self, tokens: Iterable[Token]) -> Iterator[Item]:
        for token in tokens:
            scheme, _, rest = token.partition(":")
            if self.units and scheme == "unit" and self._may(rest):
                if self.organisation.has_unit(UnitCode(rest)):
                    yield self._unit_item(UnitCode(rest))
            elif not self.units and scheme == "person" and self._may(rest):
                person = self.organisation.find_person(Login(rest))
                if person is not None and not person.disabled:
                    yield self._person_item(person)

    def _branches(
        self,
        parent: UnitCode | None,
        people: dict[UnitCode, list[Person]],
        way: frozenset[UnitCode] | None,
    ) -> list[dict[str, object]]:
        """Units below one in which somebody can be chosen; `way` None: all of them open."""
        branches: list[dict[str, object]] = []
        for unit in self.organisation.sections(parent):
            below = self._branches(unit.code, people, way)
            own = people.get(unit.code, [])
            choosable = self.units and self._may(unit.code)
            if not (below or own or choosable):
                continue
            opened = way is None or unit.code in way or parent is None
            branches.append(
                {
                    "code": unit.code,
                    "name": unit.name,
                    "item": self._unit_item(unit.code) if choosable else None,
                    "open": opened,
                    "people": [self._under_unit(each) for each in own] if opened else None,
                    "units": below,
                }
            )
        return branches

    def _people(self) -> Iterator[Person]:
        for person in self.organisation.people:
            if not person.disabled and self._may(person.login):
                yield person

    def _may(self, value: str) -> bool:
        return self.allowed is None or value in self.allowed

    def _person_item(self, person: Person) -> Item:
        unit = self.organisation.full_name(person.unit)
        post = "、".join(person.posts)
        detail = f"{unit} · {post}" if post else unit
        return {"token": person_token(person.login), "label": person.name, "detail": detail}

    def _under_unit(self, person: Person) -> Item:
        return {**self._person_item(person), "detail": "、".join(person.posts)}

    def _unit_item(self, code: UnitCode) -> Item:
        return {"token": code, "label": self.organisation.full_name(code), "detail": ""}
