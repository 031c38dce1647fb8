"""Who has read, signed or answered what was delivered to him, and who owes it (TZ-04, M12).

Counts are one listing for each state; when a receipt was given is read for the rows that are shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records.effects import About
from records.errors import Refused
from records.identity import Login
from records.organisation import Organisation
from services.after_commit.deliveries import Deliveries, Receipt
from services.finding.browse import OpenRecord
from services.notifications.stream import Matter
from services.notifications.telling import Teller
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One recipient and when he gave each receipt (ISO 8601); none of them is 未读."""

    login: Login
    name: str
    unit: str
    given: Mapping[Receipt, str]


class ReceiptDesk:
    """For those who took part in a record; to its readers it tells nothing of each other."""

    def __init__(self, deliveries: Deliveries, teller: Teller) -> None:
        self._deliveries = deliveries
        self._teller = teller

    def counts(self, opened: OpenRecord) -> tuple[int, Mapping[Receipt, int]]:
        """How many it was delivered to, and how many of them gave each receipt."""
        recipients = frozenset(self._recipients(opened))
        if not recipients:
            return 0, {}
        record = opened.revision.record
        given = {each: self._deliveries.given(record, each) for each in Receipt}
        return len(recipients), {each: len(who & recipients) for each, who in given.items()}

    def page(
        self,
        opened: OpenRecord,
        organisation: Organisation,
        *,
        owing: Receipt | None = None,
        offset: int = 0,
        size: int,
    ) -> list[ReceiptRow]:
        """Recipients, those who have not read first, then by unit; or only who owes a receipt."""
        record = opened.revision.record
        known = [
            person
            for login in self._recipients(opened)
            if (person := organisation.find_person(login)) is not None
        ]
        done = self._deliveries.given(record, owing or Receipt.READ) if known else frozenset()
        if owing is not None:
            known = [person for person in known if person.login not in done]
        known.sort(key=lambda person: (person.login in done, person.unit, person.login))
        shown = known[offset : offset + size]
        logins = [person.login for person in shown]
        times = {each: self._deliveries.times(record, each, logins) for each in Receipt}
        return [
            ReceiptRow(
                person.login,
                person.name,
                organisation.unit_name(person.unit),
                {each: at[person.login] for each, at in times.items() if person.login in at},
            )
            for person in shown
        ]

    def give(self, caller: Caller, opened: OpenRecord, receipt: Receipt) -> None:
        """The caller gives a receipt: he has read, signed for, answered or returned it.

        Raises Refused (``not_delivered``) when it was not delivered to him.
        """
        login, record = caller.person.login, opened.revision.record
        if login not in self._deliveries.recipients(record):
            raise Refused("not_delivered", record=record)
        for each in _implied(receipt):
            self._deliveries.give(record, login, each, caller.now.isoformat())

    def urge(self, caller: Caller, opened: OpenRecord, receipt: Receipt) -> int:
        """Tell everyone who owes a receipt (催办), once a day; how many owe it.

        Raises Refused (``not_yours``) for one who took no part.
        """
        if not opened.took_part:
            raise Refused("not_yours", action="催办")
        record = opened.revision.record
        owing = self._deliveries.owing(record, receipt)
        first = self._deliveries.urged(record, receipt, caller.today, caller.now)
        matter = Matter(About.URGED, record, caller.person.login, first, f"{receipt}")
        self._teller.tell(owing, matter)
        return len(owing)

    def _recipients(self, opened: OpenRecord) -> tuple[Login, ...]:
        return self._deliveries.recipients(opened.revision.record) if opened.took_part else ()


def _implied(receipt: Receipt) -> Iterator[Receipt]:
    """Whoever signs or answers has read."""
    if receipt is not Receipt.READ:
        yield Receipt.READ
    yield receipt
