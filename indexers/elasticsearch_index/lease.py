"""How others know that a rebuild is alive: a number in its index that rises.

It stands in the mapping (``_meta``), so the change is one of the cluster's state, a handful a
minute. Whoever wants to begin watches it by his own clock; clocks are never compared.
"""

from threading import Event, Thread
from time import monotonic

from elasticsearch import Elasticsearch

from indexers.elasticsearch_index.vendor_errors import VENDOR

_BEATS_IN_LEASE = 6


class Heartbeat:
    """Lets the number of one index rise until it is ended, or the process is."""

    def __init__(self, client: Elasticsearch, index: str, *, lease_s: float) -> None:
        self._client = client.options(request_timeout=lease_s)
        self._index = index
        self._every_s = lease_s / _BEATS_IN_LEASE
        self._ended = Event()
        self._thread = Thread(target=self._run, name="rebuild-heartbeat", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Let it rise no more."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        beat = 0
        while not self._ended.wait(self._every_s):
            beat += 1
            try:
                self._client.indices.put_mapping(index=self._index, meta={"beat": beat})
            except VENDOR:
                continue  # the next beat may reach it; a lease bears several that do not


def is_alive(client: Elasticsearch, index: str, *, lease_s: float) -> bool:
    """Whether the number of an index rises within the lease; the caller waits for it.

    An index that is gone is not alive.
    """
    first = _beat(client, index)
    deadline = monotonic() + lease_s
    while monotonic() < deadline:
        Event().wait(lease_s / _BEATS_IN_LEASE / 2)
        beat = _beat(client, index)
        if beat is None:
            return False
        if beat != first:
            return True
    return False


def _beat(client: Elasticsearch, index: str) -> int | None:
    told = client.indices.get_mapping(index=index, ignore_unavailable=True)
    about = told.get(index)
    return None if about is None else int(about["mappings"].get("_meta", {}).get("beat", 0))
