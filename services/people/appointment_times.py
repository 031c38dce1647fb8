"""Instants at which people are to be reminded of appointments (GT-09, M13), as names in the store.

``appointments/{year}/{month}/{day}/{hhmm}/{login}/{item}``, in UTC: what is due comes first in one
listing, which ends at the first that is not. Whether one still holds is judged by the item.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from records.identity import Login
from records.ports.claims import Claims
from services.people.planner_item import PlannerItem

_ROOT = "appointments/"


@dataclass(frozen=True, slots=True)
class AppointmentTime:
    """Somebody is to be reminded of an item of his at an instant, which is a whole minute."""

    at: datetime
    login: Login
    item: str

    @classmethod
    def of(cls, name: str) -> "AppointmentTime":
        """Out of its name."""
        _, year, month, day, minute, login, item = name.split("/")
        at = datetime.strptime(f"{year}{month}{day}{minute}+0000", "%Y%m%d%H%M%z")
        return cls(at, Login(login), item)

    @property
    def name(self) -> str:
        """Where it is noted."""
        at = self.at.astimezone(UTC)
        return f"{_ROOT}{at:%Y/%m/%d/%H%M}/{self.login}/{self.item}"


def note_time(claims: Claims, login: Login, item: PlannerItem, *, now: datetime) -> None:
    """Note when to remind of an item that is still to begin; nothing for any other."""
    begins_at, at = item.begins_at, item.reminded_at
    if begins_at is not None and at is not None and begins_at > now:
        claims.take(AppointmentTime(at, login, item.id).name, b"")


def due_times(claims: Claims, now: datetime) -> Iterator[AppointmentTime]:
    """Those whose instant has come, the earliest first."""
    for name in claims.names(_ROOT):
        noted = AppointmentTime.of(name)
        if noted.at > now:
            return
        yield noted
