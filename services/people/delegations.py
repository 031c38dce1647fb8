"""委托代办 (SY-10): set up by the person or an administrator, and ended early by either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from records.errors import Invalid, NotFound, Refused
from records.identity import KindName, Login
from records.parameters.catalogue import DELEGATION_DAYS
from records.people.delegation import KEPT_DAYS, Delegation, refuse_unsound
from records.people.organisation import Organisation
from records.people.roles import Power
from records.ports.clock import Clock
from records.schema.kind import Kinds
from records.times.office_time import office_day
from services.people.caller import Caller
from services.people.organisation_book import OrganisationBook
from services.people.rights_news import RightsNews


@dataclass(frozen=True, slots=True)
class Wanted:
    """A delegation as it is asked for; no kinds are all kinds."""

    of: Login
    to: Login
    from_on: date
    until_on: date
    kinds: tuple[str, ...] = ()
    reason: str = ""


class DelegationDesk:
    """Sets delegations up and ends them. They stand in the organisation, and work from there on."""

    def __init__(
        self, book: OrganisationBook, kinds: Kinds, clock: Clock, news: RightsNews
    ) -> None:
        self._book = book
        self._kinds = kinds
        self._clock = clock
        self._news = news

    def given_by(self, caller: Caller, login: Login) -> tuple[Delegation, ...]:
        """What somebody has handed over, newest first; one's own, or anybody's to administrators.

        Raises Refused (``not_your_delegation``).
        """
        _refuse_strangers(caller, login)
        return _newest_first(each for each in caller.organisation.delegations if each.of == login)

    def taken_by(self, caller: Caller) -> tuple[Delegation, ...]:
        """What others have handed over to the caller, newest first."""
        own = caller.person.login
        return _newest_first(each for each in caller.organisation.delegations if each.to == own)

    def set_up(self, caller: Caller, wanted: Wanted) -> Delegation:
        """The delegation, in effect from its first day on, for what waits already too.

        An administrator's is told to both and to the security officers: it opens papers to people.
        Raises Refused (``not_your_delegation``), Invalid (``unknown_person``, ``unknown_kind``,
        ``too_long``, and as `records.people.delegation.refuse_unsound`).
        """
        _refuse_strangers(caller, wanted.of)
        kinds = tuple(self._kinds.get(name).kind for name in dict.fromkeys(wanted.kinds))
        today = office_day(self._clock.now())
        made: list[Delegation] = []

        def change(standing: tuple[Delegation, ...]) -> Sequence[Delegation]:
            number = max((each.number for each in standing), default=0) + 1
            new = _delegation(wanted, kinds, number, caller.person.login)
            refuse_unsound(new, standing, today, most_days=caller.parameters[DELEGATION_DAYS])
            made.append(new)
            return (*_kept(standing, today), new)

        for login in (wanted.of, wanted.to):
            _refuse_absent(self._book.current(), login)
        organisation = self._book.delegate(change)
        if caller.person.login != wanted.of:
            self._news.delegated(made[-1], organisation)
        return made[-1]

    def end(self, caller: Caller, number: int) -> Delegation:
        """End one now; nothing happens to one that is over.

        Raises NotFound (``unknown_delegation``), for those of others as well.
        """
        now = self._clock.now()
        found: list[Delegation] = []

        def change(standing: tuple[Delegation, ...]) -> Sequence[Delegation]:
            one = next((each for each in standing if each.number == number), None)
            if one is None or not _may_keep(caller, one.of):
                raise NotFound("unknown_delegation", number=number)
            over = one.is_over(office_day(now))
            ended = one if over else one.model_copy(update={"ended_at": now})
            found.append(ended)
            return [ended if each.number == number else each for each in standing]

        self._book.delegate(change)
        return found[-1]


def _may_keep(caller: Caller, login: Login) -> bool:
    return caller.person.login == login or caller.may(Power.DELEGATIONS)


def _refuse_strangers(caller: Caller, login: Login) -> None:
    if not _may_keep(caller, login):
        raise Refused("not_your_delegation")


def _refuse_absent(organisation: Organisation, login: Login) -> None:
    person = organisation.find_person(login)
    if person is None or person.disabled:
        raise Invalid("unknown_person", login=login, field="to")


def _delegation(
    wanted: Wanted, kinds: tuple[KindName, ...], number: int, set_by: Login
) -> Delegation:
    reason = " ".join(wanted.reason.split())
    if len(reason) > 200:
        raise Invalid("too_long", field="reason", label="原因", max=200, given=len(reason))
    return Delegation(
        number=number,
        of=wanted.of,
        to=wanted.to,
        from_on=wanted.from_on,
        until_on=wanted.until_on,
        kinds=kinds,
        reason=reason,
        set_by=set_by,
    )


def _kept(standing: tuple[Delegation, ...], today: date) -> list[Delegation]:
    """Without those long over; the newest stays, so that its number is never used again."""
    return [
        each
        for each in standing
        if (today - each.until_on).days <= KEPT_DAYS or each is standing[-1]
    ]


def _newest_first(delegations: Iterable[Delegation]) -> tuple[Delegation, ...]:
    return tuple(sorted(delegations, key=lambda each: -each.number))
