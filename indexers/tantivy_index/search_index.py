"""The embedded search index: a folder of index generations, of which one is in use.

current                  the name of the directory in use, replaced by one rename
index-{fingerprint}-{n}  a generation; the fingerprint names fields, analyser and tantivy
../{folder}.lock         held by the one process that writes, tells the last commit
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import RLock

from indexers.analysis import Analyser
from indexers.tantivy_index.folder_faults import told
from indexers.tantivy_index.generation import Generation
from indexers.tantivy_index.schema import fingerprint
from indexers.tantivy_index.snapshot import Snapshot
from indexers.tantivy_index.writer_lock import WriterLock, Written
from records.errors import Unavailable
from records.identity import RecordId
from records.queries.search import Hit, IndexChange, SearchRequest, SearchResult, Suggestion
from records.rights.access import AccessFilter

POINTER = "current"


class TantivySearchIndex:
    """Implements `records.ports.rebuildable_index.RebuildableIndex` in a local folder.

    With `writes` the process makes the first index of a folder and holds the writer from its first
    write on; without, it reads what another process writes and follows its swaps. An index that
    was there and is gone, or went back to an earlier state, answers nobody until it is rebuilt.
    Safe to use from several threads. Reasons of Unavailable: ``index_missing``,
    ``index_damaged``, ``index_outdated`` (made by another version), ``index_stale`` (an earlier
    copy), which all ask for a rebuild; ``index_not_written``, ``index_read_only``,
    ``writer_elsewhere``.
    """

    def __init__(self, folder: Path, analyser: Analyser, *, writes: bool) -> None:
        self._folder = folder
        self._analyser = analyser
        self._writes = writes
        self._prefix = f"index-{fingerprint(analyser)}-"
        self._guard = RLock()
        self._lock = WriterLock(folder.with_name(f"{folder.name}.lock"))
        self._current: Generation | None = None
        self._beside: Generation | None = None
        # What was changed since the rebuild was handed out; None while it is not.
        self._missed: set[RecordId] | None = None
        self._pointer_seen: tuple[tuple[int, int], str] | None = None

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """As the port says; written to a rebuild in progress as well."""
        with self._guard:
            self._hold_lock()
            if self._missed is not None:
                self._missed.update(change.record for change in changes)
            elif self._beside is not None:
                self._beside.apply(changes)
            current = self._generation() if self._pointed() else self._first_generation()
            current.apply(changes)
            self._note(current)

    def search(self, request: SearchRequest, access: AccessFilter) -> SearchResult:
        """As the port says; equal scores stand in no particular order."""
        return self._snapshot().search(request, access)

    def suggest(self, typed: str, access: AccessFilter, *, limit: int) -> Sequence[Suggestion]:
        """As the port says."""
        return self._snapshot().suggest(typed, access, limit)

    def resembling(self, word: str, access: AccessFilter, *, limit: int) -> Sequence[Hit]:
        """As the port says."""
        return self._snapshot().resembling(word, access, limit)

    def entries(self, *, after: RecordId | None) -> Iterator[tuple[RecordId, int]]:
        """As the port says, from one snapshot."""
        return self._generation().entries(after=after, fresh=not self._lock.is_held)

    def rebuild(self) -> "TantivyRebuild":
        """As the port says. Generations that are no longer in use are removed first."""
        with self._guard:
            self._hold_lock()
            if self._beside is not None:
                self._beside.close()
            in_use = self._pointed()
            for path in self._folder.glob("index-*"):
                if path.name != in_use:
                    shutil.rmtree(path, ignore_errors=True)  # perhaps somebody still fills it
            self._beside, self._missed = self._new_generation(), None
            return TantivyRebuild(self, self._beside)

    def close(self) -> None:
        """Give the writer, the lock and all files back."""
        with self._guard:
            for generation in (self._current, self._beside):
                if generation is not None:
                    generation.close()
            self._current = self._beside = self._missed = None
            self._lock.let_go()

    def fill(self, beside: Generation, changes: Sequence[IndexChange]) -> None:
        """Write to a rebuild alone."""
        with self._guard:
            self._expect(beside)
            beside.fill(changes)

    def hand_out(self, beside: Generation) -> Path:
        """Let another process write a rebuild, and note from now on what it misses."""
        with self._guard:
            self._expect(beside)
            beside.settle()
            beside.close()
            self._missed = set()
            return beside.path

    def take_back(self, beside: Generation) -> frozenset[RecordId]:
        """Write a rebuild here again; which records were changed meanwhile."""
        with self._guard:
            self._expect(beside)
            missed, self._missed = frozenset(self._missed or ()), None
            beside.snapshot(fresh=True)
            return missed

    def swap(self, beside: Generation) -> None:
        """Take a rebuild into use."""
        with self._guard:
            self._expect(beside)
            self._lock.make_sure()
            beside.settle()
            self._point_to(beside)
            if self._current is not None:
                self._current.close()
            self._current, self._beside = beside, None
            self._note(beside)

    def abandon(self, beside: Generation) -> None:
        """Throw a rebuild away."""
        with self._guard:
            self._expect(beside)
            beside.close()
            shutil.rmtree(beside.path)
            self._beside = self._missed = None

    def _expect(self, beside: Generation) -> None:
        if self._beside is not beside:
            raise Unavailable("rebuild_abandoned", path=beside.path.name)

    def _snapshot(self) -> Snapshot:
        """The state to search in.

        A generation that another process has swapped out, and removed since, is no damage: the
        next one is looked for, as often as there is another.
        """
        while True:
            noted, pointed = self._lock.noted(), self._pointed()
            try:
                generation = self._generation()
                snapshot = generation.snapshot(fresh=not self._lock.is_held)
            except Unavailable:
                if self._pointed() == pointed:
                    raise
            else:
                if noted is not None and _is_behind(generation, noted):
                    raise Unavailable("index_stale", path=generation.path.name)
                return snapshot

    def _generation(self) -> Generation:
        """The generation in use, opened where need be."""
        current = self._current
        if current is not None and current.path.name == self._pointed():
            return current
        with self._guard:
            pointed = self._pointed()
            if pointed is None:
                raise Unavailable("index_missing", path=POINTER)
            if not pointed.startswith(self._prefix):
                raise Unavailable("index_outdated", path=pointed)
            if self._current is None or self._current.path.name != pointed:
                self._current = Generation.open(self._folder / pointed, self._analyser)
            return self._current

    def _first_generation(self) -> Generation:
        """The index of a folder that never had one; one that was lost is for a rebuild to make."""
        if self._current is not None or self._lock.noted() is not None:
            raise Unavailable("index_missing", path=POINTER)
        self._current = self._new_generation()
        self._point_to(self._current)
        return self._current

    def _pointed(self) -> str | None:
        """The name of the directory in use; None where there is none.

        Raises Unavailable (``index_damaged``) where something else stands in its place.
        """
        pointer = self._folder / POINTER
        with told(self._folder, otherwise="index_damaged"):
            try:
                stat = pointer.stat()
                seen = (stat.st_mtime_ns, stat.st_ino)
                if self._pointer_seen is None or self._pointer_seen[0] != seen:
                    self._pointer_seen = (seen, pointer.read_text(encoding="utf-8"))
            except FileNotFoundError:
                return None
            return self._pointer_seen[1]

    def _new_generation(self) -> Generation:
        noted = self._lock.noted()
        names = [path.name for path in self._folder.glob("index-*-*")]
        taken = map(_number, [*names, noted.generation] if noted else names)
        path = self._folder / f"{self._prefix}{max(taken, default=0) + 1}"
        return Generation.create(path, self._analyser)

    def _point_to(self, generation: Generation) -> None:
        written = self._folder / f"{POINTER}.new"
        with told(self._folder, otherwise="index_not_written"):
            with written.open("w", encoding="utf-8") as file:
                file.write(generation.path.name)
                file.flush()
                os.fsync(file.fileno())
            written.replace(self._folder / POINTER)

    def _note(self, generation: Generation) -> None:
        """Tell every process how far the index is.

        Raises Unavailable (``writer_elsewhere``) when the lock was lost meanwhile: another process
        may have begun without what was written, so it must be written again.
        """
        self._lock.make_sure()
        self._lock.note(Written(generation.path.name, generation.commit))

    def _hold_lock(self) -> None:
        if not self._writes:
            raise Unavailable("writer_elsewhere")
        try:
            self._lock.take()
        except Unavailable:
            self._drop_writers()
            raise

    def _drop_writers(self) -> None:
        """Another process writes: read what it writes, from the beginning."""
        for generation in (self._current, self._beside):
            if generation is not None:
                generation.close()
        self._beside = self._missed = None


def _is_behind(generation: Generation, noted: Written) -> bool:
    """Whether a generation lacks what is known to have been committed."""
    if generation.path.name == noted.generation:
        return generation.commit < noted.commit
    return _number(generation.path.name) < _number(noted.generation)


def _number(generation: str) -> int:
    number = generation.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


class TantivyRebuild:
    """Implements `records.ports.rebuildable_index.IndexRebuild`."""

    def __init__(self, index: TantivySearchIndex, beside: Generation) -> None:
        self._index = index
        self._beside = beside

    def apply(self, changes: Sequence[IndexChange]) -> None:
        """As the port says."""
        self._index.fill(self._beside, changes)

    def hand_out(self) -> Path:
        """Beyond the port: let another process fill it (`filling.py`); where it lies.

        Nothing may be put in here until it is taken back.
        """
        return self._index.hand_out(self._beside)

    def take_back(self) -> frozenset[RecordId]:
        """Go on here; the records that were changed meanwhile, which have to be put in again."""
        return self._index.take_back(self._beside)

    def swap(self) -> None:
        """As the port says."""
        self._index.swap(self._beside)

    def abandon(self) -> None:
        """As the port says."""
        self._index.abandon(self._beside)
