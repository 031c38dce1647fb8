"""What a person deleted, until it is restored or let go (回收站, YP-05).

Each is a name in the store, ``binned/LOGIN/TOP/RECORD``: what was deleted along with a folder lies
under the folder. A mark without a tombstone means nothing: it is set before the revision.
"""

from records.identity import Login, RecordId
from records.ports.claims import Claims


class BinMarks:
    """The marks of everybody."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def put(self, login: Login, record: RecordId, *, top: RecordId) -> None:
        """Note that a record goes, together with `top`: itself, or the folder it lies in."""
        self._claims.take(f"{self._folder(login, top)}{record}", b"")

    def of(self, login: Login) -> dict[RecordId, list[RecordId]]:
        """What the person deleted, each with all that went with it: one listing."""
        found: dict[RecordId, list[RecordId]] = {}
        prefix = f"binned/{login}/"
        for name in self._claims.names(prefix):
            top, _, record = name.removeprefix(prefix).partition("/")
            found.setdefault(RecordId(top), []).append(RecordId(record))
        return found

    def remove(self, login: Login, record: RecordId, *, top: RecordId) -> None:
        """Take the mark away; nothing happens where there is none."""
        self._claims.free(f"{self._folder(login, top)}{record}")

    @staticmethod
    def _folder(login: Login, top: RecordId) -> str:
        return f"binned/{login}/{top}/"
