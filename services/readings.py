"""Reading files where another process does it: asked for through the queue, then told of."""

import logging

from records.errors import NotFound, Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.texts import Reading, Texts

_LOG = logging.getLogger(__name__)


SMALL_BYTES = 256 << 10
"""Files of a record up to so much are begun where the record is worked off: most are read before
the patience of the drain is over, and three jobs become one."""


class SharedReadings:
    """Reads what is small here, and asks whoever takes jobs of extraction for the rest.

    Implements `services.drain.Readings`. Where the queue is down nothing is lost: the entry stays
    in the outbox, and the sweep asks again.
    """

    def __init__(self, texts: Texts, queue: JobQueue) -> None:
        self._texts = texts
        self._queue = queue

    def start(self, revision: Revision) -> Reading:
        """As the protocol says."""
        if sum(file.size_bytes for file in revision.files) <= SMALL_BYTES:
            return self._texts.start(revision)
        if self._texts.all_kept(revision):
            return Reading.THERE
        self.leave(revision)
        return Reading.ELSEWHERE

    def leave(self, revision: Revision) -> None:
        """As the protocol says."""
        try:
            self._queue.put(Job(JobName.READ, revision.record))
        except Unavailable as error:
            _LOG.warning("reading of %s not asked for: %s", revision.record, error)


class ReadingFiles:
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
        self._texts.read(revision)
        self._queue.put(Job(JobName.INDEX, record))
