"""Text of files: read once, kept beside the file, handed out from a small memory."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum

from records.errors import NotFound, WenshuError
from records.identity import RecordId, Sha256
from records.ports.file_shelf import FileShelf
from records.ports.text_extractor import TextExtractor
from records.revision import FileVersion, Revision
from records.text import ContainedPart, ExtractedText, ExtractionStatus

_LOG = logging.getLogger(__name__)

_REMEMBERED_CHARACTERS = 8_000_000
"""Text kept in memory for highlighting; about 16-32 MB."""

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


class Texts:
    """Gives the text of files, extracting where none is kept."""

    def __init__(
        self, shelf: FileShelf, extractor: TextExtractor, *, workers: int, at_once: int
    ) -> None:
        """Extracts in `workers` threads; asks the shelf for so many texts `at_once`."""
        self._shelf = shelf
        self._asking = ThreadPoolExecutor(at_once, thread_name_prefix="texts")
        self._at_once = at_once
        self._extractor = extractor
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="extract")
        self._running: dict[tuple[RecordId, Sha256], Future[None]] = {}
        self._recent: OrderedDict[Sha256, tuple[ExtractedText, int]] = OrderedDict()
        self._held = 0
        self._closing = False
        self._lock = threading.Lock()

    def kept(self, record: RecordId, sha256: Sha256) -> ExtractedText | None:
        """The text when it has been read, else None."""
        with self._lock:
            found = self._recent.get(sha256)
            if found is not None:
                self._recent.move_to_end(sha256)
                return found[0]
        text = self._shelf.text(record, sha256)
        if text is not None:
            self._remember(sha256, text)
        return text

    def of(self, revision: Revision) -> dict[Sha256, ExtractedText]:
        """Texts of all files of a revision that have been read."""
        found = ((file.sha256, self.kept(revision.record, file.sha256)) for file in revision.files)
        return {sha256: text for sha256, text in found if text is not None}

    def fetch(self, revisions: Sequence[Revision]) -> None:
        """Have the texts of several revisions at hand; over a network all are asked for at once."""
        if self._at_once == 1:
            return
        with self._lock:
            wanted = [
                (revision.record, file.sha256)
                for revision in revisions
                for file in revision.files
                if file.sha256 not in self._recent
            ]
        if len(wanted) > 1:
            list(self._asking.map(lambda each: self.kept(*each), wanted))

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
        with self._lock:
            dropped = self._recent.pop(sha256, None)
            self._held -= dropped[1] if dropped else 0
        self._shelf.drop_text(record, sha256)

    def prime(self, sha256: Sha256, text: ExtractedText) -> None:
        """Take a text that was read just now, to spare reading it back."""
        self._remember(sha256, text)

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
        self._remember(file.sha256, text)

    def _remember(self, sha256: Sha256, text: ExtractedText) -> None:
        if text.status in _READ_AGAIN:
            return
        size = text.characters + 200
        if size > _REMEMBERED_CHARACTERS // 4:
            return
        with self._lock:
            if sha256 in self._recent:
                return
            self._recent[sha256] = (text, size)
            self._held += size
            while self._held > _REMEMBERED_CHARACTERS:
                _, (_, gone) = self._recent.popitem(last=False)
                self._held -= gone


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
