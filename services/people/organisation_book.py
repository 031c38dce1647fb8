"""The organisation as it stands now, and its changes (SY-01, SY-02, SY-06).

Each change is a new link of one chain, so the past is kept and two changes at once cannot lose
one. Every request looks for a newer link, so a moved person is moved with his next request.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from records.errors import Conflict, NotFound, Refused
from records.flow.decision import WorkDays
from records.identity import Login
from records.parameters.parameter import Parameters
from records.people.delegation import Delegation
from records.people.library_folders import LibraryFolder
from records.people.organisation import Organisation, Person
from records.people.organisation_check import checked, refuse_losing_the_last
from records.people.roles import Role, Roles
from records.people.unit_tree import FormerName, Unit
from records.ports.chains import Chains
from records.ports.clock import Clock
from records.times.office_time import Weekdays, office_day
from services.people.caller import Caller

_CHAIN = "organisation"
_TRIES = 20


class OrganisationBook:
    """Reads and changes the organisation."""

    def __init__(
        self,
        chains: Chains,
        clock: Clock,
        *,
        work_days: Callable[[], WorkDays] = Weekdays,
        parameters: Callable[[], Parameters] = Parameters,
        own_roles: Iterable[Role] = (),
    ) -> None:
        """`work_days` and `parameters` give callers the calendar and the limits of this moment.

        `own_roles` are those that this installation declares.
        """
        self._roles = Roles(own_roles)
        self.work_days = work_days
        self.parameters = parameters
        self._chains = chains
        self._clock = clock
        self._reading = threading.Lock()  # a large organisation is made of bytes once
        self._changing = threading.Lock()  # threads of one process need not race each other
        self._known = 0, Organisation(roles=self._roles)

    def current(self) -> Organisation:
        """The organisation of this moment; empty before the first people file was loaded."""
        return self._numbered()[1]

    @property
    def number(self) -> int:
        """The number of that state; 0 for the empty one."""
        return self._numbered()[0]

    def at(self, number: int) -> Organisation:
        """The state of that number. Raises NotFound (``no_such_version``)."""
        if not number:
            return Organisation(roles=self._roles)
        read = Organisation.model_validate_json(self._chains.link(_CHAIN, number).value)
        return read.model_copy(update={"roles": self._roles})

    def caller(self, login: Login) -> Caller:
        """The person as a caller. Raises Refused (``account_disabled``), also for the unknown."""
        organisation = self.current()
        try:
            person = organisation.person(login)
        except NotFound as error:
            raise Refused("account_disabled", login=login) from error
        if person.disabled:
            raise Refused("account_disabled", login=login)
        now = self._clock.now()
        reader = organisation.reader(login, office_day(now))
        return Caller(person, reader, organisation, now, self.work_days(), self.parameters())

    def merge(self, units: Iterable[Unit], people: Iterable[Person]) -> Organisation:
        """Add units and people, or put them in the place of those with the same code or login.

        Raises Invalid when the result is unsound; nothing is changed then.
        """
        given = tuple(units), tuple(people)
        return self._change(lambda before: merged(before, *given, at=self._clock.now()))

    def change(
        self, wanted: Callable[[Organisation], tuple[Iterable[Unit], Iterable[Person]]]
    ) -> Organisation:
        """As `merge`, of what `wanted` makes of the organisation that stands.

        It may be called again. Raises what it raises.
        """

        def changed(before: Organisation) -> Organisation:
            units, people = wanted(before)
            return merged(before, tuple(units), tuple(people), at=self._clock.now())

        return self._change(changed)

    def delegate(
        self, change: Callable[[tuple[Delegation, ...]], Iterable[Delegation]]
    ) -> Organisation:
        """Put other delegations in the place of those that stand; `change` may be called again.

        Raises what `change` raises, and Conflict (``organisation_busy``).
        """

        def changed(before: Organisation) -> Organisation:
            delegations = tuple(change(before.delegations))
            return Organisation(
                units=before.units,
                people=before.people,
                delegations=delegations,
                folders=before.folders,
                roles=before.roles,
            )

        return self._change(changed)

    def shelve(
        self, change: Callable[[tuple[LibraryFolder, ...]], tuple[LibraryFolder, ...]]
    ) -> Organisation:
        """Put other folders of libraries in the place of those that stand, as `delegate`.

        Raises what `change` raises, Conflict (``organisation_busy``), and Invalid as
        `records.people.library_folders.checked_folders`.
        """

        def changed(before: Organisation) -> Organisation:
            return Organisation(
                units=before.units,
                people=before.people,
                delegations=before.delegations,
                folders=change(before.folders),
                roles=before.roles,
            )

        return self._change(changed)

    def _change(self, change: Callable[[Organisation], Organisation]) -> Organisation:
        with self._changing:
            return self._change_alone(change)

    def _change_alone(self, change: Callable[[Organisation], Organisation]) -> Organisation:
        for _ in range(_TRIES):
            number, before = self._numbered()
            after = checked(change(before), before=before)
            refuse_losing_the_last(before, after)
            if after == before:
                return before
            try:
                self._chains.append(_CHAIN, number + 1, after.model_dump_json().encode())
            except Conflict:
                continue
            return self.current()
        raise Conflict("organisation_busy")

    def _numbered(self) -> tuple[int, Organisation]:
        """The newest link and its number, both of one moment.

        The store is asked without the lock: one slow answer holds up nobody else.
        """
        known = self._known
        link = self._chains.latest(_CHAIN, known=known[0])
        if link is None or link.number == known[0]:
            return known
        with self._reading:
            if link.number > self._known[0]:
                read = Organisation.model_validate_json(link.value)
                self._known = link.number, read.model_copy(update={"roles": self._roles})
            return self._known


def merged(
    before: Organisation, units: tuple[Unit, ...], people: tuple[Person, ...], *, at: datetime
) -> Organisation:
    """The organisation with these in the place of those with the same code or login.

    A unit that is called otherwise keeps, until when it was called what.
    """
    by_code = {unit.code: unit for unit in before.units}
    for unit in units:
        known = by_code.get(unit.code)
        by_code[unit.code] = unit if known is None else _renamed(known, unit, at)
    by_login = {person.login: person for person in before.people}
    for person in people:
        by_login[person.login] = _with_contact(by_login.get(person.login), person)
    return Organisation(
        units=tuple(by_code.values()),
        people=tuple(by_login.values()),
        delegations=before.delegations,
        folders=before.folders,
        roles=before.roles,
    )


def _with_contact(known: Person | None, person: Person) -> Person:
    """He as he is to be; what is not said of how he is reached is left as it is."""
    if known is None or known.contact is None:
        return person
    contact, told = known.contact, person.contact
    if told is not None:
        said = {name: getattr(told, name) for name in told.model_fields_set}
        contact = contact.model_copy(update=said)
    return person.model_copy(update={"contact": contact})


def _renamed(known: Unit, unit: Unit, at: datetime) -> Unit:
    former = known.former_names
    if unit.name != known.name:
        former = (*former, FormerName(name=known.name, until=at))
    return unit.model_copy(update={"former_names": former})
