"""The search index: derived from the records, disposable, never a second truth."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from records.identity import RecordId
from records.queries.search import Hit, IndexChange, SearchRequest, SearchResult, Suggestion
from records.rights.access import AccessFilter


class SearchIndex(Protocol):
    """Finds records by words, fields and access.

    Raises Unavailable when the index is missing, damaged or being opened. An index never decides
    who may see what: its answers are decided again on the record.
    """

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """Put documents in, or take them out, all visible to the next search on return.

        A change whose `version` is lower than the one already known for its record is passed
        over: an older revision, or the same one with texts missing that were there before. One
        with the same version replaces it. Where an index has one writer, only the process that
        holds it may call this; another gets Unavailable (``writer_elsewhere``). Unavailable
        (``documents_refused``) names in `records` those that the index cannot take; all the others
        are in.
        """
        ...

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """The records that match `request` and that `access` lets through, and nothing of others.

        Hits, total and facets all stand behind the filter. In strict mode the matched set equals
        the substring oracle (`indexers.memory_index`). Never raises for what a person typed.
        """
        ...

    def suggest(self, typed: str, access: AccessFilter, *, limit: int) -> Sequence[Suggestion]:
        """Titles and numbers that begin with what was typed: Chinese, pinyin or initials."""
        ...

    def resembling(self, word: str, access: AccessFilter, *, limit: int) -> Sequence[Hit]:
        """Readable records where something like one word may stand, the likeliest first.

        One character may be wrong, missing or too many, or two swapped. More may be given than
        holds such a word: the texts decide. Nothing for what is no word of some characters.
        """
        ...

    def entries(self, *, after: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """(record, revision) of every document in the index, in order of record, after `after`."""
        ...

    def close(self) -> None:
        """Give the writer and all files back."""
        ...
