"""Whether this installation can work now (AQ-15)."""

from collections.abc import Sequence

from records.errors import WenshuError
from records.identity import ObjectKey
from records.ports.clock import Clock
from records.ports.job_queue import JobQueue, LaneState
from records.ports.object_store import ObjectStore
from records.ports.search_index import SearchIndex
from records.queries.query import Everything
from records.queries.search import SearchRequest
from records.rights.access import AccessFilter, Level
from records.times.office_time import office_day
from services.after_commit.backlog import Backlog
from services.keeping.probing import Part, PartProber, Probe

_PROBE = ObjectKey("probe/ready")
"""One object, written in place of itself: a bucket that keeps versions gets one a look, no more."""


class Health:
    """Tries the parts this installation depends on."""

    def __init__(
        self,
        *,
        store: ObjectStore,
        index: SearchIndex,
        backlog: Backlog,
        queue: JobQueue,
        others: Sequence[Probe],
        clock: Clock,
    ) -> None:
        self._store = store
        self._index = index
        self._backlog = backlog
        self._queue = queue
        self._clock = clock
        self._probing = PartProber(
            [
                Probe("store", self._try_store),
                Probe("index", self._try_index),
                Probe("queue", self._try_queue),
                *others,
            ]
        )

    def parts(self) -> tuple[Part, ...]:
        """Store (write), index (a search), queue and the others, all tried now.

        Takes as long as the slowest, and no longer than `services.keeping.probing.PATIENCE_S`.
        """
        return self._probing.parts()

    def waiting(self) -> int:
        """Entries of the outbox: what is durable and not yet found by search."""
        return len(self._backlog.entries())

    def oldest_s(self) -> float:
        """Seconds that the oldest of them has been seen waiting; 0 when none waits."""
        return self._backlog.oldest_s() or 0.0

    def lanes(self) -> Sequence[LaneState]:
        """What waits in the queue. Raises Unavailable (``queue_down``)."""
        return self._queue.lanes()

    def _try_store(self) -> WenshuError | None:
        try:
            self._store.replace(_PROBE, b"probe")
        except WenshuError as error:
            return error
        return None

    def _try_queue(self) -> WenshuError | None:
        try:
            self._queue.lanes()
        except WenshuError as error:
            return error
        return None

    def _try_index(self) -> WenshuError | None:
        nobody = AccessFilter(
            tokens=frozenset(), clearance=Level.PUBLIC, today=office_day(self._clock.now())
        )
        try:
            self._index.search(SearchRequest(Everything(), limit=1), nobody)
        except WenshuError as error:
            return error
        return None
