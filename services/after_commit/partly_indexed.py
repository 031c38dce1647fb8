"""Which revisions are in the index by their fields, their texts still missing."""

import threading
from collections import OrderedDict

from records.identity import RecordId

MOST = 10_000
"""So many are remembered; 200 bytes each. Texts of one that was forgotten may have come to another
process that finished it: its entry here would stay for ever."""


class PartlyIndexed:
    """Remembers the newest of them. One that is forgotten is put into the index once more.

    Safe to use from several threads.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._numbers: OrderedDict[RecordId, int] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, record: RecordId, number: int) -> None:
        """A revision is in the index by its fields."""
        with self._lock:
            self._numbers[record] = number
            self._numbers.move_to_end(record)
            if len(self._numbers) > self._most:
                self._numbers.popitem(last=False)

    def holds(self, record: RecordId, number: int) -> bool:
        """Whether this revision is, and is the newest that was."""
        with self._lock:
            return self._numbers.get(record) == number

    def forget(self, record: RecordId) -> None:
        """Its texts are there, or it is worked off."""
        with self._lock:
            self._numbers.pop(record, None)
