"""Reads everything back and says what is not as it was written."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from records.errors import Corrupt, NotFound
from records.identity import RecordId, Sha256
from records.ports.file_shelf import FileShelf
from records.ports.record_log import RecordLog
from records.revision import Revision


@dataclass(frozen=True, slots=True)
class Damage:
    """One damaged object, named exactly."""

    record: RecordId
    number: int | None
    """The revision, or None for a file."""
    sha256: Sha256 | None
    reason: str
    """``torn_revision``, ``missing_revision``, ``broken_chain``, ``missing_file``,
    ``damaged_file``."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A record that was read back whole, and what was found wrong with it."""

    record: RecordId
    revisions: int
    files: int
    damages: tuple[Damage, ...]


class Verifier:
    """Verifies every revision, every chain and every file.

    The log given here must read the store itself: a cache would hide damage.
    """

    def __init__(self, log: RecordLog, shelf: FileShelf) -> None:
        self._log = log
        self._shelf = shelf

    def run(self) -> Iterator[Verified]:
        """One answer per record, in order; reads every byte of the store."""
        for record, newest in self._log.records():
            yield self._record(record, newest)

    def _record(self, record: RecordId, newest: int) -> Verified:
        damages: list[Damage] = []
        files: dict[Sha256, int] = {}
        before: Sha256 | None = None
        unbroken = True
        for number in range(1, newest + 1):
            revision = self._revision(record, number, damages)
            if revision is not None:
                if unbroken and revision.previous != before:
                    damages.append(Damage(record, number, None, "broken_chain"))
                before = self._log.digest(record, number)
                files.update(revision.kept_files)
            unbroken = revision is not None
        for sha256, size in files.items():
            damages.extend(self._file(record, sha256, size))
        return Verified(record, newest, len(files), tuple(damages))

    def _revision(self, record: RecordId, number: int, damages: list[Damage]) -> Revision | None:
        try:
            return self._log.revision(record, number)
        except Corrupt as error:
            damages.append(Damage(record, number, None, error.reason))
        except NotFound:
            damages.append(Damage(record, number, None, "missing_revision"))
        return None

    def _file(self, record: RecordId, sha256: Sha256, size: int) -> Iterator[Damage]:
        digest = hashlib.sha256()
        try:
            for piece in self._shelf.stream(record, sha256, start=0, length=size + 1):
                digest.update(piece)
        except NotFound:
            yield Damage(record, None, sha256, "missing_file")
        except Corrupt:
            yield Damage(record, None, sha256, "damaged_file")
        else:
            if digest.hexdigest() != sha256:
                yield Damage(record, None, sha256, "damaged_file")
