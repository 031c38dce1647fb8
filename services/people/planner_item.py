"""An item of 工作助手 (GT-09): what it is, when it begins and ends, when its person is reminded."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from records.times.office_time import OFFICE_ZONE

AHEAD = timedelta(minutes=15)
"""So long before it begins one is reminded: what office calendars set (Outlook: 15 minutes)."""


class ItemSort(StrEnum):
    """What an item is."""

    NOTE = "note"
    """便签: words, and no day."""
    APPOINTMENT = "appointment"
    """日程: a day, with times or without."""
    PLAN = "plan"
    """计划: something to be done, by a day or some time."""


class PlannerItem(BaseModel):
    """One item; `version` tells which change of it this is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int
    sort: ItemSort
    text: str
    on: date | None = None
    begins: time | None = None
    ends: time | None = None
    done: bool = False
    at: datetime
    """When it was made."""
    changed_at: datetime | None = None
    """When it was changed last."""

    @property
    def begins_at(self) -> datetime | None:
        """The instant at which it begins; None for what has no time."""
        return self._at(self.begins)

    @property
    def over_at(self) -> datetime | None:
        """The instant at which it ends; where that is not told, at which it begins."""
        return self._at(self.ends or self.begins)

    @property
    def reminded_at(self) -> datetime | None:
        """When its person is to be reminded; None for what has no time."""
        begins_at = self.begins_at
        return begins_at - AHEAD if begins_at is not None else None

    @property
    def when(self) -> str:
        """11月23日 9:00; empty for what has no time (GB/T 15835: hours without a leading zero)."""
        if self.on is None or self.begins is None:
            return ""
        return f"{self.on.month}月{self.on.day}日 {self.begins.hour}:{self.begins:%M}"

    def _at(self, clock: time | None) -> datetime | None:
        if self.on is None or clock is None:
            return None
        return datetime.combine(self.on, clock, OFFICE_ZONE)
