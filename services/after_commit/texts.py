"""Text of files: read once, kept beside the file, handed out from a small memory."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from records.errors import NotFound, Unavailable, WenshuError
from records.identity import RecordId, Sha256
from records.ports.file_shelf import FileShelf
from records.ports.text_extractor import TextExtractor
from records.revision import FileVersion, Revision
from records.scans import may_be_scan
from records.text import ContainedPart, ExtractedText, ExtractionStatus
from services.scanning.scanned_texts import Completed

_LOG = logging.getLogger(__name__)

_REMEMBERED_CHARACTERS = 8_000_000
"""Text kept in memory for highlighting; about 16-32 MB."""

_UNFINISHED_S = 10.0
"""A text that more may be recognised of is asked for again after so long: another process does
that, and tells nobody."""

_UNLOOKED_S = 60.0
"""The same of a document with text into whose pictures nobody has looked: most have none to read,
and of those that are older than their recognition there may be many."""

_READ_AGAIN = frozenset(
    {ExtractionStatus.FAILED, ExtractionStatus.ENCRYPTED, ExtractionStatus.TRUNCATED}
)
"""What 提取重试 reads again, in a process of its own: memory would hide its success here."""


class Reading(Enum):
    """How far the reading of a record's files is."""

    THERE = "there"
    """All texts are there."""
    HERE = "here"
    """They are being read in this process."""
    ELSEWHERE = "elsewhere"
    """They were asked for; whoever reads them has the record looked at again."""


@dataclass(frozen=True, slots=True)
class _Held:
    found: Completed
    size: int
    seen_s: float


class Completion(Protocol):
    """Adds to an extracted text what was found on its pages since."""

    def completed(self, record: RecordId, sha256: Sha256, text: ExtractedText) -> Completed:
        """The text with it. Raises Unavailable."""
        ...

    def is_final(self, found: Completed) -> bool:
        """Whether nothing more is to come. Raises Unavailable."""
        ...


class Texts:
    """Gives the text of files, extracting where none is kept."""

    def __init__(
        self,
        shelf: FileShelf,
        extractor: TextExtractor,
        *,
        completion: Completion,
        workers: int,
        at_once: int,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Extracts in `workers` threads; asks the shelf for so many texts `at_once`."""
        self._shelf = shelf
        self._completion = completion
        self._now_s = now_s
        self._asking = ThreadPoolExecutor(at_once, thread_name_prefix="texts")
        self._at_once = at_once
        self._extractor = extractor
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="extract")
        self._running: dict[tuple[RecordId, Sha256], Future[None]] = {}
        self._recent: OrderedDict[tuple[RecordId, Sha256], _Held] = OrderedDict()
        self._held = 0
        self._closing = False
        self._lock = threading.Lock()

    def kept(self, record: RecordId, sha256: Sha256) -> ExtractedText | None:
        """The text when it has been read, with what was recognised of it, else None."""
        found = self.completed(record, sha256)
        return found.text if found else None

    def completed(self, record: RecordId, sha256: Sha256) -> Completed | None:
        """The same, with how far recognition is."""
        held = self._held_now(record, sha256)
        if held is not None:
            return held.found
        text = self._shelf.text(record, sha256)
        if text is None:
            return None
        found = self._completion.completed(record, sha256, text)
        self._remember(record, sha256, found)
        return found

    def is_final(self, found: Completed) -> bool:
        """Whether nothing more is to be recognised of it. Raises Unavailable."""
        return self._completion.is_final(found)

    def extracted(self, record: RecordId, sha256: Sha256) -> ExtractedText | None:
        """The text as it was extracted, without what was recognised; None while it is not."""
        return self._shelf.text(record, sha256)

    def renew(self, record: RecordId, sha256: Sha256) -> None:
        """More was recognised: the text in memory is not the newest any more."""
        with self._lock:
            self._drop(record, sha256)

    def look_again(self, revision: Revision) -> dict[Sha256, ExtractedText]:
        """As `of`; what more may have been recognised of is not taken out of memory.

        Whoever recognised it, in another process, has asked for this and asks once.
        """
        for file in revision.files:
            with self._lock:
                held = self._recent.get((revision.record, file.sha256))
            if held is not None and not self.is_final(held.found):
                self.renew(revision.record, file.sha256)
        return self.of(revision)

    def _drop(self, record: RecordId, sha256: Sha256) -> None:
        dropped = self._recent.pop((record, sha256), None)
        self._held -= dropped.size if dropped else 0

    def of(self, revision: Revision) -> dict[Sha256, ExtractedText]:
        """Texts of all files of a revision that have been read."""
        found = ((file.sha256, self.kept(revision.record, file.sha256)) for file in revision.files)
        return {sha256: text for sha256, text in found if text is not None}

    def fetch(self, revisions: Sequence[Revision]) -> None:
        """Have the texts of several revisions at hand; over a network all are asked for at once."""
        if self._at_once == 1:
            return
        wanted = [
            (revision.record, file.sha256)
            for revision in revisions
            for file in revision.files
            if self._held_now(revision.record, file.sha256) is None
        ]
        if len(wanted) > 1:
            list(self._asking.map(lambda each: self.kept(*each), wanted))

    def _held_now(self, record: RecordId, sha256: Sha256) -> _Held | None:
        """What is in memory, where it may be handed out still.

        The limit of pages may come from the store: nobody else waits for that, and where it is not
        to be reached, neither is anything newer.
        """
        with self._lock:
            held = self._recent.get((record, sha256))
            if held is None:
                return None
            self._recent.move_to_end((record, sha256))
        kept_s = _UNLOOKED_S if held.found.is_unlooked_document else _UNFINISHED_S
        if self._now_s() < held.seen_s + kept_s:
            return held
        try:
            return held if self.is_final(held.found) else None
        except Unavailable:
            return held

    def missing(self, revision: Revision) -> tuple[FileVersion, ...]:
        """The files whose text is not there."""
        return tuple(f for f in revision.files if self.kept(revision.record, f.sha256) is None)

    def read(self, record: RecordId, files: Sequence[FileVersion]) -> None:
        """Read files here and now. Raises Unavailable when one cannot be read or kept."""
        for file in files:
            self._read_one(record, file)

    def start(self, revision: Revision) -> Reading:
        """Begin reading the files whose text is missing; how far it is.

        A reading that failed for want of a worker or of room is begun again by the next call.
        """
        begun = [self._start_one(revision.record, file) for file in revision.files]
        return Reading.HERE if any(begun) else Reading.THERE

    def _start_one(self, record: RecordId, file: FileVersion) -> bool:
        """Whether the file is being read; the shelf is asked before it is, and not meanwhile."""
        key = (record, file.sha256)
        with self._lock:
            if key in self._running:
                return True
        if self.kept(*key) is not None:
            return False
        with self._lock:
            if key not in self._running:
                self._running[key] = self._pool.submit(self._read, record, file)
        return True

    def leave(self, revision: Revision) -> None:
        """Nothing: what `start` began goes on, and the next round looks again."""

    def forget(self, record: RecordId, sha256: Sha256) -> None:
        """Drop a text so that it is read again (提取重试)."""
        self.renew(record, sha256)
        self._shelf.drop_text(record, sha256)

    def prime(self, record: RecordId, sha256: Sha256, text: ExtractedText) -> None:
        """Take a text that was read just now, to spare reading it back."""
        self._remember_new(record, sha256, text)

    def close(self) -> None:
        """Stop reading; what is being read is given up."""
        self._closing = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._asking.shutdown(wait=False, cancel_futures=True)
        self._extractor.close()

    def _read(self, record: RecordId, file: FileVersion) -> None:
        try:
            if self.kept(record, file.sha256) is None:
                self._read_one(record, file)
        except WenshuError as error:
            if not self._closing:
                _LOG.warning("text of %s/%s not read yet: %s", record, file.sha256, error)
        finally:
            with self._lock:
                self._running.pop((record, file.sha256), None)

    def _read_one(self, record: RecordId, file: FileVersion) -> None:
        try:
            with self._shelf.local(record, file.sha256) as path:
                text = self._extractor.extract(path, name=file.name)
        except NotFound:
            text = _lost(file, self._extractor.version)
        self._shelf.keep_text(record, file.sha256, text)
        self._remember_new(record, file.sha256, text)

    def _remember_new(self, record: RecordId, sha256: Sha256, text: ExtractedText) -> None:
        """One that was read just now; of a paper somebody may have recognised pages before."""
        if not may_be_scan(text):
            self._remember(record, sha256, Completed(text))

    def _remember(self, record: RecordId, sha256: Sha256, found: Completed) -> None:
        if found.text.status in _READ_AGAIN:
            return
        size = found.text.characters + 200
        if size > _REMEMBERED_CHARACTERS // 4:
            return
        with self._lock:
            self._drop(record, sha256)
            self._recent[record, sha256] = _Held(found, size, self._now_s())
            self._held += size
            while self._held > _REMEMBERED_CHARACTERS:
                _, gone = self._recent.popitem(last=False)
                self._held -= gone.size


def _lost(file: FileVersion, extractor: str) -> ExtractedText:
    """The answer for a file whose bytes are gone from the store; verify names it."""
    part = ContainedPart(
        path="",
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=None,
        status=ExtractionStatus.FAILED,
        reason="missing_file",
    )
    return ExtractedText(
        extractor=extractor,
        media_type=file.media_type,
        status=ExtractionStatus.FAILED,
        reason="missing_file",
        parts=(part,),
        elapsed_ms=0,
    )
