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
from pathlib import Path

from records.errors import Corrupt, Invalid, NotFound, Refused, WenshuError
from records.identity import ObjectKey
from records.office_time import office_day
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.ports.object_store import NewObject, ObjectStat, ObjectStore
from records.ports.retention import Retention
from services.copy_ledger import CopyLedger, CopyLine, CopyOutcome

FORMAT = ObjectKey("format")
UNFINISHED = b"copying"
"""What `format` holds while a copy is under way."""

LEFT_OUT = ("sessions/", "probe/")
"""May be lost without harm; people sign in again."""

_LASTING = ("records/", "chains/")
_BATCH_OBJECTS = 128
_BATCH_BYTES = 64 << 20
_IN_MEMORY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class StoreSide:
    """One end of a copy; `retention` is None where a store cannot hold anything."""

    store: ObjectStore
    retention: Retention | None


class Copying:
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

        Raises NotFound (``no_store``) when the source is none, Refused: ``copy_unfinished`` when
        it is itself a copy under way, ``same_store`` when both are one place, ``target_in_use``
        (with ``key``) when the target holds something that the source does not. In a copy that
        was interrupted that is removed, since the source has freed it; but not what no store
        ever frees: it tells that the copy is one of another store.
        """
        self._source_format()
        self._refuse_same_place()
        expected = sum(1 for _ in self._listed(self._source.store))
        standing = self._target_format()
        if standing == UNFINISHED:
            self._remove_gone()
        else:
            self._refuse_others()
        if standing is None:
            self._target.store.create(FORMAT, UNFINISHED)
        else:
            self._target.store.replace(FORMAT, UNFINISHED)
        return CopyLedger(expected=expected)

    def run(self) -> Iterator[list[CopyLine]]:
        """Copy, batch by batch; then one batch of what was written meanwhile, all failed.

        Can be interrupted at any time; a next run sends only what is missing.
        """
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="copy") as threads:
            for batch in _batches(
                _side_by_side(self._listed(self._source.store), self._listed(self._target.store))
            ):
                yield self._copy(batch, threads)
        yield [
            CopyLine(stat.key, CopyOutcome.FAILED, "arrived", stat.size_bytes)
            for stat, found in _side_by_side(
                self._listed(self._source.store), self._listed(self._target.store)
            )
            if stat is not None and found is None
        ]

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

    def _refuse_same_place(self) -> None:
        """Ask the stores, since addresses do not tell: one place can have several names."""
        key = ObjectKey(f"probe/{self._identities.write_id()}")
        try:
            self._target.store.create(key, b"copy")
            is_same = self._source.store.stat(key) is not None
        finally:
            self._target.store.delete(key)
        if is_same:
            raise Refused("same_store")

    def _target_format(self) -> bytes | None:
        try:
            return self._target.store.read(FORMAT)
        except NotFound:
            return None

    def _remove_gone(self) -> None:
        """Claims, outbox entries and texts are freed in normal work."""
        # The whole list comes first: nothing is removed where one object is not ours.
        gone = list(self._only_in_target())
        for key in gone:
            if _is_lasting(key):
                raise Refused("target_in_use", key=key)
        for key in gone:
            if self._source.store.stat(key) is None:
                self._target.store.delete(key)

    def _refuse_others(self) -> None:
        for key in self._only_in_target():
            if not key.startswith("outbox/"):
                raise Refused("target_in_use", key=key)

    def _only_in_target(self) -> Iterator[ObjectKey]:
        for stat, found in _side_by_side(
            self._listed(self._source.store), self._listed(self._target.store)
        ):
            if stat is None and found is not None:
                yield found.key

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


def _is_lasting(key: ObjectKey) -> bool:
    """Whether it is part of the truth, which only grows; texts are read again from the files."""
    return key.startswith(_LASTING) and "/text/" not in key


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
