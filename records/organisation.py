"""The organisation: its tree of units and its people, one frozen snapshot at a time.

Units form one or several trees (SY-01: up to five levels of government, each with its sections).
A unit with a `level` of government (省, 市, 县, 乡, 村 …) is an *organ*; the sections below belong
to it. Posts (SY-07) are held by people in their unit; several may hold one.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from records.access import EVERYONE, Level, Reader, person_token, post_token, role_token, unit_token
from records.errors import Invalid, NotFound
from records.identity import CLOCK, Login, PostName, RoleName, Token, UnitCode

ROLES = ("staff", "archivist", "administrator", "security_officer", "auditor")
"""Roles known at start. The last three are the 三员 of GB/T 22239 (separated duties, AQ-14):
none of them reads content by office."""

_ROLE_NAMES = {
    "staff": "全体工作人员",
    "archivist": "档案员",
    "administrator": "系统管理员",
    "security_officer": "安全管理员",
    "auditor": "审计员",
}

SYSTEM_NAME = "系统"
"""What people read where the system itself acted."""

SEPARATED = frozenset({"administrator", "security_officer", "auditor"})


class Unit(BaseModel):
    """A node of the tree."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: UnitCode = Field(pattern=r"^[A-Za-z0-9_.-]{1,60}$")
    name: str = Field(min_length=1, max_length=100)
    level: str | None = Field(default=None, description="Level of government, for organs")
    parent: UnitCode | None = None
    profile: str | None = Field(default=None, description="Flow profile of the organ (SY-08)")


class Person(BaseModel):
    """Somebody who works here. The password is kept elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    login: Login = Field(pattern=r"^[\w.@-]{1,60}$")
    name: str = Field(min_length=1, max_length=60)
    unit: UnitCode
    posts: tuple[Annotated[PostName, Field(min_length=1, max_length=60)], ...] = ()
    roles: tuple[RoleName, ...] = (RoleName("staff"),)
    clearance: Level = Level.INTERNAL
    disabled: bool = False


class Organisation(BaseModel):
    """Units and people as of one moment. Check with `checked` before keeping it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()

    @cached_property
    def _units(self) -> dict[UnitCode, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def _people(self) -> dict[Login, Person]:
        return {person.login: person for person in self.people}

    @cached_property
    def _holders(self) -> dict[Token, tuple[Person, ...]]:
        held: dict[Token, list[Person]] = {}
        for person in self.people:
            if not person.disabled:
                for post in person.posts:
                    held.setdefault(post_token(person.unit, post), []).append(person)
        return {token: tuple(people) for token, people in held.items()}

    def unit(self, code: UnitCode) -> Unit:
        """The unit of that code. Raises NotFound (``unknown_unit``)."""
        if code not in self._units:
            raise NotFound("unknown_unit", unit=code)
        return self._units[code]

    def person(self, login: Login) -> Person:
        """The person of that login. Raises NotFound (``unknown_person``)."""
        if login not in self._people:
            raise NotFound("unknown_person", login=login)
        return self._people[login]

    def name_of(self, login: Login) -> str:
        """The name of a person, or the login of one who is no longer known."""
        person = self._people.get(login)
        return SYSTEM_NAME if login == CLOCK else person.name if person else login

    def unit_name(self, code: UnitCode) -> str:
        """The name of a unit, or the code of one that is no longer known."""
        unit = self._units.get(code)
        return SYSTEM_NAME if str(code) == str(CLOCK) else unit.name if unit else code

    def full_name(self, code: UnitCode) -> str:
        """The name of a unit, behind that of its organ where several sections share it."""
        name = self.unit_name(code)
        if sum(1 for unit in self.units if unit.name == name) < 2:
            return name
        return f"{self.organ_of(code).name}{name}"

    def upward(self, code: UnitCode) -> Iterator[Unit]:
        """The unit and all units above it, nearest first."""
        current: UnitCode | None = code
        while current is not None and current in self._units:
            unit = self._units[current]
            yield unit
            current = unit.parent

    def subtree(self, code: UnitCode) -> frozenset[UnitCode]:
        """The unit and all units below it."""
        return frozenset(
            unit.code
            for unit in self.units
            if any(above.code == code for above in self.upward(unit.code))
        )

    def organ_of(self, code: UnitCode) -> Unit:
        """The organ that a unit belongs to; the topmost unit when none has a level."""
        chain = list(self.upward(code))
        if not chain:
            raise NotFound("unknown_unit", unit=code)
        return next((unit for unit in chain if unit.level), chain[-1])

    def reader(self, login: Login) -> Reader:
        """A person as access sees him: tokens and clearance of this moment.

        Raises NotFound (``unknown_person``). A disabled person carries no token at all.
        """
        person = self.person(login)
        if person.disabled:
            return Reader(login=login, tokens=frozenset(), clearance=Level.PUBLIC)
        tokens = {EVERYONE, person_token(login)}
        tokens.update(unit_token(unit.code) for unit in self.upward(person.unit))
        tokens.update(role_token(role) for role in person.roles)
        tokens.update(post_token(person.unit, post) for post in person.posts)
        return Reader(login=login, tokens=frozenset(tokens), clearance=person.clearance)

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

    def post_in_organ(self, unit: UnitCode, post: PostName) -> Token | None:
        """The post anywhere in the organ of `unit`, in the order of the tree; None if vacant."""
        organ = self.organ_of(unit)
        for candidate in self.units:
            if post_token(candidate.code, post) in self._holders and (
                self.organ_of(candidate.code).code == organ.code
            ):
                return post_token(candidate.code, post)
        return None

    def holders(self, token: Token) -> tuple[Person, ...]:
        """People in office of whom the token is true, in the order of the organisation."""
        if token.startswith("post:"):
            return self._holders.get(token, ())
        return tuple(
            person
            for person in self.people
            if not person.disabled and token in self.reader(person.login).tokens
        )

    def recipients(self, tokens: Iterable[Token]) -> tuple[Login, ...]:
        """Logins of everyone in office of whom one of the tokens is true, without repetition."""
        wanted = frozenset(tokens)
        return tuple(
            person.login
            for person in self.people
            if not person.disabled and self.reader(person.login).tokens & wanted
        )

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
        return _ROLE_NAMES.get(rest, rest)


def checked(organisation: Organisation) -> Organisation:
    """The organisation itself when it is sound.

    Raises Invalid: ``repeated_unit``, ``repeated_person``, ``unknown_unit``, ``unit_cycle``,
    ``unknown_role``, ``joined_duties`` (one person with two of the three separated duties).
    """
    codes = [unit.code for unit in organisation.units]
    logins = [person.login for person in organisation.people]
    _refuse_repeats("repeated_unit", codes)
    _refuse_repeats("repeated_person", logins)
    for unit in organisation.units:
        if unit.parent is not None and unit.parent not in codes:
            raise Invalid("unknown_unit", unit=unit.parent, named_by=unit.code)
    _refuse_cycles(organisation.units)
    for person in organisation.people:
        _check_person(person, set(codes))
    return organisation


def _refuse_repeats(reason: str, names: list[UnitCode] | list[Login]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Invalid(reason, given=name)
        seen.add(name)


def _refuse_cycles(units: tuple[Unit, ...]) -> None:
    parents = {unit.code: unit.parent for unit in units}
    for code in parents:
        seen: set[UnitCode] = set()
        current: UnitCode | None = code
        while current is not None:
            if current in seen:
                raise Invalid("unit_cycle", unit=code)
            seen.add(current)
            current = parents[current]


def _check_person(person: Person, codes: set[UnitCode]) -> None:
    if person.unit not in codes:
        raise Invalid("unknown_unit", unit=person.unit, named_by=person.login)
    for role in person.roles:
        if role not in ROLES:
            raise Invalid("unknown_role", given=role, named_by=person.login, allowed=ROLES)
    if len(SEPARATED & set(person.roles)) > 1:
        raise Invalid("joined_duties", login=person.login, roles=tuple(person.roles))


def parse_token(text: str, organisation: Organisation) -> Token:
    """A token typed by a person or a program, checked against the organisation.

    Raises Invalid (``unknown_token``) for a form or a name that does not exist.
    """
    kind, _, rest = text.partition(":")
    known = (
        text == EVERYONE
        or (kind == "unit" and any(unit.code == rest for unit in organisation.units))
        or (kind == "role" and rest in ROLES)
        or (kind == "person" and any(person.login == rest for person in organisation.people))
    )
    if not known:
        raise Invalid("unknown_token", given=text, field="grants")
    return Token(text)
