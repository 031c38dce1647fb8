"""Writes the rows of long exports, a page at a time, and removes them when their time is over."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from records.errors import Conflict, Invalid, NotFound, Refused
from records.ports.clock import Clock
from services.exporting.exports import ExportShelf, ExportSource, ExportState
from services.exporting.row_source import RowSource
from services.people.organisation_book import OrganisationBook

_LOG = logging.getLogger(__name__)

_BEGINNING = timedelta(hours=1)
"""No process takes longer from one object of an export that it begins to the next."""


class ExportWorker:
    """Works off what was ordered. Two at once do no harm: each page is created once."""

    def __init__(
        self,
        shelf: ExportShelf,
        sources: Mapping[ExportSource, RowSource],
        book: OrganisationBook,
        clock: Clock,
        *,
        budget_s: float,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`budget_s` is about how long one run may take: what is left waits for the next."""
        self._shelf = shelf
        self._sources = sources
        self._book = book
        self._clock = clock
        self._budget_s = budget_s
        self._now_s = now_s

    def run(self) -> int:
        """Pages written, of all exports in turn. Raises Unavailable."""
        ends, written = self._now_s() + self._budget_s, 0
        while True:
            waiting = list(self._shelf.open())
            for state in waiting:
                self._next_page(state)
                written += 1
                if self._now_s() >= ends:
                    return written
            if not waiting:
                return written

    def write(self, state: ExportState) -> Iterator[ExportState]:
        """One to its end, given again after each page; others may write pages of it meanwhile.

        Raises Unavailable, NotFound (``no_such_export``) when it was removed.
        """
        while state.is_open:
            self._next_page(state)
            state = self._shelf.find(state.asked.login, state.id)
            yield state

    def sweep(self, before: float) -> int:  # noqa: ARG002 - how long they are kept is their own
        """Remove exports whose time is over; how many."""
        over = [state for state in self._shelf.every() if state.until <= self._clock.now()]
        for state in over:
            self._shelf.drop(state)
        return len(over) + self._shelf.drop_orphans(self._clock.now() - _BEGINNING)

    def _next_page(self, state: ExportState) -> None:
        """One page more, as its asker may read it at this moment."""
        try:
            caller = self._book.caller(state.asked.login)
            source = self._sources[state.asked.source]
            self._shelf.put(state, source.page(caller, state.asked, state.last))
        except Conflict:
            return  # another process wrote it
        except (NotFound, Invalid, Refused) as error:
            _LOG.warning("export %s comes to nothing: %s", state.id, error)
            self._shelf.fail(state, error.reason)
