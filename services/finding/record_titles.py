"""Titles of records that others name: in columns, filters and rows of figures."""

from collections.abc import Iterable

from records.errors import Corrupt, NotFound
from records.identity import RecordId
from records.meaning import title_of
from records.ports.record_log import RecordLog
from records.rights.reading import may_read
from records.schema.kind import Kinds
from services.people.caller import Caller

HIDDEN = "（无权查看）"
"""In place of the title of a record that who asks may not read."""


class RecordTitles:
    """Looks titles up, side by side."""

    def __init__(self, log: RecordLog, kinds: Kinds) -> None:
        self._log = log
        self._kinds = kinds

    def of(self, caller: Caller, records: Iterable[str]) -> dict[str, str]:
        """Record → its title as the caller may read it, else `HIDDEN`; no call for none."""
        wanted = list(dict.fromkeys(records))
        found = self._log.latest_all([(RecordId(each), 0) for each in wanted]) if wanted else []
        titles = dict.fromkeys(wanted, HIDDEN)
        for record, revision in zip(wanted, found, strict=True):
            if isinstance(revision, NotFound | Corrupt):
                continue
            known = self._kinds.find(revision.kind) is not None
            kind = self._kinds.of(revision) if known else None
            if kind is not None and may_read(kind, revision, caller.access):
                titles[record] = title_of(kind, revision)
        return titles
