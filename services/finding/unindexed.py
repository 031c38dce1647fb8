"""Records whose newest revision the index may not know yet: the outbox, seen by lists."""

from collections.abc import Mapping

from records.errors import Corrupt, NotFound
from records.identity import RecordId
from records.ports.record_log import RecordLog
from records.revision import Revision
from services.after_commit.backlog import Backlog

LOOKED_AT = 200
"""Newest records of one revision that are looked at: an import may have begun a million."""


class Unindexed:
    """Reads the newest revisions of what stands in the outbox."""

    def __init__(self, log: RecordLog, backlog: Backlog) -> None:
        self._log = log
        self._backlog = backlog

    def newest(self) -> Mapping[RecordId, Revision | None]:
        """The newest revision of each such record; None where there is none, or it is damaged.

        Of records that were just begun only the `LOOKED_AT` newest: the index knows nothing of the
        others, so they are missing from lists for a while and never stand in a wrong one.
        """
        changed: dict[RecordId, int] = {}
        begun: dict[RecordId, int] = {}
        for entry in self._backlog.entries():
            kept = begun if entry.number == 1 else changed
            kept[entry.record] = max(kept.get(entry.record, 0), entry.number - 1)
        young = sorted(begun.keys() - changed.keys())[-LOOKED_AT:]
        wanted = [*changed.items(), *((record, 0) for record in young)]
        found = self._log.latest_all(wanted)
        return {
            record: None if isinstance(each, NotFound | Corrupt) else each
            for (record, _), each in zip(wanted, found, strict=True)
        }
