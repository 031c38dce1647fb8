"""Keeps the index usable by itself: missing, damaged or outdated, it is built anew."""

import logging
import threading

from records.access import AccessFilter, Level
from records.errors import Unavailable
from records.office_time import office_day
from records.ports.clock import Clock
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.query import Everything
from records.search import SearchRequest
from services.rebuild import Rebuilding

_LOG = logging.getLogger(__name__)

_BEYOND_USE = frozenset({"index_missing", "index_damaged", "index_outdated"})


class IndexUpkeep:
    """Looks whether the index can be used, and has it rebuilt when it cannot."""

    def __init__(
        self,
        *,
        index: SearchIndex,
        log: RecordLog,
        outbox: Outbox,
        rebuilding: Rebuilding,
        clock: Clock,
    ) -> None:
        self._index = index
        self._log = log
        self._outbox = outbox
        self._rebuilding = rebuilding
        self._clock = clock
        self._busy = threading.Lock()

    def is_rebuilding(self) -> bool:
        """Whether a rebuild runs now: searches may find less than there is."""
        return self._busy.locked()

    def fault(self) -> str | None:
        """Why the index has to be built anew; None when it has not."""
        nobody = AccessFilter(
            tokens=frozenset(), clearance=Level.PUBLIC, today=office_day(self._clock.now())
        )
        try:
            self._index.search(SearchRequest(Everything(), limit=1), nobody)
            if next(self._index.entries(after=None), None) is None and self._has_records():
                return "index_missing"
        except Unavailable as error:
            return error.reason if error.reason in _BEYOND_USE else None
        return None

    def _has_records(self) -> bool:
        """Whether the index ought to hold something: work that still waits does not count."""
        if next(self._outbox.pending(), None) is not None:
            return False
        return any(
            not self._log.revision(record, number).deleted for record, number in self._log.records()
        )

    def mend(self) -> bool:
        """Rebuild the index when it has to be; whether it was. Runs once at a time.

        Raises Unavailable (``writer_elsewhere``) when another process has to do it.
        """
        if not self._busy.acquire(blocking=False):
            return False
        try:
            fault = self.fault()
            if fault is None:
                return False
            _LOG.warning("%s: the index is built anew", fault)
            done = 0
            for done in self._rebuilding.run():
                _LOG.info("rebuilt: %d records", done)
            _LOG.warning("the index is in use again: %d records", done)
            return True
        finally:
            self._busy.release()
