"""Who has read, signed or answered what was delivered to him, and who owes it (TZ-04, M12).

Counts are one listing for each state; what was given is read for the rows that are shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from records.consequences.effects import About
from records.errors import Refused
from records.identity import Login, Recipient, UnitCode
from records.rights.access import unit_token
from records.rights.answering import (
    answer_due_of,
    answerers,
    answers_by_unit,
    asked_of,
    unit_of,
    wanted_of,
)
from records.rights.reading import audience_of
from records.times.deadlines import is_over
from services.after_commit.answers import Answer, AnswerBook
from services.after_commit.deliveries import Deliveries, Receipt, reading_of
from services.finding.browse import OpenRecord
from services.notifications.stream import Matter
from services.notifications.telling import Teller
from services.people.caller import Caller
from services.receipts.receipt_roll import Roll, Which, newcomers


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One recipient and when he gave each receipt (ISO 8601); none of them is 未读."""

    recipient: Recipient
    name: str
    unit: str
    given: Mapping[Receipt, str]
    answer: Answer | None = None
    late: bool = False
    joined: bool = False
    """Came after the delivery: sees it, and owes nothing."""
    gone: bool = False
    """Cannot answer any more, and has not: owes nothing."""
    read: tuple[int, int] | None = None
    """Of a unit: how many of its people have read it, of how many."""


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """How many were asked, and how many of them gave what."""

    total: int = 0
    given: Mapping[Receipt, int] = field(default_factory=dict)
    of: Mapping[Which, int] = field(default_factory=dict)
    choices: Mapping[str, int] = field(default_factory=dict)
    """Of the choice that the answer counts (参加, 请假, 替会): how many gave each."""
    joined: int = 0


class ReceiptDesk:
    """For those who took part in a record; to its readers it tells nothing of each other."""

    def __init__(self, deliveries: Deliveries, answers: AnswerBook, teller: Teller) -> None:
        self._deliveries = deliveries
        self._answers = answers
        self._teller = teller

    def roll(self, caller: Caller, opened: OpenRecord) -> Roll:
        """The recipients and what came back, from a few listings; none for who took no part."""
        kind, revision, organisation = opened.kind, opened.revision, caller.organisation
        if not opened.took_part:
            nobody = frozenset[Recipient]()
            return Roll(
                (), (), nobody, frozenset(), {}, overdue=False, by_unit=False,
                organisation=organisation,
            )  # fmt: skip
        delivery = self._deliveries.delivery(revision.record)
        read = self._deliveries.given(reading_of(revision), Receipt.READ)
        wanted = wanted_of(kind, revision)
        answered = self._answers.standings(revision.record) if wanted else {}
        by_unit = answers_by_unit(kind, revision)
        given = frozenset({*answered, *(() if by_unit else map(Recipient, read))})
        audience = audience_of(kind, revision)
        joined = newcomers(delivery.asked, given, audience=audience, caller=caller)
        done = answered.keys() if wanted else given
        return Roll(
            delivery.asked,
            joined if delivery.asked else (),
            frozenset(delivery.asked) - frozenset(asked_of(kind, revision, organisation)) - done,
            read,
            answered,
            overdue=is_over(answer_due_of(kind, revision), caller.today),
            by_unit=by_unit,
            organisation=organisation,
        )

    def counts(self, opened: OpenRecord, roll: Roll) -> ReceiptCounts:
        """All counts of a record."""
        if not roll.asked:
            return ReceiptCounts()
        asked = frozenset(roll.asked)
        given = {
            each: len(asked.intersection(map(Recipient, self._given(opened, each))))
            for each in (Receipt.SIGNED, Receipt.RETURNED)
        }
        of = {which: roll.count(which) for which in Which}
        given[Receipt.READ] = roll.readers
        given[Receipt.ANSWERED] = of[Which.ANSWERED]
        return ReceiptCounts(len(asked), given, of, _chosen(opened, roll), len(roll.joined))

    def page(
        self,
        opened: OpenRecord,
        roll: Roll,
        *,
        which: Which = Which.ALL,
        owing: Receipt | None = None,
        offset: int = 0,
        size: int,
    ) -> list[ReceiptRow]:
        """Recipients, those who have not read first; or only who owes a receipt."""
        found = roll.of(which)
        if owing is not None:
            done = self._given(opened, owing) if owing is not Receipt.READ else roll.read
            done = done if owing is not Receipt.ANSWERED else done | {*map(Login, roll.answered)}
            found = [each for each in found if Login(each) not in done and not roll.is_gone(each)]
        return list(self._rows(opened, roll, found[offset : offset + size]))

    def all(self, opened: OpenRecord, roll: Roll) -> Iterator[ReceiptRow]:
        """Every row, read as it is taken: for an export."""
        return self._rows(opened, roll, roll.of(Which.ALL))

    def give(self, caller: Caller, opened: OpenRecord, receipt: Receipt) -> None:
        """The caller gives a receipt: he has read, signed for, answered or returned it.

        Raises Refused: ``not_delivered`` when it was not delivered to him, ``answer_has_form`` for
        an answer that consists of more.
        """
        login, revision = caller.person.login, opened.revision
        if receipt is Receipt.ANSWERED and wanted_of(opened.kind, revision) is not None:
            raise Refused("answer_has_form", record=revision.record)
        if login not in self._deliveries.recipients(revision.record):
            raise Refused("not_delivered", record=revision.record)
        for each in _implied(receipt):
            where = reading_of(revision) if each is Receipt.READ else revision.record
            self._deliveries.give(where, login, each, caller.now.isoformat())

    def urge(self, caller: Caller, opened: OpenRecord, receipt: Receipt) -> int:
        """Tell everyone who owes a receipt (催办), once a day; how many owe it.

        Raises Refused (``not_yours_to_urge``) for one who took no part.
        """
        if not opened.took_part:
            raise Refused("not_yours_to_urge", record=opened.revision.record)
        roll, record = self.roll(caller, opened), opened.revision.record
        owing = self._owing(opened, roll, receipt)
        first = self._deliveries.urged(record, receipt, caller.today, caller.now)
        matter = Matter(About.URGED, record, caller.person.login, first, f"{receipt}")
        self._teller.tell(_people(opened, roll, owing), matter)
        return len(owing)

    def _owing(self, opened: OpenRecord, roll: Roll, receipt: Receipt) -> list[Recipient]:
        here = [each for each in roll.asked if not roll.is_gone(each)]
        if receipt is Receipt.READ:
            return [each for each in here if not roll.has_read(each)]
        given = {*map(Recipient, self._given(opened, receipt))}
        if receipt is Receipt.ANSWERED:
            given |= roll.answered.keys()
        return [each for each in here if each not in given]

    def _given(self, opened: OpenRecord, receipt: Receipt) -> frozenset[Login]:
        return self._deliveries.given(opened.revision.record, receipt)

    def _rows(
        self, opened: OpenRecord, roll: Roll, shown: Iterable[Recipient]
    ) -> Iterator[ReceiptRow]:
        given = {e: roll.read if e is Receipt.READ else self._given(opened, e) for e in Receipt}
        for recipient in shown:
            unit = unit_of(recipient)
            answer = None
            if (standing := roll.answered.get(recipient)) is not None:
                answer = self._answers.read(opened.revision.record, recipient, standing.number)
            name, of_unit = _named(roll, recipient)
            who = Login(recipient)
            yield ReceiptRow(
                recipient,
                name,
                of_unit,
                given={e: self._time(opened, e, who) for e in Receipt if who in given[e]},
                answer=answer,
                late=roll.is_late(recipient),
                joined=roll.is_joined(recipient),
                gone=roll.is_gone(recipient),
                read=_read_of(roll, unit) if unit else None,
            )

    def _time(self, opened: OpenRecord, receipt: Receipt, login: Login) -> str:
        """When he gave the receipt first (ISO 8601)."""
        revision = opened.revision
        where = reading_of(revision) if receipt is Receipt.READ else revision.record
        return self._deliveries.times(where, receipt, [login])[login]


def _chosen(opened: OpenRecord, roll: Roll) -> Mapping[str, int]:
    """How many gave each choice, in the order of its options; joined ones count as well."""
    answer = opened.kind.answer
    if answer is None or answer.counted is None:
        return {}
    given = [standing.choice for standing in roll.answered.values()]
    return {option: given.count(option) for option in answer.fields[answer.counted].options}


def _named(roll: Roll, recipient: Recipient) -> tuple[str, str]:
    """The recipient's name, and the unit he is of."""
    organisation, unit = roll.organisation, unit_of(recipient)
    if unit is not None:
        return organisation.full_name(unit), ""
    person = organisation.find_person(Login(recipient))
    of_unit = organisation.unit_name(person.unit) if person is not None else ""
    return organisation.name_of(Login(recipient)), of_unit


def _read_of(roll: Roll, unit: UnitCode) -> tuple[int, int]:
    people = roll.organisation.holders(unit_token(unit))
    return sum(person.login in roll.read for person in people), len(people)


def _people(opened: OpenRecord, roll: Roll, owing: Iterable[Recipient]) -> list[Login]:
    """Whom to tell: a person himself, of a unit those who answer for it."""
    answer = opened.kind.answer
    if answer is None:
        return [Login(each) for each in owing]
    told = (person.login for each in owing for person in answerers(answer, each, roll.organisation))
    return list(dict.fromkeys(told))


def _implied(receipt: Receipt) -> Iterator[Receipt]:
    """Whoever signs or answers has read."""
    if receipt is not Receipt.READ:
        yield Receipt.READ
    yield receipt
