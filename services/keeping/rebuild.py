"""Builds the index anew beside the one in use, then swaps; searches go on meanwhile."""

import logging
from collections.abc import Iterator, Sequence

from records.errors import Corrupt, Invalid
from records.identity import RecordId
from records.kind import Kinds
from records.ports.outbox import Outbox
from records.ports.rebuildable_index import IndexRebuild, RebuildableIndex
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.search import IndexChange
from services.after_commit.documents import index_change
from services.after_commit.index_writing import put
from services.after_commit.texts import Texts
from services.people.organisation_book import OrganisationBook

_LOG = logging.getLogger(__name__)

_BATCH = 500


class IndexRebuilder:
    """Rebuilds the index from the records and the texts kept beside their files."""

    def __init__(
        self,
        *,
        log: RecordLog,
        index: RebuildableIndex,
        outbox: Outbox,
        texts: Texts,
        kinds: Kinds,
        book: OrganisationBook,
    ) -> None:
        self._log = log
        self._index = index
        self._outbox = outbox
        self._texts = texts
        self._kinds = kinds
        self._book = book

    def run(self) -> Iterator[int]:
        """Gives the number of records done so far, batch by batch; swaps at the end.

        Nothing is extracted: a file whose text is missing is found by its name, and its record
        goes to the outbox. A record whose newest revision is damaged, or whose kind is gone, is
        left out, so that one does not keep all others from being found; verify and the check of
        kinds name it. One that the index refuses goes to the outbox. What is written meanwhile
        goes into both indexes. When it is broken off, the
        index in use stays as it was. Raises Unavailable (``writer_elsewhere``,
        ``rebuild_running``).
        """
        rebuild = self._index.rebuild()
        done = 0
        swapped = False
        try:
            batch: list[IndexChange] = []
            for record, number in self._log.records():
                try:
                    batch.append(self._change(record, number))
                except (Corrupt, Invalid) as error:
                    _LOG.error("left out of the index: %s", error)
                if len(batch) == _BATCH:
                    self._put(rebuild, batch)
                    done += len(batch)
                    batch = []
                    yield done
            self._put(rebuild, batch)
            rebuild.swap()
            swapped = True
            yield done + len(batch)
        finally:
            if not swapped:
                rebuild.abandon()

    def _put(self, rebuild: IndexRebuild, batch: Sequence[IndexChange]) -> None:
        refused = put(rebuild.apply, batch)
        for change in batch:
            if change.record in refused:
                self._outbox.add(change.record, change.revision)

    def _change(self, record: RecordId, number: int) -> IndexChange:
        revision = self._log.revision(record, number)
        texts = self._texts.of(revision)
        if not _is_complete(revision, len(texts)):
            self._outbox.add(record, number)
        kind = self._kinds.of(revision)
        return index_change(kind, revision, texts, self._book.current())


def _is_complete(revision: Revision, texts: int) -> bool:
    return revision.deleted or texts == len({file.sha256 for file in revision.files})
