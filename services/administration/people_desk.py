"""People as administrators keep them, each his own (SY-02, SY-04, SY-06, SY-07)."""

import hashlib

from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import Login
from records.people.organisation import Organisation, Person
from records.people.person import sound_login
from services.administration.people_changes import PeopleChanges
from services.administration.scope import keeps, refuse_beyond, scope_needed
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook


def seen(person: Person) -> str:
    """What stood of a person when a form was made of it, in short."""
    return hashlib.sha256(person.model_dump_json().encode()).hexdigest()[:16]


class PeopleDesk:
    """Adds, changes and disables people."""

    def __init__(self, book: OrganisationBook, changes: PeopleChanges) -> None:
        self._book = book
        self._changes = changes

    def one(self, caller: Caller, login: Login) -> Person:
        """Somebody whom the caller keeps.

        Raises Refused (``administrators_only``), and NotFound (``unknown_person``) also for those
        whom others keep.
        """
        scope = scope_needed(caller)
        person = caller.organisation.find_person(login)
        if person is None or not scope.has(person.unit):
            raise NotFound("unknown_person", login=login)
        return person

    def add(self, caller: Caller, person: Person) -> str:
        """A new person; the one-time code of his account.

        Raises Invalid (``bad_login``, ``login_taken``), as
        `services.administration.scope.refuse_beyond` and
        `records.people.organisation_check.checked`.
        """
        sound_login(person.login)

        def wanted(before: Organisation) -> tuple[tuple[()], tuple[Person]]:
            if before.find_person(person.login) is not None:
                raise Invalid("login_taken", field="login", given=person.login)
            refuse_beyond(caller, before, (), (person,))
            return (), (person,)

        put = self._changes.put(wanted, by=caller.person.login, passwords={})
        return put.codes.get(person.login, "")

    def change(self, caller: Caller, person: Person, *, was: str) -> Person:
        """Put another person of that login in his place; `was` is what stood, by `seen`.

        Raises as `one` and `add`, and Conflict (``person_changed``) when it stands otherwise now.
        """
        self.one(caller, person.login)

        def wanted(before: Organisation) -> tuple[tuple[()], tuple[Person]]:
            if seen(before.person(person.login)) != was:
                raise Conflict("person_changed", who=person.name)
            refuse_beyond(caller, before, (), (person,))
            return (), (person,)

        put = self._changes.put(wanted, by=caller.person.login, passwords={})
        return put.after.person(person.login)

    def switch(self, caller: Caller, login: Login, *, disabled: bool) -> Person:
        """Disable somebody, or have him back. Raises as `change`."""
        self.one(caller, login)
        made: list[Person] = []

        def wanted(before: Organisation) -> tuple[tuple[()], tuple[Person]]:
            person = before.person(login).model_copy(update={"disabled": disabled})
            refuse_beyond(caller, before, (), (person,))
            made.append(person)
            return (), (person,)

        self._changes.put(wanted, by=caller.person.login, passwords={})
        return made[-1]

    def reset(self, caller: Caller, login: Login) -> str:
        """A one-time code in the place of his password. Raises as `one`, and ``kept_above``."""
        person = self.one(caller, login)
        if not keeps(caller, person):
            raise Refused("kept_above", who=person.name)
        return self._changes.reset(person, by=caller.person.login)
