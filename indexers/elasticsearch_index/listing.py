"""All records of the index in order, page by page of one snapshot."""

from collections.abc import Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.exceptions import ApiError

from indexers.elasticsearch_index.algebra import ElasticsearchAlgebra
from indexers.elasticsearch_index.schema import Json
from indexers.elasticsearch_index.vendor_errors import REPLACED, status_of
from indexers.querying.fields import Field
from records.identity import RecordId

LISTED_AT_ONCE = 5_000
KEPT = "2m"
"""How long a snapshot may lie idle between two pages."""


def entries(
    client: Elasticsearch, alias: str, *, after: RecordId | None
) -> Iterator[tuple[RecordId, int]]:
    """(record, revision) in order of record.

    A snapshot that is lost, because its index was replaced or the reader was slow, is followed by
    another one, from the last record on. Raises errors of the client: not found, when there is
    no index to take a snapshot of.
    """
    last = after
    failures = 0
    while True:
        try:
            for record, revision in _snapshot(client, alias, last):
                last = record
                failures = 0
                yield record, revision
        except ApiError as error:
            failures += 1
            if status_of(error) not in REPLACED or failures > 1:
                raise
        else:
            return


def _snapshot(
    client: Elasticsearch, alias: str, after: RecordId | None
) -> Iterator[tuple[RecordId, int]]:
    held = client.open_point_in_time(index=alias, keep_alive=KEPT)["id"]
    try:
        body = {**_first_page(after), "pit": {"id": held, "keep_alive": KEPT}}
        while True:
            answer = client.search(body=body, allow_partial_search_results=False)
            page: list[dict[str, Any]] = answer["hits"]["hits"]
            for hit in page:
                fields = hit["fields"]
                yield RecordId(fields[Field.RECORD][0]), int(fields[Field.REVISION][0])
            if len(page) < LISTED_AT_ONCE:
                return
            body = {**body, "search_after": page[-1]["sort"]}
    finally:
        client.options(ignore_status=404).close_point_in_time(id=held)


def _first_page(after: RecordId | None) -> Json:
    living: list[Json] = [{"exists": {"field": Field.RECORD}}]
    if after is not None:
        living.append({"range": {Field.RECORD: {"gt": after}}})
    return {
        "query": ElasticsearchAlgebra().all_of(living),
        "sort": [{Field.RECORD: "asc"}],
        "size": LISTED_AT_ONCE,
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [Field.RECORD, Field.REVISION],
    }
