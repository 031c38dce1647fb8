"""Changes of the organisation that may not have been told (AQ-14): found by marks, told later.

A mark is claimed before a change and freed once all that follows is done. One that is left belongs
to a program that ended between the two; what it changed is what differs between the organisation
that stood then and that of now. What others changed meanwhile is told a second time with it.
"""

import logging
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from records.errors import WenshuError
from records.identity import CLOCK, Login
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.identities import Identities
from services.people.organisation_book import OrganisationBook
from services.people.rights_news import RightsNews

LYING = timedelta(minutes=10)
"""Whoever is at it for longer is gone: 50,000 people are loaded in less."""

_MARKS = "untold/"
_LOG = logging.getLogger(__name__)


class _Mark(BaseModel):
    """Who changed the organisation that stood under that number; 0 for the empty one."""

    model_config = ConfigDict(frozen=True)

    by: Login
    number: int


class UntoldChanges:
    """Keeps the marks, and tells what was left."""

    def __init__(
        self,
        claims: Claims,
        identities: Identities,
        clock: Clock,
        *,
        book: OrganisationBook,
        news: RightsNews,
    ) -> None:
        self._claims = claims
        self._identities = identities
        self._clock = clock
        self._book = book
        self._news = news

    def begun(self, by: Login) -> str:
        """The name of a mark: somebody is about to change the organisation."""
        name = f"{_MARKS}{self._clock.now():%Y%m%d%H%M%S}.{self._identities.write_id()}"
        mark = _Mark(by=by, number=self._book.number)
        self._claims.take(name, mark.model_dump_json().encode())
        return name

    def ended(self, name: str) -> None:
        """Nothing of it is left to be told."""
        self._claims.free(name)

    def run(self) -> int:
        """Tell what was left; how many changes. One that cannot be told keeps no other."""
        until, told = f"{_MARKS}{self._clock.now() - LYING:%Y%m%d%H%M%S}", 0
        for name in [each for each in self._claims.names(_MARKS) if each < until]:
            try:
                self._tell(name)
                self.ended(name)
                told += 1
            except WenshuError as error:
                _LOG.warning("a change of the organisation is told later: %s", error)
        return told

    def _tell(self, name: str) -> None:
        value = self._claims.read(name)
        if value is None:
            return
        mark = _Mark.model_validate_json(value)
        before, after = self._book.at(mark.number), self._book.current()
        self._news.units_changed(before, after, after.units, mark.by)
        here = {person.login for person in before.people}
        for person in before.people:
            self._news.changed(before, after, person.login, mark.by)
        if mark.by != CLOCK:
            fresh = [each for each in after.people if each.login not in here]
            self._news.opened(fresh, after, mark.by)
