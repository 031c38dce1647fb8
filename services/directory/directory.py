"""机构通讯录 (TX-01, TX-03, TX-04): who works where, and how he is reached.

It is made of the organisation that a request has read anyway: nothing more is asked of the store.
Who has left stands in it no more; records that name him go on naming him. A mobile that is not for
the caller is neither shown nor found by its digits, nor written into a file.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from records.errors import Invalid, NotFound
from records.identity import Login, UnitCode
from records.people.contact import Contact
from records.people.organisation import Organisation, Person
from services.administration.scope import scope_of
from services.people.caller import Caller
from services.people.name_finder import NameFinder

_LOG = logging.getLogger(__name__)

MAX_SIZE = 100

NAMED = 5
"""People of one name that a search names."""

_LEAST_DIGITS = 3
"""So many digits at least are looked for in telephone numbers."""

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A person as the caller may see him."""

    login: Login
    name: str
    unit: UnitCode
    unit_name: str
    posts: tuple[str, ...]
    """With those in other units (兼职), behind their names."""
    phone: str
    mobile: str
    mail: str
    room: str
    mobile_hidden: bool
    """There is one, and it is not for the caller."""


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """One page: how many there are in all, and the rows."""

    total: int
    rows: tuple[DirectoryEntry, ...]


class Directory:
    """Reads the directory."""

    def __init__(self, names: NameFinder) -> None:
        self._names = names

    def page(
        self, caller: Caller, *, unit: str = "", typed: str = "", page: int = 1, size: int = 30
    ) -> DirectoryPage:
        """People of a unit with all below it, or of all, in the order of the tree of units.

        With `typed` those whose name (characters, pinyin, initials), login, number, room or post
        fits, names first.

        Raises Invalid (``bad_page``) and NotFound (``unknown_unit``).
        """
        if not 1 <= size <= MAX_SIZE or page < 1:
            raise Invalid("bad_page", max_size=MAX_SIZE, max_reach=MAX_SIZE, field="page")
        found = self._found(caller, unit, typed)
        first = (page - 1) * size
        rows = tuple(entry_of(caller, each) for each in found[first : first + size])
        return DirectoryPage(len(found), rows)

    def exported(
        self, caller: Caller, *, unit: str = "", typed: str = ""
    ) -> Iterator[DirectoryEntry]:
        """All of them, for a file; it is logged. Raises as `page`."""
        found = self._found(caller, unit, typed)
        _LOG.info(
            "%s exports %d people of the directory, unit %r, words %r",
            caller.person.login, len(found), unit[:60], typed[:60],
        )  # fmt: skip
        return (entry_of(caller, each) for each in found)

    def card(self, caller: Caller, login: str) -> DirectoryEntry:
        """One person. Raises NotFound (``unknown_person``), also for who has left."""
        person = caller.organisation.find_person(Login(login))
        if person is None or person.disabled:
            raise NotFound("unknown_person", login=login[:60])
        return entry_of(caller, person)

    def named(self, caller: Caller, name: str) -> tuple[DirectoryEntry, ...]:
        """People in office whose whole name this is: `NAMED` of them, and one that tells of more.

        In the order of the organisation.
        """
        wanted, organisation = name.strip(), caller.organisation
        found = (each for each in organisation.people if each.name == wanted and not each.disabled)
        return tuple(entry_of(caller, each) for each in islice(found, NAMED + 1))

    def _found(self, caller: Caller, unit: str, typed: str) -> Sequence[Person]:
        organisation, wanted = caller.organisation, typed.strip()[:_LONGEST].lower()
        people: Sequence[Person] = [each for each in organisation.people if not each.disabled]
        if unit:
            organisation.unit(UnitCode(unit))
            units = organisation.subtree(UnitCode(unit))
            people = [each for each in people if any(place in units for place, _ in each.places)]
        if not wanted:
            order = _order(organisation)
            return sorted(
                people, key=lambda each: order.get(_place(organisation, each), len(order))
            )
        inside = {each.login for each in people}
        named = [p for p in self._names.people(organisation, wanted) if p.login in inside]
        known = {each.login for each in named}
        others = (each for each in people if each.login not in known)
        return [*named, *(each for each in others if _is_reached_by(caller, each, wanted))]


def entry_of(caller: Caller, person: Person) -> DirectoryEntry:
    """The person as the caller may see him."""
    organisation, contact = caller.organisation, person.contact or Contact()
    side = (f"{organisation.unit_name(each.unit)}{'、'.join(each.posts)}" for each in person.also)
    opened = sees_mobile(caller, person)
    return DirectoryEntry(
        login=person.login,
        name=person.name,
        unit=organisation.successor(person.unit),
        unit_name=organisation.full_name(organisation.successor(person.unit)),
        posts=(*person.posts, *side),
        phone=contact.phone,
        mobile=contact.mobile if opened else "",
        mail=contact.mail,
        room=contact.room,
        mobile_hidden=bool(contact.mobile) and not opened,
    )


def in_office(organisation: Organisation) -> Mapping[UnitCode, int]:
    """How many people in office each unit has, with all below it, as `Directory.page` lists them.

    Who has places in several units (兼职) counts in each of them, once in what is above them all.
    """
    counts: Counter[UnitCode] = Counter()
    there = Counter(
        frozenset(unit for unit, _ in person.places)
        for person in organisation.people
        if not person.disabled
    )
    for units, people in there.items():
        for above in {each.code for unit in units for each in organisation.upward(unit)}:
            counts[above] += people
    return counts


def sees_mobile(caller: Caller, person: Person) -> bool:
    """Whether the caller is shown the mobile: it is open to him, or he keeps the person."""
    if person.login == caller.person.login:
        return True
    if (person.contact or Contact()).opens_mobile(caller.reader.tokens):
        return True
    scope = scope_of(caller)
    return scope is not None and scope.has(person.unit)


def _is_reached_by(caller: Caller, person: Person, wanted: str) -> bool:
    """Whether what was typed stands in his numbers, room or posts."""
    if any(wanted in post.lower() for _, posts in person.places for post in posts):
        return True
    contact = person.contact
    if contact is None:
        return False
    if contact.room and wanted == contact.room.lower():
        return True
    digits = re.sub(r"[\s()+-]", "", wanted)
    if not digits.isdecimal() or len(digits) < _LEAST_DIGITS:
        return False
    numbers = [contact.phone, *([contact.mobile] if sees_mobile(caller, person) else [])]
    return any(digits in re.sub(r"[^0-9]", "", number) for number in numbers)


def _place(organisation: Organisation, person: Person) -> UnitCode:
    return organisation.successor(person.unit)


def _order(organisation: Organisation) -> dict[UnitCode, int]:
    """Where each unit stands in the tree, its sections right behind it."""
    found: dict[UnitCode, int] = {}
    ahead = list(reversed(organisation.sections(None)))
    while ahead:
        unit = ahead.pop()
        found[unit.code] = len(found)
        ahead += reversed(organisation.sections(unit.code))
    return found
