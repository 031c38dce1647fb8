"""Loads units, people and accounts from a YAML file or a spreadsheet (LG-03, SY-02)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from records.errors import Invalid
from records.faults import Fault, validation_fault
from records.identity import CLOCK, Login, PostName, Token
from records.people.contact import NAMES, Contact, read_contact
from records.people.organisation import LOGIN, Organisation, Person
from records.people.people_rows import PeopleRows
from records.people.unit_tree import Unit
from records.rights.access import Level
from records.schema.dictionaries import POSTS, PROFILES
from services.administration.people_changes import PeopleChanges
from services.administration.scope import refuse_beyond
from services.people.accounts import Accounts
from services.people.caller import Caller
from services.people.dictionary_book import DictionaryBook

_CONTACT = frozenset({*NAMES, "mobile_readers"})
"""Columns of 通讯录, which a file may leave out."""

MOST_PASSWORDS = 50
"""Passwords of one file that comes by a request: each takes 0.14 s of a core and 64 MiB. One-time
codes, which are made where none is given, take nothing; the command line takes any number."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a people file did. `codes` are the one-time codes of new accounts."""

    units: int
    people: int
    codes: dict[Login, str]
    unknown_posts: tuple[PostName, ...] = ()
    """Posts of the file that the dictionary does not have: taken as they are, but no kind sends to
    them, so each is either an office's own word or misspelt."""
    unknown_profiles: tuple[str, ...] = ()
    """The same of flow profiles: no kind has steps for them."""


class PeopleLoader:
    """Puts a people file into effect."""

    def __init__(
        self, changes: PeopleChanges, accounts: Accounts, dictionaries: DictionaryBook
    ) -> None:
        self._changes = changes
        self._accounts = accounts
        self._dictionaries = dictionaries

    def load(self, file: PeopleRows, *, by: Login = CLOCK, lasting: bool = False) -> Loaded:
        """Add or update units and people; open accounts for those who have none.

        As `PeopleChanges.put`; `by` is an administrator, or the clock for the machine's. All is
        checked before anything is changed. Raises Invalid: ``bad_people_file`` (with ``row``,
        ``field`` and ``fault``), ``unknown_level``, and what
        `records.people.organisation_check.checked` raises.
        """
        return self._load(file, by, lambda *_: None, lasting=lasting)

    def load_for(self, caller: Caller, file: PeopleRows) -> Loaded:
        """The same by an administrator, within what he keeps.

        Raises as `load`, as `refuse_many_passwords` and `services.administration.scope`.
        """
        refuse_many_passwords(file)

        def check(before: Organisation, units: Sequence[Unit], people: Sequence[Person]) -> None:
            refuse_beyond(caller, before, tuple(units), tuple(people))

        return self._load(file, caller.person.login, check, lasting=False)

    def parsed(self, table: str, row: Mapping[str, Any], number: int) -> Unit | Person:
        """One row by itself, with its password. Raises as `load`."""
        if table == "units":
            return _unit(row, number)
        person = _person(row, number)
        self._password(row, number)
        return person

    def _load(
        self,
        file: PeopleRows,
        by: Login,
        check: Callable[[Organisation, Sequence[Unit], Sequence[Person]], None],
        *,
        lasting: bool,
    ) -> Loaded:
        units = tuple(_unit(row, number) for number, row in enumerate(file.units, start=1))
        people = tuple(_person(row, number) for number, row in enumerate(file.people, start=1))
        passwords = {
            person.login: password
            for person, (number, row) in zip(people, enumerate(file.people, start=1), strict=True)
            if (password := self._password(row, number))
        }

        def wanted(before: Organisation) -> tuple[Sequence[Unit], Sequence[Person]]:
            check(before, units, people)
            return units, people

        put = self._changes.put(wanted, by=by, passwords=passwords, lasting=lasting)
        words = self._dictionaries.current()
        held = (post for person in people for _, posts in person.places for post in posts)
        profiles = dict.fromkeys(unit.profile for unit in units if unit.profile)
        return Loaded(
            len(units),
            len(people),
            dict(put.codes),
            tuple(post for post in dict.fromkeys(held) if not words.has(POSTS, post)),
            tuple(name for name in profiles if not words.has(PROFILES, name)),
        )

    def _password(self, row: Mapping[str, Any], number: int) -> str | None:
        if not row.get("password"):
            return None
        password = _text(row, "password", number)
        try:
            self._accounts.check(password, login=str(row["login"]))
        except Invalid as error:
            least = {"least": str(error.facts.get("least", ""))}
            fault = Fault(("password",), error.reason, least)
            raise _bad_row("people", number, fault) from error
        return password


def refuse_many_passwords(file: PeopleRows) -> None:
    """Whether a request can hash the passwords of a file; without one a row gets a code.

    Raises Invalid (``too_many_passwords``).
    """
    given = sum(1 for row in file.people if row.get("password"))
    if given > MOST_PASSWORDS:
        raise Invalid("too_many_passwords", most=MOST_PASSWORDS, given=given)


def _unit(row: Mapping[str, Any], number: int) -> Unit:
    if "former_names" in row:  # that is history, and nobody writes it
        raise _bad_row("units", number, Fault(("former_names",), "extra_forbidden"))
    try:
        return Unit.model_validate(dict(row))
    except ValidationError as error:
        raise _bad_row("units", number, validation_fault(error.errors()[0])) from error


def _person(row: Mapping[str, Any], number: int) -> Person:
    values = {key: value for key, value in row.items() if key not in {"password", *_CONTACT}}
    if not _CONTACT.isdisjoint(row):
        values["contact"] = _contact(row, number)
    if "clearance" in values:
        values["clearance"] = Level.of(_text(row, "clearance", number))
    try:
        person = Person.model_validate(values)
    except ValidationError as error:
        raise _bad_row("people", number, validation_fault(error.errors()[0])) from error
    if person.login == CLOCK or not LOGIN.fullmatch(person.login):
        raise _bad_row("people", number, Fault(("login",), "no_login", {"name": person.login}))
    return person


def _contact(row: Mapping[str, Any], number: int) -> Contact:
    """How he is reached, as far as the row says; the rest is left as it is.

    `mobile_readers` are tokens, or 不公开; an empty list is that as well.
    """
    readers = row.get("mobile_readers")
    if isinstance(readers, str):
        readers = [] if readers.strip() == "不公开" else re.split(r"[,，、\s]+", readers.strip())
    if readers is not None and not (isinstance(readers, list) and all(map(_is_text, readers))):
        raise _bad_row("people", number, Fault(("mobile_readers",), "list_type"))
    told = {name: _text(row, name, number) for name in NAMES if row.get(name) is not None}
    opened = None if readers is None else tuple(Token(each) for each in readers if each)
    whole = read_contact(told, mobile_readers=opened)
    named = [name for name in (*NAMES, "mobile_readers") if name in row]
    return Contact.model_validate({name: getattr(whole, name) for name in named})


def _is_text(given: object) -> bool:
    return isinstance(given, str)


def _text(row: Mapping[str, Any], key: str, number: int) -> str:
    """What stands there; a number without quotes is meant as its digits."""
    if not isinstance(row[key], str | int):
        raise _bad_row("people", number, Fault((key,), "string_type"))
    return str(row[key])


def _bad_row(table: str, number: int, fault: Fault) -> Invalid:
    return Invalid("bad_people_file", table=table, row=number, field=fault.key, **fault.facts)
