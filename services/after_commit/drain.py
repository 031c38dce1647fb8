"""Works off the outbox of the index: text, then index; whoever is killed, the next one goes on.

Where the index has one writer, only its process drains; else any process may, also several at
once. A record whose text takes long is put into the index by its fields first, and again when the
text is there.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from records.errors import Corrupt, Invalid, NotFound, Unavailable
from records.identity import RecordId
from records.people.organisation import Organisation
from records.ports.job_queue import Job, JobName
from records.ports.outbox import Outbox, OutboxEntry
from records.ports.record_log import RecordLog
from records.ports.search_index import SearchIndex
from records.queries.search import IndexChange, IndexDocument
from records.revision import Revision
from records.schema.kind import Kinds
from services.after_commit.backlog import Backlog
from services.after_commit.dead_letters import DeadLetters
from services.after_commit.documents import index_change
from services.after_commit.index_writing import put
from services.after_commit.partly_indexed import PartlyIndexed
from services.after_commit.past_texts import PastTexts
from services.after_commit.texts import Reading, Texts
from services.people.organisation_book import OrganisationBook
from services.scanning.scan_requests import ScanRequests

_LOG = logging.getLogger(__name__)

BATCH = 512
"""Records put into the index at once: one commit costs 11-18 ms, whatever it holds."""

PATIENCE_S = 0.25
"""How long a round waits for texts that this process reads before it indexes the fields alone."""

ABANDONED_S = 600.0
"""An entry without its revision for so long belongs to a writer that died before committing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A revision that the index knows now, and which one of its record it knew before."""

    document: IndexDocument
    revision: Revision
    before: int
    """0 for none."""


@dataclass(slots=True)
class Round:
    """What one pass over the outbox did."""

    indexed: int = 0
    waiting: int = 0
    """Records whose text is still being read."""
    dropped: int = 0
    records: dict[RecordId, int] = field(default_factory=dict)
    """Records worked off, and up to which revision."""


class Trial(Protocol):
    """What every revision is tried against once the index knows it (检索订阅)."""

    def run(self, tried: Sequence[Tried]) -> None:
        """Try them and tell; may run again. Raises Unavailable."""
        ...


class TextReader(Protocol):
    """Has files read that nobody has read yet."""

    def start(self, revision: Revision) -> Reading:
        """Begin what is missing, here or elsewhere; asked again, how far it is."""
        ...

    def leave(self, revision: Revision) -> None:
        """What is read here takes longer than the drain waits: see that it is looked at again."""
        ...


class Drain:
    """Works off the outbox: all of it a round at a time, or some records.

    What cannot be worked off until somebody mends something (damage, a kind that is gone) becomes
    a dead letter; it stops its own record and no other.
    """

    def __init__(
        self,
        *,
        log: RecordLog,
        outbox: Outbox,
        backlog: Backlog,
        letters: DeadLetters,
        index: SearchIndex,
        texts: Texts,
        readings: TextReader,
        kinds: Kinds,
        book: OrganisationBook,
        trial: Trial,
        scans: ScanRequests,
    ) -> None:
        self._log = log
        self._outbox = outbox
        self._backlog = backlog
        self._letters = letters
        self._index = index
        self._texts, self._readings = texts, readings
        self._kinds, self._book = kinds, book
        self._past = PastTexts(log, texts, kinds)
        self._trial, self._scans = trial, scans
        self._partly = PartlyIndexed()
        self._one_at_a_time = threading.Lock()

    def round(self) -> Round:
        """One pass over all entries. Raises Unavailable when this process may not write."""
        with self._one_at_a_time:
            done = Round()
            stopped = self._letters.stopped()
            entries = [e for e in self._backlog.entries() if e.record not in stopped]
            for start in range(0, len(entries), BATCH):
                self._work(entries[start : start + BATCH], done)
            return done

    def work_off(self, entries: Sequence[OutboxEntry]) -> Round:
        """Work off what these entries of some records ask for, `BATCH` of them at most.

        May run in several processes at once. Raises Unavailable.
        """
        done = Round()
        self._work(entries, done)
        return done

    def drop_abandoned(self, entry: OutboxEntry) -> bool:
        """Remove an entry whose writer died before committing; whether it was one."""
        if self._backlog.age_s(entry) <= ABANDONED_S:
            return False
        try:
            self._log.revision(entry.record, entry.number)
        except NotFound:
            self._outbox.remove([entry])
            return True
        except Corrupt:
            return False
        return False

    def waiting_of(self, record: RecordId) -> tuple[OutboxEntry, ...]:
        """What of the record is still to be worked off, by whichever process."""
        return tuple(self._outbox.of(record))

    def waits_for(self, record: RecordId) -> bool:
        """Whether something of the record is still to be worked off."""
        return bool(self.waiting_of(record))

    def empty(self) -> bool:
        """Whether nothing is left to do."""
        return next(iter(self._outbox.pending()), None) is None

    def _work(self, entries: Sequence[OutboxEntry], done: Round) -> None:
        newest = self._newest(entries)
        ready: list[tuple[OutboxEntry, Revision]] = []
        for entry in entries:
            revision = newest.get(entry.record)
            if revision is not None and revision.number >= entry.number:
                ready.append((entry, revision))
            else:
                done.dropped += self.drop_abandoned(entry)
        newest = {revision.record: revision for _, revision in ready}
        complete = self._await_texts(newest.values())
        organisation = self._book.current()
        failed: set[RecordId] = set()
        changes: list[IndexChange] = []
        for revision in newest.values():
            record = revision.record
            if record in complete or not self._partly.holds(record, revision.number):
                with self._alone(record, failed):
                    changes.append(self._change(revision, organisation))
        for record in put(self._index.apply, changes):
            failed.add(record)
            self._letters.report(Job(JobName.INDEX, record), Unavailable("documents_refused"))
        self._try(self._tried(ready, changes, failed))
        self._finish([each for each in ready if each[1].record not in failed], complete, done)

    def _change(self, revision: Revision, organisation: Organisation) -> IndexChange:
        kind, texts = self._kinds.of(revision), self._texts.look_again(revision)
        past = self._past.of(kind, revision)
        return index_change(kind, revision, texts, organisation, past)

    def _try(self, tried: Sequence[Tried]) -> None:
        """All together; where that fails each alone, so that one keeps no other from it.

        What fails alone is told to nobody. The record is in the index all the same, and what is
        written of it next must come there too: a notice less is no reason for a letter, which
        would stop that.
        """
        try:
            self._trial.run(tried)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - each is tried alone, and tells
            _LOG.warning("%d revisions together: %s", len(tried), error)
            for each in tried:
                try:
                    self._trial.run([each])
                except Unavailable:
                    raise
                except Exception:  # noqa: BLE001 - the boundary of a record's trial
                    _LOG.exception("told to nobody who subscribed: %s", each.revision.record)

    def _tried(
        self,
        ready: Sequence[tuple[OutboxEntry, Revision]],
        changes: Sequence[IndexChange],
        failed: set[RecordId],
    ) -> list[Tried]:
        """What can be found by all its words from now on, and since which revision that is news."""
        revisions = {revision.record: revision for _, revision in ready}
        first: dict[RecordId, int] = {}
        for entry, _ in ready:
            first[entry.record] = min(entry.number, first.get(entry.record, entry.number))
        return [
            Tried(change, revisions[change.record], first[change.record] - 1)
            for change in changes
            if isinstance(change, IndexDocument) and change.complete and change.record not in failed
        ]

    @contextmanager
    def _alone(self, record: RecordId, failed: set[RecordId]) -> Iterator[None]:
        """What goes wrong with one record becomes its letter and keeps no other waiting."""
        try:
            yield
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of a record's work
            failed.add(record)
            self._letters.report(Job(JobName.INDEX, record), error)

    def _newest(self, entries: Sequence[OutboxEntry]) -> dict[RecordId, Revision]:
        """The newest revisions of the records of these entries, as far as they can be read.

        An entry whose own revision is not there yet names no revision that could be looked from.
        """
        known: dict[RecordId, int] = {}
        for entry in entries:
            known.setdefault(entry.record, entry.number)
        newest: dict[RecordId, Revision] = {}
        found = self._log.latest_all(list(known.items()))
        for record, revision in zip(known, found, strict=True):
            if isinstance(revision, NotFound):
                continue
            try:
                if isinstance(revision, Corrupt):
                    raise revision
                self._kinds.of(revision)
                newest[record] = revision
            except (Corrupt, Invalid) as error:
                self._letters.report(Job(JobName.INDEX, record), error)
        return newest

    def _await_texts(self, revisions: Iterable[Revision]) -> set[RecordId]:
        """Records all of whose texts are there, after a short wait for what is read here."""
        missing = list(revisions)
        complete: set[RecordId] = set()
        deadline = time.monotonic() + PATIENCE_S
        while missing:
            states = [(revision, self._readings.start(revision)) for revision in missing]
            complete.update(r.record for r, reading in states if reading is Reading.THERE)
            missing = [revision for revision, reading in states if reading is Reading.HERE]
            if missing and time.monotonic() > deadline:
                for revision in missing:
                    self._readings.leave(revision)
                break
            time.sleep(0.002 if missing else 0)
        return complete

    def _finish(
        self, ready: Sequence[tuple[OutboxEntry, Revision]], complete: set[RecordId], done: Round
    ) -> None:
        """Entries that are in the index are done; those whose text waits stay."""
        finished: list[tuple[OutboxEntry, Revision]] = []
        for entry, revision in ready:
            if revision.record not in complete:
                self._partly.note(revision.record, revision.number)
                done.waiting += 1
                continue
            self._partly.forget(revision.record)
            finished.append((entry, revision))
        self._scans.note(revision for _, revision in finished)
        self._outbox.remove([entry for entry, _ in finished])
        done.indexed += len(finished)
        done.records.update((entry.record, revision.number) for entry, revision in finished)
