"""One directory with one tantivy index, open for reading or for reading and writing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import tantivy

from indexers.analysis import Analyser
from indexers.tantivy_index.documents import DocumentWriter, id_order
from indexers.tantivy_index.reading import revisions
from indexers.tantivy_index.schema import Name, build_schema
from records.errors import Unavailable
from records.identity import RecordId
from records.search import IndexChange, Removal

HEAP_BYTES = 50_000_000
"""Memory of the writer between two commits; tantivy's minimum is 15 MB per thread."""

WRITER_THREADS = 1
LISTED_AT_ONCE = 5_000
LAST_ORDER = 2**64 - 1


class Generation:
    """An index directory. Raises Unavailable (``index_missing``, ``index_damaged``) on opening."""

    def __init__(self, path: Path, analyser: Analyser, index: tantivy.Index) -> None:
        self.path = path
        self._index = index
        self._index.config_reader("manual")
        self._documents = DocumentWriter(analyser)
        self._writer: tantivy.IndexWriter | None = None

    @classmethod
    def create(cls, path: Path, analyser: Analyser) -> Self:
        """A new, empty index in a directory that is made for it."""
        path.mkdir(parents=True)
        return cls(path, analyser, tantivy.Index(build_schema(), path=str(path), reuse=False))

    @classmethod
    def open(cls, path: Path, analyser: Analyser) -> Self:
        """The index of an existing directory."""
        if not path.is_dir():
            raise Unavailable("index_missing", path=path.name)
        try:
            return cls(path, analyser, tantivy.Index.open(str(path)))
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged", path=path.name) from error

    @property
    def schema(self) -> tantivy.Schema:
        """The schema that queries are built for."""
        return self._index.schema

    def searcher(self, *, fresh: bool) -> tantivy.Searcher:
        """A snapshot; with `fresh` other processes' last commit is looked for first."""
        try:
            if fresh:
                self._index.reload()
            return self._index.searcher()
        except (ValueError, OSError) as error:
            raise Unavailable("index_damaged", path=self.path.name) from error

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """Write what is not older than what is known, commit, and show it to new searchers."""
        writer = self._open_writer()
        try:
            for change in self._newest(changes):
                writer.delete_documents_by_term(Name.ID, change.record)
                if isinstance(change, Removal):
                    writer.add_document(self._documents.tombstone(change))
                else:
                    writer.add_document(self._documents.document(change))
            writer.commit()
            self._index.reload()
        except (ValueError, OSError) as error:
            self.close()
            raise Unavailable("index_not_written", path=self.path.name) from error

    def entries(self, *, after: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """(record, revision) of every document, in order of record; tombstones are none."""
        searcher = self.searcher(fresh=False)
        last, size = after, LISTED_AT_ONCE
        while True:
            listed = self._listed(searcher, last, size)
            for record, revision in listed:
                if last is None or record > last:
                    yield record, revision
            if len(listed) < size:
                return
            if last is not None and listed[-1][0] <= last:
                size *= 2  # so many records share the first bytes of their identifiers
            else:
                last = listed[-1][0]

    def close(self) -> None:
        """Give the writer back; what was not committed is lost."""
        self._writer = None

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(HEAP_BYTES, WRITER_THREADS)
            except ValueError as error:
                raise Unavailable("writer_elsewhere", path=self.path.name) from error
        return self._writer

    def _newest(self, changes: Sequence[IndexChange]) -> list[IndexChange]:
        """The last change of the highest revision of each record, where it is not stale."""
        newest: dict[RecordId, IndexChange] = {}
        for change in changes:
            held = newest.get(change.record)
            if held is None or change.revision >= held.revision:
                newest[change.record] = change
        searcher = self.searcher(fresh=False)
        return [
            change
            for change in newest.values()
            if change.revision >= self._known_revision(searcher, change.record)
        ]

    def _known_revision(self, searcher: tantivy.Searcher, record: RecordId) -> int:
        query = tantivy.Query.term_query(self.schema, Name.ID, record, "basic")
        hits = searcher.search(query, 1, count=False).hits
        return revisions(searcher, [address for _, address in hits])[0] if hits else 0

    def _listed(
        self, searcher: tantivy.Searcher, after: RecordId | None, size: int
    ) -> list[tuple[RecordId, int]]:
        query = tantivy.Query.range_query(
            self.schema,
            Name.ID_ORDER,
            tantivy.FieldType.Unsigned,
            id_order(after) if after else 0,
            LAST_ORDER,
        )
        hits = searcher.search(
            query, size, count=False, order_by_field=Name.ID, order=tantivy.Order.Asc
        ).hits
        addresses = [address for _, address in hits]
        return [
            (RecordId(key), revision)
            for (key, _), revision in zip(hits, revisions(searcher, addresses), strict=True)
        ]
