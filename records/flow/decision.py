"""What a decision is made from, and what it is: values of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from records.consequences.reservations import Reservation
from records.errors import WenshuError
from records.flow.declarations import ActionDeclaration, StateDeclaration
from records.flow.task import Handwriting
from records.identity import Login
from records.people.organisation import Organisation
from records.revision import FieldValue, FileVersion, Revision
from records.rights.access import Reader, ReadRule
from records.schema.kind import Kind
from records.times.office_time import office_day


class WorkDays(Protocol):
    """Knows which days the office works."""

    def after_workdays(self, day: date, number: int) -> date:
        """The last of `number` working days after `day`."""
        ...


@dataclass(frozen=True, slots=True)
class ActionInput:
    """What the actor gives along.

    `chosen` is by label of the assignment, ``""`` where the action chooses but once; `task` says
    which of his own tasks he answers, `tasks` which of others' he touches; `step` the state that
    is returned or jumped to; `straight` whether the mended record comes straight back;
    `signer` and `signed_on` whose words on paper are entered, and of which day; `refused` that
    the child whose end finishes a task came to nothing; `files` all files of the record once those
    that came along stand among them, None where none came; `handwriting` the picture of what was
    written by pen.
    """

    opinion: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    task: int | None = None
    tasks: tuple[int, ...] = ()
    step: str | None = None
    straight: bool = False
    signer: Login | None = None
    signed_on: date | None = None
    refused: bool = False
    files: tuple[FileVersion, ...] | None = None
    handwriting: Handwriting | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """The surroundings of a decision: kind, organisation, the moment, who has opened the record.

    `opened_by` is None where it is not known: then nobody loses the right to read. `related` are
    the records that fields of this one name, by field, as far as guards and copies ask for them;
    `rules` say who may read each, `kinds` of which kind each is.
    """

    kind: Kind
    organisation: Organisation
    now: datetime
    work_days: WorkDays
    opened_by: frozenset[Login] | None = None
    related: Mapping[str, Revision] = field(default_factory=dict)
    rules: Mapping[str, ReadRule] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The calendar day in Beijing."""
        return office_day(self.now)


@dataclass(frozen=True)
class Situation:
    """One action about to be taken, or `only_looked_at`: what it asks for is still to be given."""

    office: Office
    revision: Revision
    actor: Reader
    name: str
    given: ActionInput = ActionInput()
    only_looked_at: bool = False

    @cached_property
    def action(self) -> ActionDeclaration:
        """What the kind declares of the action. Raises NotFound (``unknown_action``)."""
        return self.office.kind.action(self.name)

    @property
    def state(self) -> StateDeclaration | None:
        """The present state's declaration."""
        return self.office.kind.state(self.revision.state)

    @property
    def number(self) -> int:
        """The revision that the decision will be."""
        return self.revision.number + 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from an action; services add event, number and digest, and write it.

    `takes` is had before the commit and put into the fields and the `held_names` of `after`;
    `wants_free` must be nobody else's. What `after` holds no more is given back once it stands.
    """

    after: Revision
    takes: tuple[Reservation, ...] = ()
    wants_free: tuple[Reservation, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """An action and whether it can be taken now; `why_not` is the reason when it cannot."""

    name: str
    declaration: ActionDeclaration
    why_not: WenshuError | None
