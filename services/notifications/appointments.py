"""Reminds people of appointments of their own before these begin (GT-09, M13)."""

from datetime import datetime
from itertools import islice

from records.consequences.effects import About
from records.identity import CLOCK, Login
from records.ports.claims import Claims
from records.ports.clock import Clock
from services.notifications.stream import Matter
from services.notifications.telling import Teller
from services.people.appointment_times import AppointmentTime, due_times, note_time
from services.people.planner import Planner
from services.people.planner_item import PlannerItem

AT_ONCE = 500
"""So many are told in one run, as of the timers of records."""


class AppointmentReminders:
    """Works off the instants at which somebody is to be reminded."""

    def __init__(self, *, claims: Claims, planner: Planner, clock: Clock, teller: Teller) -> None:
        self._claims = claims
        self._planner = planner
        self._clock = clock
        self._teller = teller

    def run(self) -> int:
        """How many were told; each is told once, however often this runs.

        Of what is over, was dropped or lies at another time nobody is told.
        """
        told, now = 0, self._clock.now()
        due: dict[Login, list[AppointmentTime]] = {}
        for noted in islice(due_times(self._claims, now), AT_ONCE):
            due.setdefault(noted.login, []).append(noted)
        for login, times in due.items():
            items = self._planner.look_at(login, {noted.item for noted in times})
            for noted in times:
                told += self._one(noted, items.get(noted.item), now)
        return told

    def repair(self) -> None:
        """Note what is to come and is noted nowhere: what was made before there were reminders."""
        now = self._clock.now()
        for login, item in self._planner.timed():
            note_time(self._claims, login, item, now=now)

    def _one(self, noted: AppointmentTime, item: PlannerItem | None, now: datetime) -> bool:
        """Whether he was told.

        What nothing stands for is looked at once more when it is given back: it may just have been
        written, and then it is noted by this or by who wrote it.
        """
        if item is not None and _is_due(noted, item, now):
            self._teller.tell([noted.login], _matter(noted, item))
            self._claims.free(noted.name)
            return True
        self._claims.free(noted.name)
        written = self._planner.look(noted.login, noted.item)
        if written is not None and _is_due(noted, written, now):
            self._claims.take(noted.name, b"")
        return False


def _is_due(noted: AppointmentTime, item: PlannerItem, now: datetime) -> bool:
    over_at = item.over_at
    return over_at is not None and over_at > now and item.reminded_at == noted.at


def _matter(noted: AppointmentTime, item: PlannerItem) -> Matter:
    """The same however often it is told; of one made or moved when its time had come, of then."""
    at = max(noted.at, item.changed_at or item.at)
    return Matter(About.BEGINS, None, CLOCK, at, f"{noted.at}", item=noted.item)
