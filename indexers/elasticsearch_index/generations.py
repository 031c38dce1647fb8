"""Indexes made, found, taken into use and removed: each a single change of the cluster's state."""

import logging
from threading import Event
from time import monotonic

from elasticsearch import Elasticsearch
from elasticsearch.exceptions import ApiError, NotFoundError

from indexers.analysis import Analyser
from indexers.elasticsearch_index.names import House, Names
from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.elasticsearch_index.schema import Json, mapping, settings
from indexers.elasticsearch_index.vendor_errors import VENDOR, told
from records.errors import Unavailable

_LOG = logging.getLogger(__name__)

_PATIENCE_S = 2.0
_LOOK_S = 0.05


class Generations:
    """The indexes of one installation."""

    def __init__(
        self, client: Elasticsearch, options: ElasticsearchOptions, analyser: Analyser
    ) -> None:
        self._client = client.options(request_timeout=options.write_timeout_s)
        self._options = options
        self.names = Names.of(options.prefix, analyser)

    def house(self) -> House:
        """What stands now, as the elected server says."""
        with told():
            return self.names.house(
                dict(self._client.indices.get_alias(index=self.names.every).body)
            )

    def writable(self) -> House:
        """What stands now, to be written to.

        Raises Unavailable (``index_newer``): where a newer version of the program has an index,
        what we wrote would be missing there; the outbox keeps it for a process of that version.
        """
        house = self.house()
        if any(number > self.names.format for number in house.formats):
            raise Unavailable("index_newer", path=self.names.current)
        return house

    def why_missing(self) -> Unavailable:
        """Why there is no index under our name."""
        formats = self.house().formats
        if any(number > self.names.format for number in formats):
            return Unavailable("index_newer", path=self.names.current)
        return Unavailable(
            "index_outdated" if formats else "index_missing", path=self.names.current
        )

    def create(self, house: House) -> str | None:
        """A new index under the alias of what is being built; None when another one was first.

        An alias has one index to write to, so of two that are made at once one is refused.
        """
        name = self.names.next_index(house)
        alias = {self.names.building: {"is_write_index": True}}
        with told():
            try:
                self._client.indices.create(
                    index=name,
                    aliases=alias,
                    settings=settings(self._options),
                    mappings=mapping(),
                )
            except ApiError:
                if self.house().building is None:
                    raise
                return None
        return name

    def push_aside(self, index: str) -> bool:
        """Take the building alias from an index; whether it had it.

        A swap of it that comes later, of a dead rebuild that woke or out of a network that was
        slow, changes nothing any more; one that came before has left it without the alias.
        """
        with told():
            try:
                self._change([_off(index, self.names.building)])
            except NotFoundError:
                return False
        return True

    def remove(self, index: str) -> None:
        """Delete an index; nothing when it is gone."""
        with told():
            self._client.indices.delete(index=index, ignore_unavailable=True)

    def take_into_use(self, index: str) -> None:
        """Put an index in the place of all others, of every version, and delete those.

        The change is one; each of the others goes when nobody reads or writes it any more, at
        the latest after two seconds: a listing on its way goes on in the new one. Raises
        Unavailable (``rebuild_abandoned``) when it is not the one being built any more.
        """
        interval = {"refresh_interval": self._options.refresh_interval}
        with told():
            self._client.indices.put_settings(index=index, settings=interval)
        house = self.house()
        alias = {"index": index, "alias": self.names.current, "is_write_index": True}
        others = [
            _off(name, alias)
            for name, aliases in house.indexes.items()
            for alias in aliases
            if name != index
        ]
        with told():
            try:
                self._change([*others, _off(index, self.names.building), {"add": alias}])
            except NotFoundError as error:
                raise Unavailable("rebuild_abandoned", path=index) from error
        for name in house.indexes.keys() - {index}:
            self._retire(name)

    def _retire(self, index: str) -> None:
        """Delete an index that is in use no more, once it is quiet."""
        deadline = monotonic() + _PATIENCE_S
        try:
            while self._is_busy(index) and monotonic() < deadline:
                Event().wait(_LOOK_S)
            self._client.indices.delete(index=index, ignore_unavailable=True)
        except VENDOR as error:
            # The swap is done; the next rebuild removes what stands without an alias.
            _LOG.warning("not removed: %s: %s", index, error)

    def _is_busy(self, index: str) -> bool:
        try:
            stats = self._client.indices.stats(index=index, metric="search,indexing")
        except NotFoundError:
            return False
        total = stats["_all"]["total"]
        return bool(
            total
            and total["search"]["open_contexts"]
            + total["search"]["query_current"]
            + total["indexing"]["index_current"]
        )

    def _change(self, actions: list[Json]) -> None:
        self._client.indices.update_aliases(actions=actions)


def _off(index: str, alias: str) -> Json:
    return {"remove": {"index": index, "alias": alias, "must_exist": True}}
