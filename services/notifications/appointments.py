"""Reminds people of appointments of their own before these begin (GT-09, M13)."""

from itertools import islice

from records.consequences.effects import About
from records.identity import CLOCK
from records.ports.claims import Claims
from records.ports.clock import Clock
from services.notifications.stream import Matter
from services.notifications.telling import Teller
from services.people.appointment_times import AppointmentTime, due_times
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
        for noted in list(islice(due_times(self._claims, now), AT_ONCE)):
            item = self._planner.look(noted.login, noted.item)
            over_at = item.over_at if item is not None else None
            if item is not None and over_at is not None and over_at > now and _stands(noted, item):
                self._teller.tell([noted.login], _matter(noted, item))
                told += 1
            self._claims.free(noted.name)
        return told


def _stands(noted: AppointmentTime, item: PlannerItem) -> bool:
    return item.reminded_at == noted.at


def _matter(noted: AppointmentTime, item: PlannerItem) -> Matter:
    """The same however often it is told; of one made when its time had come it is of then."""
    at = max(noted.at, item.at)
    return Matter(About.BEGINS, None, CLOCK, at, f"{noted.at}", item=noted.item)
