"""The organisation as it stands now, and its changes (SY-01, SY-02, SY-06).

Each change is a new link of one chain, so the past is kept and two changes at once cannot lose
one. Every request looks for a newer link, so a moved person is moved with his next request.
"""

import threading
from collections.abc import Callable, Iterable

from records.errors import Conflict, NotFound, Refused
from records.flow.decision import WorkDays
from records.identity import Login
from records.office_time import Weekdays
from records.organisation import Organisation, Person, Unit, checked
from records.ports.chains import Chains
from records.ports.clock import Clock
from services.people.caller import Caller

_CHAIN = "organisation"
_TRIES = 20


class OrganisationBook:
    """Reads and changes the organisation."""

    def __init__(
        self, chains: Chains, clock: Clock, work_days: Callable[[], WorkDays] = Weekdays
    ) -> None:
        """`work_days` gives the calendar of the office as it stands."""
        self._chains = chains
        self._clock = clock
        self.work_days = work_days
        self._lock = threading.Lock()
        self._merging = threading.Lock()  # threads of one process need not race each other
        self._number = 0
        self._current = Organisation()

    def current(self) -> Organisation:
        """The organisation of this moment; empty before the first people file was loaded."""
        return self._numbered()[1]

    def caller(self, login: Login) -> Caller:
        """The person as a caller. Raises Refused (``account_disabled``), also for the unknown."""
        organisation = self.current()
        try:
            person = organisation.person(login)
        except NotFound as error:
            raise Refused("account_disabled", login=login) from error
        if person.disabled:
            raise Refused("account_disabled", login=login)
        reader, now = organisation.reader(login), self._clock.now()
        return Caller(person, reader, organisation, now, self.work_days())

    def merge(self, units: Iterable[Unit], people: Iterable[Person]) -> Organisation:
        """Add units and people, or put them in the place of those with the same code or login.

        Raises Invalid when the result is unsound; nothing is changed then.
        """
        with self._merging:
            return self._merge(tuple(units), tuple(people))

    def _merge(self, new_units: tuple[Unit, ...], new_people: tuple[Person, ...]) -> Organisation:
        for _ in range(_TRIES):
            number, before = self._numbered()
            after = checked(_merged(before, new_units, new_people))
            if after == before:
                return before
            try:
                self._chains.append(_CHAIN, number + 1, after.model_dump_json().encode())
            except Conflict:
                continue
            return self.current()
        raise Conflict("organisation_busy")

    def _numbered(self) -> tuple[int, Organisation]:
        """The newest link and its number, both of one moment."""
        with self._lock:
            link = self._chains.latest(_CHAIN, known=self._number)
            if link is not None and link.number != self._number:
                self._current = Organisation.model_validate_json(link.value)
                self._number = link.number
            return self._number, self._current


def _merged(
    before: Organisation, units: tuple[Unit, ...], people: tuple[Person, ...]
) -> Organisation:
    by_code = {unit.code: unit for unit in (*before.units, *units)}
    by_login = {person.login: person for person in (*before.people, *people)}
    return Organisation(units=tuple(by_code.values()), people=tuple(by_login.values()))
