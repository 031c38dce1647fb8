"""Keeps the index usable by itself: missing, damaged or outdated, it is built anew."""

import logging
import threading
from contextlib import suppress

from records.errors import Corrupt, Unavailable
from records.identity import RecordId
from records.ports.clock import Clock
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.queries.query import Everything
from records.queries.search import SearchRequest
from records.rights.access import AccessFilter, Level
from records.times.office_time import office_day
from services.keeping.rebuild import IndexRebuilder

_LOG = logging.getLogger(__name__)

_BEYOND_USE = frozenset({"index_missing", "index_damaged", "index_outdated", "index_stale"})


class IndexUpkeep:
    """Looks whether the index can be used, and has it rebuilt when it cannot."""

    def __init__(
        self,
        *,
        index: SearchIndex,
        log: RecordLog,
        outbox: Outbox,
        rebuilding: IndexRebuilder,
        clock: Clock,
    ) -> None:
        self._index = index
        self._log = log
        self._outbox = outbox
        self._rebuilding = rebuilding
        self._clock = clock
        self._busy = threading.Lock()
        self._sound_from: RecordId | None = None
        # The first entry of an index found whole: while it stands there is nothing to look for.

    def is_rebuilding(self) -> bool:
        """Whether a rebuild runs now: searches may find less than there is."""
        return self._busy.locked()

    def begin(self) -> None:
        """Make the first index of an installation that holds no record yet; else do nothing.

        An index that is missing where there are records is built by `mend`, which takes its time.
        """
        if self.fault() != "index_missing" or next(self._log.records(), None) is not None:
            return
        with suppress(Unavailable):  # another process is at it
            for _ in self._rebuilding.run():
                pass

    def fault(self) -> str | None:
        """Why the index has to be built anew; None when it has not."""
        nobody = AccessFilter(
            tokens=frozenset(), clearance=Level.PUBLIC, today=office_day(self._clock.now())
        )
        try:
            self._index.search(SearchRequest(Everything(), limit=1), nobody)
            first, _ = next(self._index.entries(after=None), (None, 0))
        except Unavailable as error:
            return error.reason if error.reason in _BEYOND_USE else None
        if first is not None and first == self._sound_from:
            return None
        if self._lacks_before(first):
            return "index_missing"
        self._sound_from = first
        return None

    def _lacks_before(self, first: RecordId | None) -> bool:
        """Whether the index lacks a living record older than its first, or than none at all.

        So it is after its folder was deleted, also when newer records have gone into the index
        that was made in its place. Work that still waits does not count, nor what is damaged.
        """
        waiting: frozenset[RecordId] | None = None
        for record, number in self._log.records():
            if first is not None and record >= first:
                return False
            if waiting is None:
                waiting = frozenset(entry.record for entry in self._outbox.pending())
            if record not in waiting and self._lives(record, number):
                return True
        return False

    def _lives(self, record: RecordId, number: int) -> bool:
        try:
            return not self._log.revision(record, number).deleted
        except Corrupt:
            return False

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
