"""Where all records stand: what has to be known before a kind is changed or removed."""

from collections.abc import Iterator

from records.errors import Corrupt, NotFound
from records.ports.record_log import RecordLog
from records.revision import Revision


class KindCensus:
    """Reads the newest revision of every record; the index may be behind, or not there."""

    def __init__(self, log: RecordLog) -> None:
        self._log = log

    def newest(self) -> Iterator[Revision]:
        """One revision per record, in order; damaged ones are left to ``wenshu verify``."""
        for record, number in self._log.records():
            try:
                yield self._log.revision(record, number)
            except (Corrupt, NotFound):
                continue
