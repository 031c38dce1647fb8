"""Loads units, people and accounts from a YAML file or a spreadsheet (LG-03, SY-02)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from records.access import Level
from records.dictionaries import POSTS, PROFILES
from records.errors import Invalid
from records.faults import Fault, validation_fault
from records.identity import CLOCK, Login, PostName
from records.organisation import Person
from records.people_rows import PeopleRows
from records.unit_tree import Unit
from services.people.accounts import Accounts
from services.people.dictionary_book import DictionaryBook
from services.people.organisation_book import OrganisationBook
from services.people.passwords import check_password
from services.people.rights_news import RightsNews
from services.people.sessions import Sessions

_LOGIN = re.compile(r"[A-Za-z0-9_@-][A-Za-z0-9_.@-]{0,59}|[\w@-][\w.@-]{0,15}")
"""A login names objects of the store: no dot in front, and at most 16 characters where not all
are ASCII, since there each takes up to 12 of the 200 that a name may have (storage/keys.py)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a people file did. `codes` are the one-time codes of new accounts."""

    units: int
    people: int
    codes: dict[str, str]
    unknown_posts: tuple[PostName, ...] = ()
    """Posts of the file that the dictionary does not have: taken as they are, but no kind sends to
    them, so each is either an office's own word or misspelt."""
    unknown_profiles: tuple[str, ...] = ()
    """The same of flow profiles: no kind has steps for them."""


class PeopleLoader:
    """Puts a people file into effect."""

    def __init__(
        self,
        book: OrganisationBook,
        accounts: Accounts,
        sessions: Sessions,
        news: RightsNews,
        dictionaries: DictionaryBook,
    ) -> None:
        self._book = book
        self._dictionaries = dictionaries
        self._accounts = accounts
        self._sessions = sessions
        self._news = news

    def load(self, file: PeopleRows, *, by: Login = CLOCK, lasting: bool = False) -> Loaded:
        """Add or update units and people; open accounts for those who have none.

        A password given sets the password of that account and ends its sessions, as disabling
        does; it is good for setting another, unless it is `lasting`, as for a demo. Changed rights
        and passwords are told (`RightsNews`), and new accounts that a person opened; `by` is the
        administrator, or the clock for the machine's. All is checked before anything is changed.
        Raises Invalid: ``bad_people_file``
        (with ``row``, ``field`` and ``fault``), ``unknown_level``, and what
        `records.organisation.checked` raises.
        """
        units = tuple(_unit(row, number) for number, row in enumerate(file.units, start=1))
        people = tuple(_person(row, number) for number, row in enumerate(file.people, start=1))
        passwords = dict(_passwords(file.people))
        before = self._book.current()
        after = self._book.merge(units, people)
        here = {person.login for person in before.people}
        for person in people:
            if person.login in here:
                self._news.changed(before, after, person.login, by)
        codes: dict[str, str] = {}
        for person in people:
            password = passwords.get(person.login)
            known = self._accounts.exists(person.login)
            if password is not None or not known:
                code = self._accounts.open(person.login, password, lasting=lasting)
                if known:
                    self._sessions.end_others(person.login, keep=None)
                    self._news.password_set(person, by)
                if code is not None:
                    codes[person.login] = code
            if person.disabled:
                self._sessions.end_others(person.login, keep=None)
        if by != CLOCK:
            self._news.opened([each for each in people if each.login not in here], after, by)
        words = self._dictionaries.current()
        posts = dict.fromkeys(post for person in people for post in person.posts)
        profiles = dict.fromkeys(unit.profile for unit in units if unit.profile)
        return Loaded(
            len(units),
            len(people),
            codes,
            tuple(post for post in posts if not words.has(POSTS, post)),
            tuple(name for name in profiles if not words.has(PROFILES, name)),
        )

    def reset(self, login: Login, *, by: Login) -> str:
        """A one-time code in the place of somebody's password; all his sessions end (LG-07).

        Raises NotFound (``unknown_person``).
        """
        person = self._book.current().person(login)
        code = self._accounts.open(login, None)
        self._sessions.end_others(login, keep=None)
        self._news.password_set(person, by)
        return code or ""


def _unit(row: Mapping[str, Any], number: int) -> Unit:
    try:
        return Unit.model_validate(dict(row))
    except ValidationError as error:
        raise _bad_row("units", number, validation_fault(error.errors()[0])) from error


def _person(row: Mapping[str, Any], number: int) -> Person:
    values = {key: value for key, value in row.items() if key != "password"}
    if "clearance" in values:
        values["clearance"] = Level.of(_text(row, "clearance", number))
    try:
        person = Person.model_validate(values)
    except ValidationError as error:
        raise _bad_row("people", number, validation_fault(error.errors()[0])) from error
    if person.login == CLOCK or not _LOGIN.fullmatch(person.login):
        raise _bad_row("people", number, Fault(("login",), "no_login", {"name": person.login}))
    return person


def _passwords(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Login, str]]:
    for number, row in enumerate(rows, start=1):
        if row.get("password"):
            login, password = Login(row["login"]), _text(row, "password", number)
            try:
                check_password(password, login=login)
            except Invalid as error:
                raise _bad_row("people", number, Fault(("password",), error.reason)) from error
            yield login, password


def _text(row: Mapping[str, Any], key: str, number: int) -> str:
    """What stands there; a number without quotes is meant as its digits."""
    if not isinstance(row[key], str | int):
        raise _bad_row("people", number, Fault((key,), "string_type"))
    return str(row[key])


def _bad_row(table: str, number: int, fault: Fault) -> Invalid:
    return Invalid("bad_people_file", table=table, row=number, field=fault.key, **fault.facts)
