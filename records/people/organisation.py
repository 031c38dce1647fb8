"""The organisation: its units, its people, and who acts for whom; one frozen snapshot at a time.

Posts (SY-07) are held by people in their unit; several may hold one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from pydantic import ConfigDict, Field

from records.errors import Invalid, NotFound
from records.identity import CLOCK, KindName, Login, PostName, Token, UnitCode
from records.people.delegation import TOLD_DAYS, Delegation
from records.people.library_folders import FolderTree, LibraryFolder
from records.people.person import LOGIN, Person, SidePost
from records.people.roles import Power, Roles
from records.people.unit_tree import SYSTEM_NAME, UnitTree
from records.rights.access import (
    EVERYONE,
    Level,
    Reader,
    deputy_token,
    person_token,
    post_token,
    role_token,
    unit_token,
)

_OF_FOLDERS = {"folder": "所在目录的可阅读人员", "keeper": "所在目录的库管理员"}
"""Without the name of the folder: who may read one record of it need not see that."""

__all__ = ["LOGIN", "Organisation", "Person", "SidePost", "parse_token"]


class Organisation(UnitTree):
    """Units, people and delegations as of one moment. Check with `checked` before keeping it."""

    people: tuple[Person, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    folders: tuple[LibraryFolder, ...] = ()
    """目录 of the libraries (WJ-03)."""
    roles: Roles = Field(default_factory=Roles, exclude=True)
    """What is declared, and kept nowhere else."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @cached_property
    def library(self) -> FolderTree:
        """The folders of all libraries as trees."""
        return FolderTree(self.folders)

    @cached_property
    def _people(self) -> dict[Login, Person]:
        return {person.login: person for person in self.people}

    @cached_property
    def _places(self) -> Mapping[Login, int]:
        return {person.login: place for place, person in enumerate(self.people)}

    @cached_property
    def _posts(self) -> frozenset[str]:
        return frozenset(
            post for person in self.people for _, posts in person.places for post in posts
        )

    @cached_property
    def _holders(self) -> Mapping[Token, tuple[Person, ...]]:
        held: dict[Token, list[Person]] = {}
        for person in self.people:
            if not person.disabled:
                for token in dict.fromkeys(self._own_tokens(person)):
                    held.setdefault(token, []).append(person)
        return {token: tuple(people) for token, people in held.items()}

    @cached_property
    def _given_to(self) -> Mapping[Login, tuple[Delegation, ...]]:
        given: dict[Login, list[Delegation]] = {}
        for each in self.delegations:
            given.setdefault(each.to, []).append(each)
        return {login: tuple(each) for login, each in given.items()}

    def person(self, login: Login) -> Person:
        """The person of that login. Raises NotFound (``unknown_person``)."""
        if login not in self._people:
            raise NotFound("unknown_person", login=login)
        return self._people[login]

    def find_person(self, login: Login) -> Person | None:
        """The person of that login, or None."""
        return self._people.get(login)

    def name_of(self, login: Login) -> str:
        """The name of a person, or the login of one who is no longer known."""
        person = self._people.get(login)
        return SYSTEM_NAME if login == CLOCK else person.name if person else login

    def headcounts(self) -> Mapping[UnitCode, int]:
        """How many people each unit has, with all below it; each person is looked at once."""
        counts: Counter[UnitCode] = Counter()
        for code, people in Counter(person.unit for person in self.people).items():
            for above in self.upward(code):
                counts[above.code] += people
        return counts

    def reader(self, login: Login, today: date) -> Reader:
        """A person as access sees him: tokens and clearance of this moment and day.

        Raises NotFound (``unknown_person``). A disabled person carries no token at all.
        """
        person = self.person(login)
        if person.disabled:
            return Reader(login=login, tokens=frozenset(), clearance=Level.PUBLIC)
        own = frozenset(self._own_tokens(person))
        return Reader(
            login=login,
            tokens=own | self.deputises(login, today).keys(),
            clearance=person.clearance,
            folders=self.library.tokens(own) if self.folders else frozenset(),
        )

    def deputises(self, login: Login, today: date) -> Mapping[Token, Login]:
        """For whom a person acts today, by the tokens that he carries for it.

        Two who hold one post may have the same deputy: the token names the first of them.
        """
        person = self._people.get(login)
        found: dict[Token, Login] = {}
        for each in self._given_to.get(login, ()) if person and not person.disabled else ():
            giver = self._people.get(each.of)
            if giver is not None and not giver.disabled and each.runs_on(today):
                for token in each.tokens(self._own_tokens(giver)):
                    found.setdefault(token, giver.login)
        return found

    def deputies(self, tokens: Iterable[Token], kind: KindName, today: date) -> tuple[Login, ...]:
        """Who acts today for somebody who holds one of the tokens, for this kind of record."""
        wanted = {
            carried
            for token in tokens
            for carried in (deputy_token(token), deputy_token(token, kind))
        }
        return tuple(
            login for login in self._given_to if not wanted.isdisjoint(self.deputises(login, today))
        )

    def carriers(self, token: Token, today: date) -> frozenset[Login]:
        """Everyone who holds a token today, or acts for somebody who does, for whatever kind."""
        holders = {person.login for person in self.holders(token)}
        deputies = {
            each.to for each in self.delegations if each.of in holders and each.runs_on(today)
        }
        return frozenset(holders | deputies)

    def powers(self, person: Person) -> frozenset[Power]:
        """What a person may by his roles; nothing when he is disabled."""
        return frozenset() if person.disabled else self.roles.powers(person.roles)

    def lapsed(self, login: Login, today: date) -> Delegation | None:
        """The delegation to this person that was over last, while he may not know it yet."""
        over = [
            each
            for each in self._given_to.get(login, ())
            if each.is_over(today) and (today - each.last_on).days <= TOLD_DAYS
        ]
        return max(over, key=lambda each: each.last_on, default=None)

    def _own_tokens(self, person: Person) -> Iterator[Token]:
        """What is true of a person in office, by himself."""
        yield EVERYONE
        yield person_token(person.login)
        yield from (role_token(role) for role in person.roles if self.roles.has(role))
        for unit, posts in person.places:
            for above in self.upward(unit):
                yield from map(unit_token, self.predecessors(above.code))
            codes = self.predecessors(unit)
            yield from (post_token(code, post) for code in codes for post in posts)

    def post_near(self, unit: UnitCode, post: PostName) -> Token | None:
        """The post in the unit, else in the nearest unit above within the organ; None if vacant."""
        organ = self.organ_of(unit)
        for above in self.upward(unit):
            token = post_token(above.code, post)
            if token in self._holders:
                return token
            if above.code == organ.code:
                return None
        return None

    def post_of(self, unit: UnitCode, post: PostName) -> Token | None:
        """The post of that very unit, or of any section of it where it is an organ; None if vacant.

        What is given to a unit goes to nobody above it.
        """
        own = post_token(self.successor(unit), post)
        if own in self._holders:
            return own
        is_organ = self.organ_of(unit).code == self.successor(unit)
        return self.post_in_organ(unit, post) if is_organ else None

    def post_in_organ(self, unit: UnitCode, post: PostName) -> Token | None:
        """The post anywhere in the organ of `unit`, in the order of the tree; None if vacant."""
        organ = self.organ_of(unit)
        for candidate in self.units:
            if (
                candidate.merged_into is None
                and post_token(candidate.code, post) in self._holders
                and self.organ_of(candidate.code).code == organ.code
            ):
                return post_token(candidate.code, post)
        return None

    def post_above(self, unit: UnitCode, post: PostName) -> Token | None:
        """The post anywhere in the nearest organ above that of `unit` that has it; else None."""
        organ = self.organ_of(unit)
        for above in self.upward(organ.code):
            own = self.organ_of(above.code).code
            if own != organ.code and own == above.code:
                token = self.post_in_organ(own, post)
                if token is not None:
                    return token
        return None

    def all_in_organ(self, unit: UnitCode, post: PostName) -> tuple[Person, ...]:
        """Everyone in office who holds the post anywhere in the organ of `unit`, in order."""
        organ = self.organ_of(unit).code
        return tuple(
            person
            for person in self.people
            if not person.disabled
            and any(
                post in posts and self.organ_of(place).code == organ
                for place, posts in person.places
            )
        )

    def holders(self, token: Token) -> tuple[Person, ...]:
        """People in office of whom the token is true, in the order of the organisation."""
        return self._holders.get(token, ())

    @cached_property
    def appointments(self) -> tuple[tuple[UnitCode, PostName], ...]:
        """Every post that somebody in office holds, by its unit as it is now, in order."""
        held = (
            (self.successor(unit), post)
            for person in self.people
            if not person.disabled
            for unit, posts in person.places
            for post in posts
        )
        return tuple(dict.fromkeys(held))

    def unheld(self, tokens: Iterable[Token]) -> frozenset[Token]:
        """Those of the tokens that nobody in office holds: their tasks wait for nobody (ASG-02)."""
        return frozenset(token for token in tokens if token not in self._holders)

    def recipients(self, tokens: Iterable[Token]) -> tuple[Login, ...]:
        """Logins of everyone in office of whom one of the tokens is true, without repetition."""
        wanted = {person.login for token in tokens for person in self.holders(token)}
        return tuple(sorted(wanted, key=self._places.__getitem__))

    def knows(self, token: Token) -> bool:
        """Whether a token may be granted to: its unit, role, person or post is known here."""
        scheme, _, rest = token.partition(":")
        unit, _, post = rest.partition("/")
        if scheme == "post":
            return self.has_unit(UnitCode(unit)) and post in self._posts
        if scheme == "unit":
            return self.has_unit(UnitCode(rest))
        if scheme == "person":
            return Login(rest) in self._people
        return token == EVERYONE or (scheme == "role" and self.roles.has(rest))

    def describe(self, token: Token) -> str:
        """A token in the words of the office: 全体人员, 办公室（含下级）, 甲一."""
        kind, _, rest = token.partition(":")
        if token == EVERYONE:
            return "全体人员"
        if kind == "unit":
            return f"{self.full_name(UnitCode(rest))}（含下级）"
        if kind == "person":
            return self.name_of(Login(rest))
        if kind == "post":
            unit, _, post = rest.partition("/")
            return f"{post}（{self.full_name(UnitCode(unit))}）"
        if kind.partition("/")[0] == "deputy":
            return f"{self.describe(Token(rest))}的代办人"
        return _OF_FOLDERS.get(kind) or self.roles.title(rest)


def parse_token(text: str, organisation: Organisation) -> Token:
    """A token typed by a person or a program, checked against the organisation.

    Raises Invalid (``unknown_token``) for a form or a name that does not exist.
    """
    if not organisation.knows(Token(text)):
        raise Invalid("unknown_token", given=text, field="grants")
    return Token(text)
