"""To whom a record was delivered, and what came back: 未读, 已读, 签收, 反馈, 退文 (M12).

Recipients are kept in one value for each delivery; what came back are names in the store,
``receipts/{record}/{state}/{login}``, so that nothing that grows with the readers stands in a
revision, counts are one listing of a state, and values are read for the rows that are shown.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from records.identity import Login, Recipient, RecordId
from records.people.organisation import Organisation
from records.ports.claims import Claims
from records.revision import Revision
from records.rights.answering import answers_by_unit, asked_of
from records.rights.reading import audience_of
from records.schema.kind import Kind


class Receipt(StrEnum):
    """What came back from a recipient; one who gave none has not read (未读)."""

    READ = "read"
    """已读"""
    SIGNED = "signed"
    """签收"""
    ANSWERED = "answered"
    """反馈"""
    RETURNED = "returned"
    """退文"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """To whom a record was delivered, and of whom an answer was wanted then."""

    people: tuple[Login, ...] = ()
    asked: tuple[Recipient, ...] = ()


class Deliveries:
    """Keeps recipients and receipts."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def deliver(self, kind: Kind, revision: Revision, organisation: Organisation) -> None:
        """Keep the recipients as of this revision; a second run changes nothing."""
        people = organisation.recipients(audience_of(kind, revision))
        told: object = people
        if answers_by_unit(kind, revision):
            told = {"people": people, "asked": asked_of(kind, revision, organisation)}
        name = f"deliveries/{revision.record}/{revision.number:08d}"
        self._claims.take(name, json.dumps(told).encode())

    def delivery(self, record: RecordId) -> Delivery:
        """The latest delivery; where units do not answer, everybody answers for himself."""
        names = list(self._claims.names(f"deliveries/{record}/"))
        value = self._claims.read(names[-1]) if names else None
        told = json.loads(value) if value else []
        if isinstance(told, dict):
            return Delivery(tuple(told["people"]), tuple(told["asked"]))
        return Delivery(tuple(told), tuple(told))

    def recipients(self, record: RecordId) -> tuple[Login, ...]:
        """Everyone the record was delivered to, by the latest delivery."""
        return self.delivery(record).people

    def give(self, record: RecordId, login: Login, receipt: Receipt, at: str) -> bool:
        """A receipt of this person at this instant (ISO 8601); whether it is the first.

        It is looked for before it is written: to open a record that was read writes nothing.
        """
        name = _name(record, receipt, login)
        return self._claims.read(name) is None and self._claims.take(name, at.encode()) is None

    def has(self, record: RecordId, login: Login, receipt: Receipt) -> bool:
        """Whether the person has given this receipt."""
        return self._claims.read(_name(record, receipt, login)) is not None

    def given(self, record: RecordId, receipt: Receipt) -> frozenset[Login]:
        """Everyone who has given it: one listing, whatever their number."""
        prefix = _name(record, receipt, Login(""))
        return frozenset(Login(name.removeprefix(prefix)) for name in self._claims.names(prefix))

    def opened_by(self, record: RecordId) -> frozenset[Login]:
        """Everyone who has opened it."""
        return self.given(record, Receipt.READ)

    def owing(self, record: RecordId, receipt: Receipt) -> tuple[Login, ...]:
        """The recipients who have not given it, in order of delivery: whom to urge (催办)."""
        given = self.given(record, receipt)
        return tuple(login for login in self.recipients(record) if login not in given)

    def urged(self, record: RecordId, receipt: Receipt, day: date, at: datetime) -> datetime:
        """When those who owe the receipt were urged first on this day: now, or before."""
        name = f"urged/{record}/{receipt}/{day}"
        first = self._claims.take(name, at.isoformat().encode())
        return at if first is None else datetime.fromisoformat(first.decode())

    def times(
        self, record: RecordId, receipt: Receipt, logins: Sequence[Login]
    ) -> Mapping[Login, str]:
        """When each of these gave it first (ISO 8601); one read for each of them."""
        found: dict[Login, str] = {}
        for login in logins:
            value = self._claims.read(_name(record, receipt, login))
            if value is not None:
                found[login] = value.decode()
        return found


def reading_of(revision: Revision) -> RecordId:
    """Under which name a record is read: what is delivered anew (重新通知) is unread once more."""
    again = revision.delivered > 1
    return RecordId(f"{revision.record}@{revision.delivered}") if again else revision.record


def _name(record: RecordId, receipt: Receipt, login: Login) -> str:
    return f"receipts/{record}/{receipt}/{login}"
