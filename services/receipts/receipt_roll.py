"""Of one published record: who was asked, and what came back, from a few listings (M12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from records.identity import Login, Recipient, Token, UnitCode
from records.people.organisation import Organisation
from records.rights.answering import unit_of
from services.after_commit.answers import Standing
from services.people.caller import Caller


class Which(StrEnum):
    """Which recipients are meant."""

    ALL = "all"
    UNREAD = "unread"
    """未读"""
    SILENT = "silent"
    """已读未反馈"""
    ANSWERED = "answered"
    """已反馈"""
    OWING = "owing"
    """未反馈"""
    LATE = "late"
    """逾期: answered after the day, or past it without an answer."""


@dataclass(frozen=True)
class Roll:
    """Recipients of a record and what is counted of them.

    `joined` are those who may answer though nobody asked them when it was delivered: they came
    later, and owe nothing. `gone` are those of the asked who cannot answer any more and have not:
    they left, moved, their unit was merged, a correction left them out; they owe nothing either.
    `read` holds everybody who has opened it; `overdue` says that the day for answers is past,
    `by_unit` that units are among the recipients.
    """

    asked: tuple[Recipient, ...]
    joined: tuple[Recipient, ...]
    gone: frozenset[Recipient]
    read: frozenset[Login]
    answered: Mapping[Recipient, Standing]
    overdue: bool
    by_unit: bool
    organisation: Organisation

    def of(self, which: Which) -> list[Recipient]:
        """Those recipients, who has not read first, else in order of delivery; joined ones last."""
        meant = self._sets[which]
        found = [each for each in self.asked if each in meant]
        unread = [each for each in found if each not in self._read]
        read = [each for each in found if each in self._read]
        return [*unread, *read, *(each for each in self.joined if self._is_of(which, each))]

    def count(self, which: Which) -> int:
        """How many of those who were asked."""
        return len(self._sets[which])

    @property
    def readers(self) -> int:
        """How many of those who were asked have read it."""
        return len(self._read)

    def has_read(self, recipient: Recipient) -> bool:
        """Whether the person has opened it, or anybody of the unit."""
        unit = unit_of(recipient)
        return unit in self._units_read if unit else Login(recipient) in self.read

    def is_late(self, recipient: Recipient) -> bool:
        """Whether the answer came after the day, or is still to come after it."""
        return recipient in self._sets[Which.LATE]

    def is_gone(self, recipient: Recipient) -> bool:
        """Whether the recipient cannot answer any more."""
        return recipient in self.gone

    def is_joined(self, recipient: Recipient) -> bool:
        """Whether the recipient came later."""
        return recipient in self._joined

    def _is_of(self, which: Which, joined: Recipient) -> bool:
        """Whether somebody who came later is of this sort; he owes nothing and is never late."""
        if which is Which.ANSWERED:
            return joined in self.answered
        return which is Which.ALL

    @cached_property
    def _sets(self) -> Mapping[Which, frozenset[Recipient]]:
        """Those who were asked, by sort: made once, ten thousand of them in milliseconds."""
        asked = frozenset(self.asked)
        answered = asked & self.answered.keys()
        owing = asked - answered - self.gone
        late = {each for each in answered if self.answered[each].late}
        return {
            Which.ALL: asked,
            Which.UNREAD: owing - self._read,
            Which.SILENT: owing & self._read,
            Which.ANSWERED: answered,
            Which.OWING: owing,
            Which.LATE: frozenset(late | owing if self.overdue else late),
        }

    @cached_property
    def _read(self) -> frozenset[Recipient]:
        """Of those who were asked: who has read."""
        people = frozenset(map(Recipient, self.read))
        units = (Recipient(f"unit:{code}") for code in self._units_read)
        return frozenset(self.asked) & people.union(units if self.by_unit else ())

    @cached_property
    def _joined(self) -> frozenset[Recipient]:
        return frozenset(self.joined)

    @cached_property
    def _units_read(self) -> frozenset[UnitCode]:
        return frozenset(self._units())

    def _units(self) -> Iterator[UnitCode]:
        people = (self.organisation.find_person(login) for login in self.read)
        for own in {person.unit for person in people if person is not None}:
            yield from (unit.code for unit in self.organisation.upward(own))


def newcomers(
    asked: tuple[Recipient, ...],
    given: frozenset[Recipient],
    *,
    audience: frozenset[Token],
    caller: Caller,
) -> tuple[Recipient, ...]:
    """Who has read or answered without having been asked, and stands in the audience now."""

    def belongs(recipient: Recipient) -> bool:
        organisation = caller.organisation
        if unit_of(recipient) is not None:
            return True
        if organisation.find_person(Login(recipient)) is None:
            return False
        reader = organisation.reader(Login(recipient), caller.today)
        return not audience.isdisjoint(reader.tokens)

    return tuple(sorted(each for each in given - frozenset(asked) if belongs(each)))
