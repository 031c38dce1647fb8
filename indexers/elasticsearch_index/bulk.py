"""Changes written in bulk: in pieces of bounded size, and what became of each of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from elasticsearch import Elasticsearch
from elasticsearch.exceptions import ApiError

from indexers.elasticsearch_index.connection import packed
from indexers.elasticsearch_index.documents import DocumentWriter
from indexers.elasticsearch_index.options import ElasticsearchOptions
from indexers.elasticsearch_index.vendor_errors import status_of, told, unavailable
from records.errors import Unavailable
from records.identity import RecordId
from records.queries.search import IndexChange

_ATTEMPTS = 7
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 3.0
"""Doubling from the first to the longest, seven attempts take six seconds."""

Ready = Sequence[Mapping[str, Any]]
"""Lines that are JSON already; the client sends them on as they are, its types know no bytes."""

_CREATED = 201
_GONE = 404
_OLDER = 409
_UNFIT = frozenset({400, 413})
"""A whole request turned down for one item: an identifier too long, a document too large."""

_LATER = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Item:
    """One document on its way to one alias; `otherwise` is where it goes if that is gone."""

    record: RecordId
    target: str
    version: int
    document: bytes
    otherwise: str | None

    def lines(self) -> list[bytes]:
        """As a request holds it. An older version never takes the place of a newer one."""
        told = {"_id": self.record, "version": self.version, "version_type": "external_gte"}
        return [packed({"index": {"_index": self.target, **told}}), self.document]


@dataclass(slots=True)
class Outcome:
    """What became of the documents that were written."""

    created: int = 0
    """Documents that were not there before in any revision."""
    accepted: int = 0
    refused: dict[RecordId, str] = field(default_factory=dict)
    """Records that the server did not take, and its words."""
    missing: set[str] = field(default_factory=set)
    """Aliases that are not there."""

    def settle(self) -> None:
        """Raise Unavailable (``documents_refused``) with the records, unless all was taken."""
        if self.refused:
            records = tuple(sorted(self.refused))
            raise Unavailable(
                "documents_refused",
                records=records,
                count=len(records),
                detail=self.refused[RecordId(records[0])],
            )


class BulkWriter:
    """Writes changes."""

    def __init__(
        self,
        client: Elasticsearch,
        documents: DocumentWriter,
        options: ElasticsearchOptions,
        *,
        pause: Callable[[float], object],
    ) -> None:
        self._client = client.options(request_timeout=options.write_timeout_s, max_retries=0)
        self._documents = documents
        self._options = options
        self._pause = pause

    def write(
        self, changes: Sequence[IndexChange], targets: Sequence[str], *, shown: bool
    ) -> Outcome:
        """Write every change to every target, the last of which must be there.

        With `shown` it returns when the server has shown the writes to searches, which it does
        for everybody at once, so often as the index says (`ElasticsearchOptions.refresh_interval`).
        What goes to another target that was taken into use meanwhile goes to the last one once
        more. What the server has no room for now is tried again for some seconds. Raises
        Unavailable, among others ``index_busy`` when it took nothing at all.
        """
        outcome = Outcome()
        with told():
            for batch in self._batches(self._items(changes, targets, outcome)):
                self._deliver(batch, outcome, shown=shown)
        return outcome

    def _items(
        self, changes: Sequence[IndexChange], targets: Sequence[str], outcome: Outcome
    ) -> Iterator[Item]:
        last = targets[-1]
        for change in changes:
            document = packed(self._documents.document(change))
            if len(document) > self._options.document_bytes:
                outcome.refused[change.record] = f"{len(document)} bytes"
                continue
            for target in targets:
                otherwise = last if target != last else None
                yield Item(change.record, target, change.version, document, otherwise)

    def _batches(self, items: Iterable[Item]) -> Iterator[list[Item]]:
        batch: list[Item] = []
        size = 0
        for item in items:
            if batch and size + len(item.document) > self._options.bulk_bytes:
                yield batch
                batch, size = [], 0
            batch.append(item)
            size += len(item.document)
        if batch:
            yield batch

    def _deliver(self, items: list[Item], outcome: Outcome, *, shown: bool) -> None:
        pause_s = _FIRST_PAUSE_S
        for attempt in range(_ATTEMPTS):
            if attempt:
                self._pause(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            items = self._attempt(items, outcome, shown=shown)
            if not items:
                return
        if not outcome.accepted:
            raise Unavailable("index_busy", count=len(items))
        outcome.refused.update((item.record, "no room") for item in items)

    def _attempt(self, items: list[Item], outcome: Outcome, *, shown: bool) -> list[Item]:
        """Send once; what has to be sent again."""
        lines = [line for item in items for line in item.lines()]
        try:
            answer = self._client.bulk(
                operations=cast("Ready", lines),
                require_alias=True,
                refresh="wait_for" if shown else False,
            )
        except ApiError as error:
            return self._not_sent(items, error, outcome, shown=shown)
        again: list[Item] = []
        for item, told_of in zip(items, answer["items"], strict=True):
            again += self._judge(item, told_of["index"], outcome)
        return again

    def _judge(self, item: Item, told_of: dict[str, Any], outcome: Outcome) -> list[Item]:
        status = int(told_of["status"])
        if status < 300 or status == _OLDER:
            outcome.accepted += 1
            outcome.created += status == _CREATED
        elif status in _LATER:
            return [item]
        elif status == _GONE:
            outcome.missing.add(item.target)
            if item.otherwise:
                return [Item(item.record, item.otherwise, item.version, item.document, None)]
        else:
            outcome.refused[item.record] = str(told_of.get("error"))[:300]
        return []

    def _not_sent(
        self, items: list[Item], error: ApiError, outcome: Outcome, *, shown: bool
    ) -> list[Item]:
        """A whole request that was turned down: later, in halves, or not at all."""
        if status_of(error) in _UNFIT:
            if len(items) == 1:
                outcome.refused[items[0].record] = str(error)[:300]
                return []
            half = len(items) // 2
            return [
                *self._attempt(items[:half], outcome, shown=shown),
                *self._attempt(items[half:], outcome, shown=shown),
            ]
        if status_of(error) in _LATER:
            return items
        raise unavailable(error) from error
