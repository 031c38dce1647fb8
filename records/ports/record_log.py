"""The log of revisions: the truth about every record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from records.errors import Conflict, Corrupt, NotFound
from records.identity import RecordId, Sha256
from records.revision import Revision
from records.text import ExtractedText


@dataclass(frozen=True, slots=True)
class Commit:
    """A revision to be written, with the files it brings and texts already read from them.

    Files are local paths handed over: they are not changed or used afterwards.
    """

    revision: Revision
    files: Mapping[Sha256, Path] = field(default_factory=dict)
    texts: Mapping[Sha256, ExtractedText] = field(default_factory=dict)


class RecordLog(Protocol):
    """Revisions of records, each written once and never changed.

    Every method raises Unavailable when the store is not to be reached, full or read-only, and
    Corrupt (``torn_revision`` with ``record`` and ``number``) for damaged content.
    """

    def latest(self, record: RecordId, *, known: int = 0) -> Revision:
        """The newest revision. `known` is a number that is known to exist: looking starts there.

        Raises NotFound (``unknown_record``).
        """
        ...

    def latest_all(
        self, wanted: Sequence[tuple[RecordId, int]]
    ) -> list[Revision | NotFound | Corrupt]:
        """The newest revisions of many records, each given with its known number (0: none).

        One answer per record, in order: what `latest` would return or, of these two errors, raise.
        On a store over the network the records are asked for side by side.
        """
        ...

    def revision(self, record: RecordId, number: int) -> Revision:
        """The revision of that number. Raises NotFound (``unknown_revision``)."""
        ...

    def digest(self, record: RecordId, number: int) -> Sha256:
        """SHA-256 of a revision as it is stored: what the next one names as `previous`."""
        ...

    def history(self, record: RecordId, *, newest: int) -> Sequence[Revision]:
        """All revisions up to the one of the number `newest`, that one first.

        On a store over the network they are asked for side by side. Raises NotFound
        (``unknown_revision``).
        """
        ...

    def commit(self, commit: Commit) -> Revision:
        """Write one revision, durably, with its files; what is returned carries `previous`.

        An outbox entry exists from before the revision until somebody removes it. Raises Conflict
        (``stale_revision``, with ``newest``, ``by`` and ``record``) when the number is taken,
        NotFound when the predecessor is missing, Unknown when the outcome cannot be told.
        """
        ...

    def commit_all(self, commits: Sequence[Commit]) -> list[Revision | Conflict]:
        """Write several revisions at the price of few flushes; one outcome each, in order."""
        ...

    def records(self, *, after: RecordId | None = None) -> Iterator[tuple[RecordId, int]]:
        """(record, newest number) of every record after `after`, in order."""
        ...
