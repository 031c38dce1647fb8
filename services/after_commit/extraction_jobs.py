"""Reading files where another process does it: asked for through the queue, then told of."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Protocol

from records.errors import NotFound, Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue
from records.ports.record_log import RecordLog
from records.revision import FileVersion, Revision
from services.after_commit.texts import Reading, Texts

_LOG = logging.getLogger(__name__)


SMALL_BYTES = 256 << 10
"""Files of a record up to so much are read where the record is worked off: most are read before the
patience of the drain is over, and three jobs, two of which wait for the index, become one. A burst
of 120 uploads at 20 a second waited 5.1 s each (p95) with jobs alone, so 1.1 to 2.4 s: two cores,
all servers on them, two workers of two processes."""


class Readers(Protocol):
    """The other processes that read files; nothing is known of them while Redis is away."""

    def reading(self, record: RecordId) -> AbstractContextManager[bool]:
        """Whether a record's files are ours to read for the time of the context.

        They are not while another reads them or when a process died over them: a job of its own
        counts that and gives the record up in the end.
        """
        ...


class SharedTextReader:
    """Reads what is small here, and asks whoever takes jobs of extraction for the rest.

    Implements `services.after_commit.drain.TextReader`. Where the queue is down nothing is lost:
    the entry stays in the outbox.
    """

    def __init__(self, texts: Texts, queue: JobQueue, readers: Readers, *, at_once: int) -> None:
        """Reads so many small files `at_once`."""
        self._texts = texts
        self._queue = queue
        self._readers = readers
        self._begun: dict[RecordId, Future[None]] = {}
        self._left: set[RecordId] = set()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="small")

    def start(self, revision: Revision) -> Reading:
        """As the protocol says."""
        record = revision.record
        with self._lock:
            begun = self._begun.get(record)
            if begun is not None and not begun.done():
                return Reading.ELSEWHERE if record in self._left else Reading.HERE
            self._begun.pop(record, None)
        missing = self._texts.missing(revision)
        if not missing:
            return Reading.THERE
        if begun is None and sum(file.size_bytes for file in revision.files) <= SMALL_BYTES:
            with self._lock:
                self._begun[record] = self._pool.submit(self._read, record, missing)
            return Reading.HERE
        self._ask(JobName.READ, record)
        return Reading.ELSEWHERE

    def leave(self, revision: Revision) -> None:
        """As the protocol says: the record is looked at again when its reading ends."""
        record = revision.record
        with self._lock:
            begun = self._begun.get(record)
            if begun is None or record in self._left:
                return
            self._left.add(record)
        begun.add_done_callback(lambda done: self._end(record, done))

    def _end(self, record: RecordId, done: Future[None]) -> None:
        """What follows a reading that was left; one that failed is not begun here at once again."""
        with self._lock:
            self._left.discard(record)
            if self._begun.get(record) is done:
                del self._begun[record]
        if not done.cancelled():
            self._ask(JobName.READ if done.exception() else JobName.INDEX, record)

    def close(self) -> None:
        """Begin no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _read(self, record: RecordId, files: Sequence[FileVersion]) -> None:
        """Read here what is ours to read; what is not is still missing then, as after a failure."""
        with self._readers.reading(record) as ours:
            if ours:
                self._texts.read(record, files)

    def _ask(self, name: JobName, record: RecordId) -> None:
        try:
            self._queue.put(Job(name, record))
        except Unavailable as error:
            _LOG.warning("%s of %s not asked for: %s", name, record, error)


class ExtractionJob:
    """Reads the files of a record whose text is missing, then has the record indexed."""

    def __init__(self, log: RecordLog, texts: Texts, queue: JobQueue) -> None:
        self._log = log
        self._texts = texts
        self._queue = queue

    def run(self, record: RecordId) -> None:
        """Read; a file that cannot be read is kept as such. Raises Unavailable, Corrupt."""
        try:
            revision = self._log.latest(record)
        except NotFound:
            return
        self._texts.read(record, self._texts.missing(revision))
        self._queue.put(Job(JobName.INDEX, record))
