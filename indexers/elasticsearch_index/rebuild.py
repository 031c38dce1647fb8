"""A rebuild: a new index filled beside the one in use."""

from collections.abc import Callable, Sequence

from elasticsearch import Elasticsearch

from indexers.elasticsearch_index.bulk import BulkWriter
from indexers.elasticsearch_index.documents import newest
from indexers.elasticsearch_index.generations import Generations
from indexers.elasticsearch_index.lease import Heartbeat, is_alive
from indexers.elasticsearch_index.vendor_errors import told
from records.errors import Unavailable
from records.queries.search import IndexChange

_TRIES = 3


class ElasticsearchRebuild:
    """Implements `records.ports.rebuildable_index.IndexRebuild`.

    Nothing is lost, whichever process writes meanwhile. A writer asks which indexes stand after
    its revision was committed to the store. Either the new one stands already, and the writer
    writes to both; or the rebuild began later, and reads that revision from the store.
    """

    def __init__(
        self,
        client: Elasticsearch,
        generations: Generations,
        bulk: BulkWriter,
        *,
        index: str,
        lease_s: float,
    ) -> None:
        self.index = index
        self._client = client
        self._generations = generations
        self._bulk = bulk
        self._created = 0
        self._heartbeat = Heartbeat(client, index, lease_s=lease_s)

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """As the port says. Raises Unavailable (``rebuild_abandoned``, ``documents_refused``)."""
        self._expect()
        building = self._generations.names.building
        outcome = self._bulk.write(newest(changes), [building], shown=False)
        if outcome.missing:
            raise Unavailable("rebuild_abandoned", path=self.index)
        self._created += outcome.created
        outcome.settle()

    def swap(self) -> None:
        """As the port says, by one change of the cluster's state.

        Raises Unavailable (``rebuild_incomplete``) when the index holds fewer documents than it
        took: the old one stays in use.
        """
        self._expect()
        with told():
            self._client.indices.refresh(index=self.index)
            held = int(self._client.count(index=self.index)["count"])
        if held < self._created:
            raise Unavailable("rebuild_incomplete", path=self.index, held=held, put=self._created)
        self._generations.take_into_use(self.index)
        self.end()

    def abandon(self) -> None:
        """As the port says; nothing when it is in use or gone already."""
        self.end()
        if self._generations.push_aside(self.index):
            self._generations.remove(self.index)

    def end(self) -> None:
        """Give no more signs of life."""
        self._heartbeat.end()

    def _expect(self) -> None:
        if self._generations.house().building != self.index:
            raise Unavailable("rebuild_abandoned", path=self.index)


def begin(
    client: Elasticsearch,
    generations: Generations,
    *,
    lease_s: float,
    made: Callable[[str], ElasticsearchRebuild],
) -> ElasticsearchRebuild:
    """Begin a rebuild; one that is dead is thrown away, what it left is removed.

    Waits up to the lease for a sign of life of another one. Raises Unavailable
    (``rebuild_running``) where there is one.
    """
    for _ in range(_TRIES):
        house = generations.house()
        if house.building is not None:
            with told():
                alive = is_alive(client, house.building, lease_s=lease_s)
            if alive:
                break
            generations.push_aside(house.building)
            continue
        index = generations.create(house)
        if index is not None:
            for left in house.idle:
                generations.remove(left)
            return made(index)
    raise Unavailable("rebuild_running", path=generations.names.building)
