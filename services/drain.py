"""Works off the outbox: text, effects, index; whoever is killed, the next one goes on.

Only the process that holds the index writer drains. A record whose text takes long is put into
the index by its fields first, and again when the text is there.
"""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from records.errors import Corrupt, Invalid, NotFound
from records.identity import RecordId
from records.kind import Kinds
from records.ports.outbox import Outbox, OutboxEntry
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.revision import Revision
from services.documents import index_change
from services.effects import Effects
from services.index_writing import put
from services.organisation_book import OrganisationBook
from services.texts import Texts
from services.timers import Timers

_LOG = logging.getLogger(__name__)

BATCH = 512
"""Records put into the index at once: one commit costs 11-18 ms, whatever it holds."""

PATIENCE_S = 0.25
"""How long a round waits for texts before it indexes the fields alone."""

ABANDONED_S = 600.0
"""An entry without its revision for so long belongs to a writer that died before committing."""

REFUSED_S = 60.0
"""A record that the index refused is tried again after so long; its entry stays until then."""


@dataclass(slots=True)
class Round:
    """What one pass over the outbox did."""

    indexed: int = 0
    waiting: int = 0
    """Records whose text is still being read."""
    dropped: int = 0
    records: dict[RecordId, int] = field(default_factory=dict)
    """Records worked off, and up to which revision."""


class Drain:
    """Works off the outbox, a round at a time."""

    def __init__(
        self,
        *,
        log: RecordLog,
        outbox: Outbox,
        index: SearchIndex,
        texts: Texts,
        effects: Effects,
        kinds: Kinds,
        book: OrganisationBook,
        timers: Timers,
    ) -> None:
        self._log = log
        self._outbox = outbox
        self._index = index
        self._texts = texts
        self._effects = effects
        self._kinds = kinds
        self._book = book
        self._timers = timers
        self._first_seen: dict[OutboxEntry, float] = {}
        self._shown: dict[RecordId, int] = {}
        self._refused: dict[RecordId, float] = {}
        self._one_at_a_time = threading.Lock()

    def round(self) -> Round:
        """One pass over all entries. Raises Unavailable when this process may not write."""
        with self._one_at_a_time:
            done = Round()
            entries = [e for e in self._outbox.pending() if not self._was_refused(e.record)]
            self._first_seen = {e: self._first_seen.get(e, time.monotonic()) for e in entries}
            for start in range(0, len(entries), BATCH):
                self._work(entries[start : start + BATCH], done)
            return done

    def _was_refused(self, record: RecordId) -> bool:
        """Whether the index could not take the record a short while ago; it is not asked yet."""
        if time.monotonic() - self._refused.get(record, -REFUSED_S) < REFUSED_S:
            return True
        self._refused.pop(record, None)
        return False

    def waits_for(self, record: RecordId) -> bool:
        """Whether something of the record is still to be worked off, by whichever process."""
        return any(entry.record == record for entry in self._outbox.pending())

    def empty(self) -> bool:
        """Whether nothing is left to do."""
        return next(iter(self._outbox.pending()), None) is None

    def _work(self, entries: Iterable[OutboxEntry], done: Round) -> None:
        ready: list[tuple[OutboxEntry, Revision]] = []
        newest: dict[RecordId, Revision] = {}
        for entry in entries:
            revision = self._committed(entry, newest, done)
            if revision is not None:
                ready.append((entry, revision))
        complete = self._await_texts(newest.values())
        organisation = self._book.current()
        changes = [
            index_change(
                self._kinds.get(revision.kind), revision, self._texts.of(revision), organisation
            )
            for revision in newest.values()
            if revision.record in complete or not self._is_shown(revision)
        ]
        refused = put(self._index.apply, changes)
        self._refused.update(dict.fromkeys(refused, time.monotonic()))
        for entry, revision in ready:
            if revision.record not in refused:
                self._finish(entry, revision, done, fully=revision.record in complete)

    def _committed(
        self, entry: OutboxEntry, newest: dict[RecordId, Revision], done: Round
    ) -> Revision | None:
        """The newest revision of the entry's record, or None while its own is not there."""
        try:
            if entry.record not in newest:
                self._log.revision(entry.record, entry.number)
                latest = self._log.latest(entry.record, known=entry.number)
                self._kinds.get(latest.kind)
                newest[entry.record] = latest
            revision = newest.get(entry.record)
        except NotFound:
            revision = None
        except (Corrupt, Invalid) as error:
            # Damage, or a kind that is gone, stops its own record and no other; verify names it.
            _LOG.error("outbox entry of %s waits: %s", entry.record, error)
            newest.pop(entry.record, None)
            return None
        if revision is not None and revision.number >= entry.number:
            return revision
        if time.monotonic() - self._first_seen.get(entry, time.monotonic()) > ABANDONED_S:
            self._outbox.remove(entry)
            done.dropped += 1
        return None

    def _await_texts(self, revisions: Iterable[Revision]) -> set[RecordId]:
        """Records all of whose texts are there, after a short wait."""
        missing = {revision.record: revision for revision in revisions}
        complete: set[RecordId] = set()
        deadline = time.monotonic() + PATIENCE_S
        while True:
            arrived = [r for r, revision in missing.items() if self._texts.start(revision)]
            complete.update(arrived)
            for record in arrived:
                del missing[record]
            if not missing or time.monotonic() > deadline:
                return complete
            time.sleep(0.002)

    def _is_shown(self, revision: Revision) -> bool:
        """Whether this state is in the index by its fields, its texts still missing."""
        return self._shown.get(revision.record) == revision.number

    def _finish(self, entry: OutboxEntry, revision: Revision, done: Round, *, fully: bool) -> None:
        if not fully:
            self._shown[revision.record] = revision.number
            done.waiting += 1
            return
        self._shown.pop(revision.record, None)
        self._run_effects(entry)
        self._outbox.remove(entry)
        done.indexed += 1
        done.records[entry.record] = revision.number

    def _run_effects(self, entry: OutboxEntry) -> None:
        revision = self._log.revision(entry.record, entry.number)
        kind = self._kinds.get(revision.kind)
        self._timers.note(kind, revision)
        if revision.effects:
            self._effects.run(kind, revision, self._book.current())
