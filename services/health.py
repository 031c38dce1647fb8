"""Whether this installation can work now (AQ-15)."""

from dataclasses import dataclass

from records.access import AccessFilter, Level
from records.errors import WenshuError
from records.identity import ObjectKey
from records.office_time import office_day
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.object_store import ObjectStore
from records.ports.outbox import Outbox
from records.ports.search_index import SearchIndex
from records.query import Everything
from records.search import SearchRequest


@dataclass(frozen=True, slots=True)
class Part:
    """One thing this installation depends on; `fault` is None while it works."""

    name: str
    fault: str | None


class Health:
    """Tries the parts this installation depends on."""

    def __init__(
        self,
        *,
        store: ObjectStore,
        index: SearchIndex,
        outbox: Outbox,
        identities: Identities,
        clock: Clock,
    ) -> None:
        self._store = store
        self._index = index
        self._outbox = outbox
        self._identities = identities
        self._clock = clock

    def parts(self) -> tuple[Part, ...]:
        """Store (write, read, remove) and index (a search that may find nothing), tried now."""
        return (Part("store", self._try_store()), Part("index", self._try_index()))

    def waiting(self) -> int:
        """Entries of the outbox: what is durable and not yet found by search."""
        return sum(1 for _ in self._outbox.pending())

    def _try_store(self) -> str | None:
        key = ObjectKey(f"probe/{self._identities.write_id()}")
        try:
            self._store.create(key, b"probe")
            self._store.delete(key)
        except WenshuError as error:
            return str(error)
        return None

    def _try_index(self) -> str | None:
        nobody = AccessFilter(
            tokens=frozenset(), clearance=Level.PUBLIC, today=office_day(self._clock.now())
        )
        try:
            self._index.search(SearchRequest(Everything(), limit=1), nobody)
        except WenshuError as error:
            return str(error)
        return None
