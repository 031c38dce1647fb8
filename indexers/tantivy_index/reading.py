"""Hits read out of a searcher: counts, identifiers and revision numbers."""

from collections.abc import Sequence
from typing import Protocol, cast

import tantivy

from indexers.querying.fields import Field
from records.identity import RecordId
from records.queries.search import Hit


class _Counted(Protocol):
    """A search result as it really is; the stub of tantivy leaves the count out."""

    count: int | None


def total_of(result: tantivy.SearchResult) -> int:
    """How many documents match in all."""
    return cast("_Counted", result).count or 0


def addresses_of(result: tantivy.SearchResult) -> list[tantivy.DocAddress]:
    """Where the documents of a page are."""
    return [address for _, address in result.hits]


def numbers(
    searcher: tantivy.Searcher, name: str, addresses: list[tantivy.DocAddress]
) -> list[int]:
    """The numbers that documents hold in a field, in the order of their addresses."""
    values = searcher.fast_field_values(name, addresses)
    return [int(value or 0) for value in values]


def hits_of(
    searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress], scores: Sequence[float]
) -> tuple[Hit, ...]:
    """Documents as hits."""
    revisions = numbers(searcher, Field.REVISION, addresses)
    return tuple(
        Hit(RecordId(str(searcher.doc(address).get_first(Field.RECORD))), revision, score)
        for address, revision, score in zip(addresses, revisions, scores, strict=True)
    )
