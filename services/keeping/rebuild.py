"""Builds the index anew beside the one in use, then swaps; searches go on meanwhile."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from records.errors import Corrupt, Invalid, NotFound
from records.identity import RecordId
from records.people.organisation import Organisation
from records.ports.outbox import Outbox
from records.ports.rebuildable_index import IndexRebuild
from records.ports.record_log import RecordLog
from records.queries.search import IndexChange
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.documents import index_change
from services.after_commit.index_writing import put
from services.after_commit.past_texts import PastTexts
from services.after_commit.texts import Texts
from services.people.organisation_book import OrganisationBook

_LOG = logging.getLogger(__name__)

_READ_AT_ONCE = 500
_BATCH = 1_000
"""Records put into the index at once; while they are, what is written waits."""

_CHARACTERS = 4_000_000
"""A batch of long texts ends earlier: it is held in memory whole."""


NewIndex = TypeVar("NewIndex", bound=IndexRebuild)


@contextmanager
def taken_into_use(rebuild: NewIndex) -> Iterator[NewIndex]:
    """A new index that is swapped in at the end, or thrown away where it does not come to that."""
    try:
        yield rebuild
        rebuild.swap()
    except BaseException:  # whoever asks for no more numbers breaks it off too
        rebuild.abandon()
        raise


class IndexRebuilder:
    """Rebuilds the index from the records and the texts kept beside their files."""

    def __init__(
        self,
        *,
        log: RecordLog,
        begin: Callable[[], IndexRebuild],
        outbox: Outbox,
        texts: Texts,
        kinds: Kinds,
        book: OrganisationBook,
    ) -> None:
        """`begin` gives the new index (`RebuildableIndex.rebuild`)."""
        self._log = log
        self._begin = begin
        self._outbox = outbox
        self._texts = texts
        self._kinds = kinds
        self._past = PastTexts(log, texts, kinds)
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
        done = 0
        with taken_into_use(self._begin()) as rebuild:
            for batch in self._batches(self._log.records()):
                self._put(rebuild, batch)
                done += len(batch)
                yield done
        yield done

    def give_up(self) -> None:
        """Nothing: what runs in this process ends with it."""

    def put_again(self, rebuild: IndexRebuild, records: Iterable[RecordId]) -> Iterator[int]:
        """Put in what stands of these records now: they were changed since they were read.

        Gives how many each batch had.
        """
        for batch in self._batches((record, 0) for record in records):
            self._put(rebuild, batch)
            yield len(batch)

    def _batches(self, records: Iterator[tuple[RecordId, int]]) -> Iterator[list[IndexChange]]:
        batch: list[IndexChange] = []
        characters = 0
        for change, size in self._changes(records):
            batch.append(change)
            characters += size
            if len(batch) >= _BATCH or characters >= _CHARACTERS:
                yield batch
                batch, characters = [], 0
        yield batch

    def _changes(
        self, records: Iterator[tuple[RecordId, int]]
    ) -> Iterator[tuple[IndexChange, int]]:
        """Each record as the index takes it, and how many characters its texts have."""
        while known := list(islice(records, _READ_AT_ONCE)):
            newest = self._log.latest_all(known)
            readable = [each for each in newest if isinstance(each, Revision)]
            self._texts.fetch(readable)
            organisation = self._book.current()
            for each in newest:
                try:
                    yield self._change(_whole(each), organisation)
                except (Corrupt, Invalid, NotFound) as error:
                    _LOG.error("left out of the index: %s", error)

    def _put(self, rebuild: IndexRebuild, batch: Sequence[IndexChange]) -> None:
        refused = put(rebuild.apply, batch)
        for change in batch:
            if change.record in refused:
                self._outbox.add(change.record, change.revision)

    def _change(self, revision: Revision, organisation: Organisation) -> tuple[IndexChange, int]:
        texts = self._texts.of(revision)
        if not _is_complete(revision, len(texts)):
            self._outbox.add(revision.record, revision.number)
        kind = self._kinds.of(revision)
        characters = sum(text.characters for text in texts.values())
        past = self._past.of(kind, revision)
        characters += sum(map(len, (*past.open, *past.closed)))
        return index_change(kind, revision, texts, organisation, past), characters


def _whole(found: Revision | NotFound | Corrupt) -> Revision:
    if isinstance(found, NotFound | Corrupt):
        raise found
    return found


def _is_complete(revision: Revision, texts: int) -> bool:
    return revision.deleted or texts == len({file.sha256 for file in revision.files})
