"""Which of the records that an index names a person may read: decided on the record."""

import logging
from collections.abc import Sequence

from records.errors import Corrupt, NotFound
from records.identity import RecordId
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kinds
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)


class Admission:
    """So a stale index may hide and never reveals."""

    def __init__(self, log: RecordLog, kinds: Kinds) -> None:
        self._log = log
        self._kinds = kinds

    def admitted(
        self, caller: Caller, wanted: Sequence[tuple[RecordId, int]]
    ) -> list[Revision | None]:
        """The newest revisions, each when the caller may read it, in order."""
        return [self._readable(caller, found) for found in self._log.latest_all(wanted)]

    def is_open(self, caller: Caller, revision: Revision) -> bool:
        """Whether the caller may read a record as it stands in a revision."""
        known = self._kinds.find(revision.kind) is not None  # a lost kind breaks no list
        return known and may_read(self._kinds.of(revision), revision, caller.access)

    def _readable(self, caller: Caller, found: Revision | NotFound | Corrupt) -> Revision | None:
        if isinstance(found, Corrupt):
            _LOG.error("left out of a list: %s", found)
        if isinstance(found, NotFound | Corrupt):
            return None
        return found if self.is_open(caller, found) else None
