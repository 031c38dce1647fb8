"""A whole store moved to another one: resumable, verified, and never half a store that looks whole.

The first thing written is a `format` that every program refuses, the last is the real one: until
all has been read back the target does not open. Files go before the revisions that name them,
since keys are copied in order.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from records.errors import Conflict, Corrupt, Invalid, NotFound, Refused, Unavailable, WenshuError
from records.identity import ObjectKey
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.object_store import NewObject, ObjectStat, ObjectStore
from records.ports.retention import Retention
from records.times.office_time import office_day
from services.keeping.copy_ledger import CopyLedger, CopyLine, CopyOutcome

FORMAT = ObjectKey("format")
UNFINISHED = b"copying"
"""What `format` holds while a copy is under way."""

LEFT_OUT = ("sessions/", "probe/", "exports/")
"""May be lost without harm; people sign in again, and export again."""

_FREED = ("claims/", "effects/", "outbox/", "scans/", "scans-beyond/")
_COMPARED = 16
"""So many objects tell whether two stores are one: their accounts come first, which are salted."""

_BATCH_OBJECTS = 128
_BATCH_BYTES = 64 << 20
_IN_MEMORY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class StoreSide:
    """One end of a copy; `retention` is None where a store cannot hold anything."""

    store: ObjectStore
    retention: Retention | None


class StoreCopier:
    """Copies one store into another that is empty, or an earlier copy of the same."""

    def __init__(
        self, source: StoreSide, target: StoreSide, *, clock: Clock, identities: Identities
    ) -> None:
        self._source = source
        self._target = target
        self._identities = identities
        self._today = office_day(clock.now())
        self._at_once = max(source.store.at_once, target.store.at_once)

    def prepare(self) -> CopyLedger:
        """Count what is to be copied, and close the target to everybody else.

        The target may be empty, or an earlier copy of this source, finished or not. Then what it
        alone holds is removed where the source may have freed it since: claims, outbox entries,
        texts. It is another store, or a copy that was used as one, and is left as it is, when it
        alone holds anything else, since records and chains only grow; or when most of the first
        records and chains that both hold differ, since two stores may know the same names.

        Raises NotFound (``no_store``) when the source is none, Refused: ``copy_unfinished`` when
        it is itself a copy under way, ``same_store`` when both are one place, ``nested_store``
        when the target lies in the source, ``target_in_use`` (with ``key``) for another store.
        """
        self._source_format()
        expected = self._counted()
        standing = self._target_format()
        # The whole list comes first: nothing is changed where one object is not ours.
        gone = list(self._gone(may_be_copy=standing is not None))
        self._refuse_another()
        self._close(standing)
        for key in gone:
            if self._source.store.stat(key) is None:
                self._target.store.delete(key)
        return CopyLedger(expected=expected)

    def run(self) -> Iterator[list[CopyLine]]:
        """Copy, batch by batch; then one batch of what was written meanwhile, all failed.

        That of the source comes with the next run, which sends only what is missing; so does what
        an interruption left. What another copy put into the target meanwhile spoils it for good.
        Raises Unavailable (``temporary_full`` too: large objects pass through a local folder).
        """
        failed: set[ObjectKey] = set()
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="copy") as threads:
            for batch in _batches(self._both()):
                lines = self._copy(batch, threads)
                failed.update(line.key for line in lines if line.outcome is CopyOutcome.FAILED)
                yield lines
        late = (line for pair in self._both() if (line := _written_meanwhile(*pair)))
        yield [line for line in late if line.key not in failed]

    def finish(self, ledger: CopyLedger) -> bool:
        """Open the target when it holds everything; whether it does."""
        if ledger.is_whole:
            self._target.store.replace(FORMAT, self._source_format())
        return ledger.is_whole

    def _source_format(self) -> bytes:
        try:
            found = self._source.store.read(FORMAT)
        except NotFound as error:
            raise NotFound("no_store") from error
        if found == UNFINISHED:
            raise Refused("copy_unfinished")
        return found

    def _counted(self) -> int:
        """How many objects are to be copied. Raises Refused where the target is among them.

        The stores are asked, since addresses do not tell: one place can have several names.
        """
        mark = ObjectKey(f"probe/{self._identities.write_id()}")
        try:
            self._target.store.create(mark, b"copy")
            if self._source.store.stat(mark) is not None:
                raise Refused("same_store")
            count = 0
            for stat in self._listed(self._source.store):
                if stat.key.endswith(f"/{mark}"):
                    raise Refused("nested_store")
                count += 1
            return count
        finally:
            self._target.store.delete(mark)

    def _target_format(self) -> bytes | None:
        try:
            return self._target.store.read(FORMAT)
        except NotFound:
            return None

    def _close(self, standing: bytes | None) -> None:
        if standing is not None:
            self._target.store.replace(FORMAT, UNFINISHED)
            return
        try:
            self._target.store.create(FORMAT, UNFINISHED)
        except Conflict as error:  # another copy began in this moment
            raise Refused("copy_unfinished") from error

    def _gone(self, *, may_be_copy: bool) -> Iterator[ObjectKey]:
        """What the target alone holds. Raises Refused for what the source cannot have freed."""
        for stat, found in self._both():
            if stat is None and found is not None:
                if not (may_be_copy and _can_be_freed(found.key)):
                    raise Refused("target_in_use", key=found.key)
                yield found.key

    def _refuse_another(self) -> None:
        shared = (
            (stat, found)
            for stat, found in self._both()
            if stat is not None and found is not None and not _can_be_freed(stat.key)
        )
        first = list(islice(shared, _COMPARED))
        other = [stat.key for stat, found in first if self._difference(stat, found)]
        if len(other) * 2 > len(first):
            raise Refused("target_in_use", key=other[0])

    def _both(self) -> Iterator[tuple[ObjectStat | None, ObjectStat | None]]:
        return _side_by_side(self._listed(self._source.store), self._listed(self._target.store))

    def _listed(self, store: ObjectStore) -> Iterator[ObjectStat]:
        for stat in store.list("", after=""):
            if stat.key != FORMAT and not stat.key.startswith(LEFT_OUT):
                yield stat

    def _copy(
        self, batch: Sequence[tuple[ObjectStat, ObjectStat | None]], threads: ThreadPoolExecutor
    ) -> list[CopyLine]:
        missing = [stat for stat, found in batch if found is None]
        with tempfile.TemporaryDirectory(prefix="wenshu-copy-") as folder:
            bodies = list(threads.map(lambda stat: self._fetched(stat, Path(folder)), missing))
            self._target.store.create_all(
                [
                    NewObject(stat.key, body)
                    for stat, body in zip(missing, bodies, strict=True)
                    if body is not None
                ]
            )
            return list(threads.map(lambda pair: self._settled(*pair), batch))

    def _fetched(self, stat: ObjectStat, folder: Path) -> bytes | Path | None:
        """The body: in memory, or, when it is large, in a file of the batch.

        None where the source does not give it; the comparison says why.
        """
        store, key = self._source.store, stat.key
        try:
            if stat.size_bytes <= _IN_MEMORY_BYTES:
                return store.read(key)
            path = folder / hashlib.sha256(key.encode()).hexdigest()
            with path.open("xb") as file:
                for piece in store.stream(key, start=0, length=stat.size_bytes):
                    file.write(piece)
        except (NotFound, Corrupt, Invalid):
            return None
        except OSError as error:
            raise Unavailable("temporary_full", folder=str(folder.parent)) from error
        return path

    def _settled(self, stat: ObjectStat, found: ObjectStat | None) -> CopyLine:
        """The outcome of one object: both sides are read and compared."""
        try:
            reason = self._difference(stat, found) or self._unheld(stat.key)
        except WenshuError as error:
            reason = error.reason
        outcome = CopyOutcome.COPIED if found is None else CopyOutcome.PRESENT
        return CopyLine(
            stat.key, CopyOutcome.FAILED if reason else outcome, reason, stat.size_bytes
        )

    def _difference(self, stat: ObjectStat, found: ObjectStat | None) -> str | None:
        if found is not None and found.size_bytes != stat.size_bytes:
            return "differs"
        if _digest(self._source.store, stat) == _digest(self._target.store, stat):
            return None
        return "damaged" if found is None else "differs"

    def _unheld(self, key: ObjectKey) -> str | None:
        """Hold at the target what is held at the source."""
        if self._source.retention is None:
            return None
        holding = self._source.retention.holding(key)
        if not holding.holds_on(self._today):
            return None
        if self._target.retention is None:
            return "unheld"
        if holding.until_on is not None and holding.until_on >= self._today:
            self._target.retention.retain(key, until_on=holding.until_on)
        if holding.legal_hold:
            self._target.retention.hold(key)
        return None


def _written_meanwhile(stat: ObjectStat | None, found: ObjectStat | None) -> CopyLine | None:
    if stat is not None and found is None:
        return CopyLine(stat.key, CopyOutcome.FAILED, "arrived", stat.size_bytes)
    if stat is None and found is not None and not _can_be_freed(found.key):
        return CopyLine(found.key, CopyOutcome.FAILED, "foreign", found.size_bytes)
    return None


def _can_be_freed(key: ObjectKey) -> bool:
    """Whether normal work may free it; what is read from a file can be read again."""
    return key.startswith(_FREED) or (key.startswith("records/") and "/text/" in key)


def _digest(store: ObjectStore, stat: ObjectStat) -> bytes:
    digest = hashlib.sha256()
    for piece in store.stream(stat.key, start=0, length=stat.size_bytes + 1):
        digest.update(piece)
    return digest.digest()


def _side_by_side(
    left: Iterator[ObjectStat], right: Iterator[ObjectStat]
) -> Iterator[tuple[ObjectStat | None, ObjectStat | None]]:
    """Two listings in key order, objects of one key together."""
    first, second = next(left, None), next(right, None)
    while first is not None or second is not None:
        if second is None or (first is not None and first.key < second.key):
            yield first, None
            first = next(left, None)
        elif first is None or second.key < first.key:
            yield None, second
            second = next(right, None)
        else:
            yield first, second
            first, second = next(left, None), next(right, None)


def _batches(
    pairs: Iterator[tuple[ObjectStat | None, ObjectStat | None]],
) -> Iterator[list[tuple[ObjectStat, ObjectStat | None]]]:
    batch: list[tuple[ObjectStat, ObjectStat | None]] = []
    size = 0
    for stat, found in pairs:
        if stat is None:
            continue
        batch.append((stat, found))
        size += stat.size_bytes
        if len(batch) == _BATCH_OBJECTS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
