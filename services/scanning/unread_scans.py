"""Which scans nobody has read yet, for lists that show many records at once.

No list waits for the store to know it: a thread looks at the outbox of scans beside, so that a row
is marked, and unmarked, a few seconds late at most.
"""

from collections.abc import Callable
from itertools import islice

from records.errors import Corrupt, NotFound
from records.identity import RecordId
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from services.after_commit.texts import Texts

MOST = 2_000
"""Records that wait of which something is known here; those behind are marked in no list."""

AT_ONCE = 200
"""Records that one look reads, of those it does not know."""

AGAIN = 20
"""Records that one look reads once more: pages of a long scan are found while it still waits."""


class UnreadScans:
    """Remembers of each record that waits whether a file of it has no text but what is to come."""

    def __init__(
        self, waiting: Outbox, log: RecordLog, texts: Texts, *, is_on: Callable[[], bool]
    ) -> None:
        """Where nothing is recognised now, as `is_on` tells, nothing is told to be on its way."""
        self._is_on = is_on
        self._waiting = waiting
        self._log = log
        self._texts = texts
        self._known: dict[RecordId, tuple[int, bool]] = {}

    def holds(self, record: RecordId) -> bool:
        """Whether text of the record is still to be recognised; asks nobody."""
        return self._known.get(record, (0, False))[1]

    def tend(self) -> None:
        """Look at the outbox; for a thread of its own. Raises Unavailable."""
        numbers: dict[RecordId, int] = {}
        for entry in islice(self._waiting.pending(), MOST) if self._is_on() else ():
            numbers[entry.record] = max(numbers.get(entry.record, 0), entry.number)
        known = {r: n for r, n in self._known.items() if n[0] == numbers.get(r)}
        marked = [record for record, (_, is_unread) in known.items() if is_unread]
        for record in marked[:AGAIN]:  # it comes behind all that are marked too
            known[record] = known.pop(record)[0], self._is_unread(record)
        unknown = (each for each in numbers.items() if each[0] not in known)
        for record, number in islice(unknown, AT_ONCE):
            known[record] = number, self._is_unread(record)
        self._known = known

    def _is_unread(self, record: RecordId) -> bool:
        try:
            revision = self._log.latest(record)
        except (NotFound, Corrupt):
            return False
        found = (self._texts.completed(record, file.sha256) for file in revision.files)
        return any(each is not None and each.is_unread_scan for each in found)
