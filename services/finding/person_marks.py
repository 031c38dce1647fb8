"""What a person marked for himself: records that he follows (跟踪), notices that he has opened.

Each is a name in the store, ``followed/LOGIN/RECORD`` and ``noticed/LOGIN/RECORD``: true at once
for every process, and never in a revision, which would grow with its readers.
"""

from records.identity import Login, RecordId
from records.ports.claims import Claims

FOLLOWED = "followed"
NOTICED = "noticed"


class PersonMarks:
    """Marks of one sort."""

    def __init__(self, claims: Claims, sort: str) -> None:
        self._claims = claims
        self._sort = sort

    def put(self, login: Login, record: RecordId, at: str) -> None:
        """Mark the record; only the first time counts. `at` is an instant, ISO 8601."""
        self._claims.take(self._name(login, record), at.encode())

    def remove(self, login: Login, record: RecordId) -> None:
        """Take the mark away; nothing happens where there is none."""
        self._claims.free(self._name(login, record))

    def has(self, login: Login, record: RecordId) -> bool:
        """Whether the record bears the mark."""
        return self._claims.read(self._name(login, record)) is not None

    def records(self, login: Login) -> frozenset[RecordId]:
        """All records that bear the person's mark: one listing of what he marked himself."""
        prefix = f"{self._sort}/{login}/"
        return frozenset(RecordId(name.removeprefix(prefix)) for name in self._claims.names(prefix))

    def _name(self, login: Login, record: RecordId) -> str:
        return f"{self._sort}/{login}/{record}"
