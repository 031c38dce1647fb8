"""One directory with one tantivy index, open for reading or for reading and writing."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import tantivy

from indexers.analysis import Analyser
from indexers.querying.fields import Field
from indexers.tantivy_index.documents import DocumentWriter, id_order
from indexers.tantivy_index.folder_faults import told
from indexers.tantivy_index.reading import numbers
from indexers.tantivy_index.schema import Name, build_schema
from indexers.tantivy_index.snapshot import Snapshot
from records.errors import Unavailable
from records.identity import RecordId
from records.queries.search import IndexChange, Removal

HEAP_BYTES = 50_000_000
"""Memory of the writer between two commits; tantivy's minimum is 15 MB per thread."""

WRITER_THREADS = 1
UNSETTLED_MOST = 100_000
"""Records written and not committed: a commit takes 10 ms to half a second, and leaves a segment
more to be merged; the versions of so many take 15 MB."""

FIRST_LISTED = 100
"""Who looks at the first entries alone pays for no more."""

LISTED_AT_ONCE = 50_000
"""Each page looks through all entries that follow, at 0.02 s for 100,000; a page takes 20 MB."""
COMMITS = "meta.json"
LAST_ORDER = 2**64 - 1
COUNTERS = 4
"""Threads that count facets while their searches look for hits; idle ones cost nothing."""


class Generation:
    """An index directory.

    Raises Unavailable on opening: ``index_missing``, ``index_damaged``, ``index_read_only``.
    """

    def __init__(self, path: Path, analyser: Analyser, index: tantivy.Index) -> None:
        self.path = path
        self._index = index
        self._index.config_reader("manual")
        self._analyser = analyser
        self._documents = DocumentWriter(analyser)
        self._writer: tantivy.IndexWriter | None = None
        self._unsettled: dict[RecordId, int] = {}
        self._commit_seen: tuple[int, int] | None = None
        self._beside = ThreadPoolExecutor(COUNTERS, thread_name_prefix="facets")
        self._reload()

    @classmethod
    def create(cls, path: Path, analyser: Analyser) -> Self:
        """A new, empty index in a directory that is made for it."""
        with told(path, otherwise="index_not_written"):
            path.mkdir(parents=True)
            return cls(path, analyser, tantivy.Index(build_schema(), path=str(path), reuse=False))

    @classmethod
    def open(cls, path: Path, analyser: Analyser) -> Self:
        """The index of an existing directory."""
        if not path.is_dir():
            raise Unavailable("index_missing", path=path.name)
        with told(path, otherwise="index_damaged"):
            return cls(path, analyser, tantivy.Index.open(str(path)))

    @property
    def commit(self) -> int:
        """The number of the commit that `snapshot` gave last; it grows with each."""
        return self._commit

    def snapshot(self, *, fresh: bool) -> Snapshot:
        """The state after the last commit; with `fresh`, of any process, not only of this one.

        Raises Unavailable (``index_missing``) when the directory is gone.
        """
        if self._last_commit() != self._commit_seen and fresh:
            self._reload()
        return self._snapshot

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """Write what is not older than what is known, commit, and show it to new searchers.

        Raises Unavailable (``index_missing``) too, when the directory is gone.
        """
        self.fill(changes)
        self.settle()

    def fill(self, changes: Sequence[IndexChange]) -> None:
        """The same, with a commit only every `UNSETTLED_MOST` records: the others wait for one."""
        self._last_commit()
        writer = self._open_writer()
        with self._given_back_on_failure(), told(self.path, otherwise="index_not_written"):
            for change in changes:
                known = self._known_version(change.record)
                if change.version < known:
                    continue
                if known:
                    writer.delete_documents_by_term(Field.RECORD, change.record)
                if isinstance(change, Removal):
                    writer.add_document(self._documents.tombstone(change))
                else:
                    writer.add_document(self._documents.document(change))
                self._unsettled[change.record] = change.version
        if len(self._unsettled) >= UNSETTLED_MOST:
            self.settle()

    def settle(self) -> None:
        """Commit what was written, and show it to new searchers."""
        if not self._unsettled:
            return
        writer = self._open_writer()
        with self._given_back_on_failure():
            with told(self.path, otherwise="index_not_written"):
                writer.commit()
            self._unsettled.clear()
            self._reload()

    def finish(self) -> None:
        """Commit, wait until what is being merged is merged, and give the writer back."""
        self.settle()
        if self._writer is not None:
            with told(self.path, otherwise="index_not_written"):
                self._writer.wait_merging_threads()
        self.close()

    def entries(self, *, after: RecordId | None, fresh: bool) -> Iterator[tuple[RecordId, int]]:
        """(record, revision) of every document, in order of record; tombstones are none."""
        searcher = self.snapshot(fresh=fresh).searcher
        last, size = after, FIRST_LISTED
        while True:
            listed, is_last = self._listed(searcher, last, size)
            for record, revision in listed:
                if last is None or record > last:
                    yield record, revision
            if is_last:
                return
            if not listed or (last is not None and listed[-1][0] <= last):
                size *= 2  # so many records share the first bytes of their identifiers
            else:
                last, size = listed[-1][0], LISTED_AT_ONCE

    def close(self) -> None:
        """Give the writer back; what was not committed is lost."""
        self._writer = None
        self._unsettled.clear()

    @contextmanager
    def _given_back_on_failure(self) -> Iterator[None]:
        try:
            yield
        except Unavailable:
            self.close()
            raise

    def _reload(self) -> None:
        seen = self._last_commit()
        with told(self.path, otherwise="index_damaged"):
            self._index.reload()
            searcher = self._index.searcher()
            commit = int(json.loads((self.path / COMMITS).read_bytes())["opstamp"])
        self._snapshot = Snapshot(self._index, searcher, self._analyser, self._beside)
        self._commit_seen, self._commit = seen, commit

    def _last_commit(self) -> tuple[int, int]:
        """Changes with every commit: tantivy replaces this file by a rename."""
        try:
            stat = (self.path / COMMITS).stat()
        except FileNotFoundError as error:
            raise Unavailable("index_missing", path=self.path.name) from error
        return stat.st_mtime_ns, stat.st_ino

    def _open_writer(self) -> tantivy.IndexWriter:
        """The writer; opened, it begins with all that another process may have written."""
        if self._writer is None:
            with told(self.path, otherwise="writer_elsewhere"):
                self._writer = self._index.writer(HEAP_BYTES, WRITER_THREADS)
            self._reload()
        return self._writer

    def _known_version(self, record: RecordId) -> int:
        """0 for none. What this process wrote last is known before it is committed."""
        if record in self._unsettled:
            return self._unsettled[record]
        searcher = self._snapshot.searcher
        if not searcher.num_docs:
            return 0
        query = tantivy.Query.term_query(self._index.schema, Field.RECORD, record, "basic")
        hits = searcher.search(query, 1, count=False).hits
        return numbers(searcher, Name.VERSION, [hits[0][1]])[0] if hits else 0

    def _listed(
        self, searcher: tantivy.Searcher, after: RecordId | None, size: int
    ) -> tuple[list[tuple[RecordId, int]], bool]:
        """Entries from a record on, in order, of `size` at most, and whether they are the last.

        Sorted here: to look through a number takes the engine 0.02 s of 100,000, to sort them by
        the text of their identifiers 2 s. Of those whose first bytes are the last ones not all
        may have had room, and they are left for the next page.
        """
        query = tantivy.Query.range_query(
            self._index.schema,
            Name.ID_ORDER,
            tantivy.FieldType.Unsigned,
            id_order(after) if after else 0,
            LAST_ORDER,
        )
        hits = searcher.search(
            query, size, count=False, order_by_field=Name.ID_ORDER, order=tantivy.Order.Asc
        ).hits
        is_last = len(hits) < size
        addresses = [address for key, address in hits if is_last or key != hits[-1][0]]
        records = [
            RecordId(str(searcher.doc(address).get_first(Field.RECORD))) for address in addresses
        ]
        revisions = numbers(searcher, Field.REVISION, addresses)
        return sorted(zip(records, revisions, strict=True)), is_last
