"""委托代办 (SY-10): somebody acts on another's tasks for some days.

One level: a deputy's deputy gets nothing, since only what a person holds himself is handed over,
his own name and his posts, and never his roles. A deputy reads by his own clearance. Both may
act, and the first wins. Nobody who is disabled gives or takes anything.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from records.errors import Invalid
from records.identity import KindName, Login, Token
from records.rights.access import deputy_token
from records.times.office_time import office_day

KEPT_DAYS = 366
"""How long one that is over is kept in the organisation; the chain of changes keeps it for ever."""

TOLD_DAYS = 7
"""For how long whoever was a deputy is told that he is none any more (parameter)."""

HANDED_OVER = ("person:", "post:")
"""Tokens that a deputy acts for: not units or roles, which are held by many or by duty."""


class Delegation(BaseModel):
    """One person's tasks, open to another from a day to a day (Asia/Shanghai), both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1, description="Within the organisation, never used twice")
    of: Login
    to: Login
    from_on: date
    until_on: date
    kinds: tuple[KindName, ...] = Field(default=(), description="None is every kind")
    reason: str = Field(default="", max_length=200)
    set_by: Login
    ended_at: datetime | None = Field(default=None, description="When it was ended early")

    def runs_on(self, day: date) -> bool:
        """Whether the deputy may act on that day."""
        return self.ended_at is None and self.from_on <= day <= self.until_on

    def is_over(self, day: date) -> bool:
        """Whether it will never run again."""
        return self.ended_at is not None or self.until_on < day

    @property
    def last_on(self) -> date:
        """The last day on which it ran, or was to run."""
        return self.until_on if self.ended_at is None else office_day(self.ended_at)

    def overlaps(self, other: "Delegation") -> bool:
        """Whether both run on some day, neither having been ended."""
        lasting = self.ended_at is None and other.ended_at is None
        return lasting and self.from_on <= other.until_on and other.from_on <= self.until_on

    def tokens(self, held: Iterable[Token]) -> Iterator[Token]:
        """What the deputy carries for what is `held` by the one who is away."""
        for token in held:
            if token.startswith(HANDED_OVER):
                if not self.kinds:
                    yield deputy_token(token)
                for kind in self.kinds:
                    yield deputy_token(token, kind)


def refuse_unsound(
    new: Delegation, others: Iterable[Delegation], today: date, *, most_days: int
) -> None:
    """Whether it may be set up beside those that stand.

    Raises Invalid: ``delegation_to_oneself``, ``delegation_days`` (the wrong way round, over
    already, or longer than `most_days`: a longer absence is a change of posts),
    ``delegation_twice``, ``delegation_loop``.
    """
    if new.of == new.to:
        raise Invalid("delegation_to_oneself", field="to")
    days = (new.until_on - new.from_on).days + 1
    if days < 1 or days > most_days or new.until_on < today:
        raise Invalid("delegation_days", field="until_on", most=most_days)
    beside = [each for each in others if each.overlaps(new)]
    for each in beside:
        if (each.of, each.to) == (new.of, new.to) and _share_kinds(each, new):
            raise Invalid("delegation_twice", field="to", until=each.until_on.isoformat())
    _refuse_loop(new, beside)


def _share_kinds(one: Delegation, other: Delegation) -> bool:
    return not one.kinds or not other.kinds or bool({*one.kinds} & {*other.kinds})


def _refuse_loop(new: Delegation, beside: list[Delegation]) -> None:
    """Followed from the deputy on, nobody's tasks come back to where they came from."""
    reached, ahead = {new.to}, [new.to]
    while ahead:
        giver = ahead.pop()
        for each in beside:
            if each.of == giver and each.to not in reached:
                reached.add(each.to)
                ahead.append(each.to)
    if new.of in reached:
        raise Invalid("delegation_loop", field="to")
