"""Puts units and people into the place of those before, with all that follows (SY-02, SY-06).

Who is new gets an account and a one-time code; whose rights differ is told, and so are the security
officers; who is disabled is shut out at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from records.errors import Conflict, Invalid, NotFound, Refused
from records.identity import CLOCK, Login
from records.people.organisation import Organisation, Person
from records.people.unit_tree import Unit
from services.administration.untold_changes import UntoldChanges
from services.people.accounts import Accounts
from services.people.organisation_book import OrganisationBook
from services.people.particulars import ParticularsBook
from services.people.rights_news import RightsNews
from services.people.sign_out_everywhere import SignOutEverywhere

Check = Callable[[Organisation], tuple[Sequence[Unit], Sequence[Person]]]
"""What shall stand, given what stands; raises what speaks against it."""


@dataclass(frozen=True, slots=True)
class Put:
    """What was put: before and after, and the one-time codes of new accounts."""

    before: Organisation
    after: Organisation
    codes: Mapping[Login, str]


class PeopleChanges:
    """The one way in which the organisation changes."""

    def __init__(
        self,
        book: OrganisationBook,
        accounts: Accounts,
        out: SignOutEverywhere,
        news: RightsNews,
        *,
        particulars: ParticularsBook,
        untold: UntoldChanges,
    ) -> None:
        self._untold = untold
        self._particulars = particulars
        self._book = book
        self._accounts = accounts
        self._out = out
        self._news = news

    def put(
        self,
        wanted: Check,
        *,
        by: Login,
        passwords: Mapping[Login, str],
        lasting: bool = False,
    ) -> Put:
        """Put what `wanted` gives; all or nothing. Raises what it raises, and as the book.

        A password given sets that of the account and ends its sessions and tokens; it is good for
        setting another, unless it is `lasting`. Where this ends before all is told, `UntoldChanges`
        tells it.
        """
        found: list[tuple[Organisation, tuple[Unit, ...], tuple[Person, ...]]] = []

        def change(before: Organisation) -> tuple[Sequence[Unit], Sequence[Person]]:
            units, people = wanted(before)
            found.append((before, tuple(units), tuple(people)))
            return units, people

        mark = self._untold.begun(by)
        try:
            after = self._book.change(change)
        except (Conflict, Invalid, NotFound, Refused):
            self._untold.ended(mark)
            raise
        before, units, people = found[-1]
        self._news.units_changed(before, after, units, by)
        codes = self._accounted(before, after, people, by, passwords, lasting=lasting)
        self._untold.ended(mark)
        return Put(before, after, codes)

    def reset(self, person: Person, *, by: Login) -> str:
        """A one-time code in the place of the password; sessions and tokens end (LG-07).

        So does every bound address: whoever had the password may have bound his own.
        """
        self._particulars.release_all(person.login)
        code = self._accounts.open(person.login, None)
        self._out.of(person.login)
        self._news.password_set(person, by)
        return code or ""

    def _accounted(
        self,
        before: Organisation,
        after: Organisation,
        people: Sequence[Person],
        by: Login,
        passwords: Mapping[Login, str],
        *,
        lasting: bool,
    ) -> dict[Login, str]:
        here = {person.login for person in before.people}
        codes: dict[Login, str] = {}
        for person in people:
            if person.login in here:
                self._news.changed(before, after, person.login, by)
        for person in people:
            password = passwords.get(person.login)
            known = self._accounts.exists(person.login)
            if password is not None or not known:
                code = self._accounts.open(person.login, password, lasting=lasting)
                if known:
                    self._out.of(person.login)
                    self._news.password_set(person, by)
                if code is not None:
                    codes[person.login] = code
            if person.disabled:
                self._out.of(person.login)
        if by != CLOCK:
            self._news.opened([each for each in people if each.login not in here], after, by)
        return codes
