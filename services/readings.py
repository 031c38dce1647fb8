"""Reading files where another process does it: asked for through the queue, then told of."""

import logging

from records.errors import NotFound, Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName, JobQueue
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.texts import Texts

_LOG = logging.getLogger(__name__)


class AskedReadings:
    """Asks whoever takes jobs of extraction to read what is missing.

    Implements `services.drain.Readings`. Where the queue is down nothing is lost: the entry stays
    in the outbox, and the sweep asks again.
    """

    def __init__(self, texts: Texts, queue: JobQueue) -> None:
        self._texts = texts
        self._queue = queue

    def start(self, revision: Revision) -> bool:
        """As the protocol says."""
        if self._texts.all_kept(revision):
            return True
        try:
            self._queue.put(Job(JobName.READ, revision.record))
        except Unavailable as error:
            _LOG.warning("reading of %s not asked for: %s", revision.record, error)
        return False


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
