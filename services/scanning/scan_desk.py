"""How far recognition is: of a file, for who may read it; of all, for who watches over it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from records.errors import Corrupt, NotFound, Refused
from records.identity import RecordId, Sha256
from records.parameters.catalogue import SCAN_PAGES, SCANS
from records.parameters.parameter import Parameters
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from records.ports.text_recogniser import TextRecogniser
from records.preview import TextLine
from records.revision import FileVersion, Revision
from records.scans import Scan, ScannedPage, ScanSummary, has_pictures_within, lines_on, may_be_scan
from services.after_commit.texts import Texts
from services.scanning.scan_shelf import ScanShelf
from services.scanning.scan_state import ScanQueueState, ScanStage, ScanState
from services.scanning.unread_scans import UnreadScans

MOST_COUNTED = 10_000

_ENDED = (ScanStage.DONE, ScanStage.PARTIAL)

_REMEMBERED = 4
"""Scans kept whole for the pages that are shown: of 600 pages each is some 5 MB."""


class ScanDesk:
    """Tells and asks; reads no page itself. Whoever asks about a file has been let in to it."""

    def __init__(
        self,
        *,
        log: RecordLog,
        scans: ScanShelf,
        waiting: Outbox,
        texts: Texts,
        recogniser: TextRecogniser,
        parameters: Callable[[], Parameters],
        unread: UnreadScans,
    ) -> None:
        self._log = log
        self._scans = scans
        self._waiting = waiting
        self._texts = texts
        self._recogniser = recogniser
        self._parameters = parameters
        self.unread = unread
        """Which records wait and have no text yet."""
        self._remembered = lru_cache(_REMEMBERED)(self._scan)

    def state(self, revision: Revision, file: FileVersion) -> ScanState | None:
        """How far a file is; None for one that nothing is recognised of. Raises Unavailable."""
        found = self._texts.completed(revision.record, file.sha256)
        if found is None or not found.is_paper:
            return None
        if found.scan is None:
            return None if found.had_text else self._unplanned()
        state = self._planned(revision, file, found.scan)
        within = found.had_text and has_pictures_within(found.text)
        return replace(state, beside_text=within) if state else None

    def lines(
        self, revision: Revision, file: FileVersion, page: int, *, width: float, height: float
    ) -> tuple[TextLine, ...]:
        """What was recognised on a page, for a view of this size. Raises Unavailable."""
        found = self._texts.completed(revision.record, file.sha256)
        if found is None or found.scan is None or not found.scan.read:
            return ()
        read = self._page(revision.record, file.sha256, found.scan, page)
        return lines_on(read, width, height) if read else ()

    def captions(self, revision: Revision, file: FileVersion) -> dict[int, str]:
        """What was recognised on pictures within a file, by their numbers. Raises Unavailable."""
        found = self._texts.completed(revision.record, file.sha256)
        if found is None or found.scan is None or not (found.scan.pictures and found.scan.read):
            return {}
        scan = self._remembered(revision.record, file.sha256, found.scan)
        return {page.page: page.text for page in scan.pages if page.lines} if scan else {}

    def again(self, revision: Revision, file: FileVersion) -> None:
        """Have pages that could not be read be read anew (重试); those that were read stay.

        Raises Refused (``not_a_scan``, ``scans_off``), Unavailable.
        """
        if self.state(revision, file) is None:
            raise Refused("not_a_scan", name=file.name)
        if not self._is_on:
            raise Refused("scans_off")
        record, sha256 = revision.record, file.sha256
        scan = self._scans.scan(record, sha256)
        whole = scan.with_pages(self._scans.pages(record, sha256)) if scan else None
        if whole is None or whole.reason:
            self._drop(revision, file)
        else:
            self._scans.keep(record, sha256, whole)  # single pages go, and no kill loses one
            self._scans.keep(record, sha256, whole.without_failed())
            self._texts.renew(record, sha256)
        self._waiting.add(record, revision.number)

    def ask_for_all(self, *, anew: bool) -> Iterator[int]:
        """Have everything looked at that was never, or with another engine where `anew`.

        How many files were asked for, for each record that was looked at.
        """
        for record, number in self._log.records():
            try:
                revision = self._log.revision(record, number)
            except (NotFound, Corrupt):
                yield 0
                continue
            wanted = [
                file for file in revision.files if self._is_lacking(revision, file, anew=anew)
            ]
            for file in wanted if anew else ():
                self._drop(revision, file)
            if wanted:
                self._waiting.add(record, revision.number)
            yield len(wanted)

    def waiting(self) -> int:
        """How many records wait, up to `MOST_COUNTED`. Raises Unavailable."""
        return len(self._records())

    def queue(self) -> ScanQueueState:
        """What waits in the whole installation. Raises Unavailable."""
        records = self._records()
        done = total = 0
        for record in records[:1]:
            try:
                revision = self._log.latest(record)
            except (NotFound, Corrupt):
                continue
            states = [self.state(revision, file) for file in revision.files]
            done = sum(state.done for state in states if state)
            total = sum(state.total for state in states if state)
        return ScanQueueState(
            engine=self._recogniser.version or "",
            is_on=bool(self._parameters()[SCANS]),
            records=len(records),
            done=done,
            total=total,
        )

    def _records(self) -> list[RecordId]:
        pending = islice(self._waiting.pending(), MOST_COUNTED)
        return list(dict.fromkeys(entry.record for entry in pending))

    def _is_lacking(self, revision: Revision, file: FileVersion, *, anew: bool) -> bool:
        text = self._texts.extracted(revision.record, file.sha256)
        if text is None or not may_be_scan(text):
            return False
        scan = self._scans.scan(revision.record, file.sha256)
        if scan is None:
            return True
        if anew and scan.engine != self._recogniser.version:
            return bool(scan.plan.wanted) or bool(scan.reason)
        return bool(scan.left(self._parameters()[SCAN_PAGES]))

    def _drop(self, revision: Revision, file: FileVersion) -> None:
        self._scans.drop(revision.record, file.sha256)
        self._texts.renew(revision.record, file.sha256)

    @property
    def _is_on(self) -> bool:
        return bool(self._parameters()[SCANS]) and self._recogniser.version is not None

    def _scan(
        self,
        record: RecordId,
        sha256: Sha256,
        summary: ScanSummary,  # noqa: ARG002 - by which it is remembered
    ) -> Scan | None:
        """The scan of these numbers, which change whenever a page is read, also once more."""
        return self._scans.scan(record, sha256)

    def _page(
        self, record: RecordId, sha256: Sha256, summary: ScanSummary, number: int
    ) -> ScannedPage | None:
        scan = self._remembered(record, sha256, summary)
        return scan.page(number) if scan else None

    def _unfinished(self, record: RecordId) -> ScanStage:
        """Of a file with pages to be read: whether somebody does."""
        if self._recogniser.version is None:
            return ScanStage.MISSING
        if not self._parameters()[SCANS]:
            return ScanStage.OFF
        waits = next(iter(self._waiting.of(record)), None) is not None
        return ScanStage.READING if waits else ScanStage.DONE

    def _unplanned(self) -> ScanState:
        if self._recogniser.version is None:
            return ScanState(ScanStage.MISSING)
        return ScanState(ScanStage.WAITING if self._parameters()[SCANS] else ScanStage.OFF)

    def _planned(
        self, revision: Revision, file: FileVersion, scan: ScanSummary
    ) -> ScanState | None:
        if scan.reason and not scan.wanted:
            return ScanState(ScanStage.FAILED, reason=scan.reason, engine=scan.engine)
        done = scan.read  # more than the limit, where that was lowered since
        total = min(scan.wanted, max(done, self._parameters()[SCAN_PAGES]))
        if not total:
            return None
        if done < total:
            kept = self._scans.progress(revision.record, file.sha256)
            done = min(done + kept, total)
        stage = ScanStage.DONE if done == total else self._unfinished(revision.record)
        if stage is ScanStage.DONE and done < total:  # nobody reads on: the limit was another
            total = done
        beyond = scan.wanted - total
        if stage is ScanStage.DONE and beyond:
            stage = ScanStage.PARTIAL
        if stage in _ENDED and scan.failed and scan.failed == scan.read:
            stage = ScanStage.FAILED
        return ScanState(
            stage,
            done=done,
            total=total,
            beyond=beyond,
            failed=scan.failed,
            reason=scan.reason,
            confidence=scan.confidence,
            engine=scan.engine,
            pictures=scan.pictures,
        )
