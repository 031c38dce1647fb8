"""Tasks, opinions and steps: what a record's flow leaves behind in its revisions (M06, M07)."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from records.frozen import Frozen
from records.identity import Login, Sha256, Token, UnitCode


class Outcome(StrEnum):
    """How a task ended; without it 已办, statistics and the form cannot tell signed from undone."""

    DONE = "done"
    RETURNED = "returned"
    """Its holder sent the record back (退回)."""
    HANDED_ON = "handed_on"
    """Somebody else has it now (转办, 改派)."""
    CANCELLED = "cancelled"
    """The record moved, or it was taken back, before its holder acted."""
    WAIVED = "waived"
    """An office let it go with a reason (免除)."""
    TIMED_OUT = "timed_out"
    READ = "read"
    """A side task was read or answered (已阅)."""


class Verdict(StrEnum):
    """What an opinion says, apart from its words; joins count it."""

    AGREE = "agree"
    DISAGREE = "disagree"
    ABSTAIN = "abstain"
    READ = "read"
    """圈阅: seen and signed, without words."""
    NONE = "none"


ANSWERED = frozenset({Outcome.DONE, Outcome.RETURNED})
"""Outcomes of whoever acted on the matter himself."""


class Task(Frozen):
    """What waits for somebody, held by a token until it ends.

    A task holds its state: the record cannot leave a joining state before it ends. A side task
    (传阅, 待阅, a question) holds nothing and outlives the state.
    """

    number: int = Field(ge=1, description="Counted from 1 within the record, never used twice")
    holder: Token
    label: str
    state: str
    opened_at: datetime
    opened_by: Login | None = None
    due_on: date | None = None
    side: bool = False
    unit: UnitCode | None = Field(default=None, description="The unit for which it is held")
    round: int = Field(default=1, ge=1, description="Counts how often the state was entered")
    weight: int = Field(default=1, ge=1, description="Of its vote (票签)")
    blocked: bool = Field(default=False, description="Waits for other tasks to end")
    after: str | None = Field(default=None, description="Label of the tasks that come before")
    waits_for: tuple[int, ...] = Field(default=(), description="Numbers of such tasks")
    claimed_by: Login | None = Field(default=None, description="Who of several holders took it")
    origin: Token | None = Field(default=None, description="Who had it before it was handed on")
    returns_to: int | None = Field(default=None, description="The task that asked for this one")
    done_by: Login | None = None
    done_at: datetime | None = None
    outcome: Outcome | None = None
    because: int | None = Field(default=None, description="The revision that ended it")
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its holder (blocked ones and side tasks included)."""
        return self.done_at is None

    @property
    def holds(self) -> bool:
        """Whether the state waits for it."""
        return self.is_open and not self.side

    @property
    def ended_as(self) -> Outcome | None:
        """Its outcome; a task of a revision written before outcomes were kept was done."""
        return self.outcome or (None if self.is_open else Outcome.DONE)


class Handwriting(Frozen):
    """The picture of what was written by pen, kept with the record's files."""

    sha256: Sha256
    size_bytes: int = Field(ge=1)
    width: int = Field(ge=1, description="In units of the picture")
    height: int = Field(ge=1)


class Opinion(Frozen):
    """What somebody said when acting (M07); never changed afterwards."""

    by: Login
    name: str
    action: str
    state: str
    text: str
    at: datetime
    verdict: Verdict = Verdict.NONE
    task: int | None = None
    label: str | None = None
    round: int = 1
    unit: UnitCode | None = Field(default=None, description="For which unit, where tasks say so")
    place: UnitCode | None = Field(default=None, description="For which unit he spoke (兼职)")
    for_: Login | None = Field(default=None, description="Whom the actor deputised (X 代 Y)")
    on: str | None = Field(default=None, description="Digest of the text that it was given on")
    entered_by: Login | None = Field(default=None, description="Who entered it from paper (补录)")
    signed_on: date | None = Field(default=None, description="The day on the paper")
    handwriting: Handwriting | None = Field(
        default=None, description="What was written by pen, beside the text or instead of it"
    )


class Held(Frozen):
    """A task as a step remembers it, so that it can be opened again."""

    holder: Token
    label: str
    origin: Token | None = None
    unit: UnitCode | None = None
    after: str | None = None
    weight: int = 1
    serial: bool = Field(default=False, description="It waited for the one before it (顺序会签)")


class Step(Frozen):
    """A state that was left: by whom, by which action, and who held it. 退回 leads back to it."""

    state: str
    by: Login
    action: str | None = None
    holders: tuple[Held, ...] = ()
    number: int | None = Field(default=None, description="The revision that left it")


class WayBack(Frozen):
    """Where a record that was returned goes when it was mended: straight to who returned it."""

    state: str
    holders: tuple[Held, ...]
    via: str | None = Field(description="The action that takes the way; None for any")
