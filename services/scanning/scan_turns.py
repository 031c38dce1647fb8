"""Recognises text on pages, in turns: each record that waits gets a few pages, then the next.

Every page is kept as soon as it was read, so a kill loses one page at most. What was read becomes
findable when the file is done, and between at times.
"""

import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress

from records.errors import Corrupt, Invalid, NotFound
from records.identity import RecordId
from records.parameters.catalogue import SCAN_PAGES, SCANS
from records.parameters.parameter import Parameters
from records.ports.file_shelf import FileShelf
from records.ports.outbox import Outbox
from records.ports.record_log import RecordLog
from records.ports.text_recogniser import TextRecogniser
from records.revision import FileVersion, Revision
from records.scans import Scan, ScannedPage, ScanPlan, may_be_scan
from services.after_commit.texts import Texts
from services.scanning.scan_shelf import ScanShelf

_LOG = logging.getLogger(__name__)

TURN_S = 15.0
"""Of one record, before the next has its turn; a page that was begun is read to its end."""

JOB_S = 10.0
"""Of one job between processes: whoever does it may have others to do."""

FOUND_EVERY = 20
"""Pages after which those of a long file become findable."""


class ScanTurns:
    """Works off the outbox of scans. At most one at a time in an installation.

    Switched off, or without an engine, it leaves everything as it is.
    """

    def __init__(
        self,
        *,
        log: RecordLog,
        files: FileShelf,
        scans: ScanShelf,
        waiting: Outbox,
        beyond: Outbox,
        indexing: Outbox,
        texts: Texts,
        recogniser: TextRecogniser,
        parameters: Callable[[], Parameters],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`waiting` holds what is to be recognised, `indexing` what the index is to look at.

        `beyond` holds what was recognised up to the limit of pages.
        """
        self._log = log
        self._files = files
        self._scans = scans
        self._waiting = waiting
        self._beyond = beyond
        self._indexing = indexing
        self._texts = texts
        self._recogniser = recogniser
        self._parameters = parameters
        self._now_s = now_s
        self._last = RecordId("")

    def run(self, *, at_most_s: float = math.inf) -> int:
        """One turn for every record that waits, as far as time allows; how many waited.

        The next run goes on where this one ended. Raises Unavailable.
        """
        if not self.is_on:
            return 0
        ends_at = self._now_s() + at_most_s
        self._take_up()
        records = list(dict.fromkeys(entry.record for entry in self._waiting.pending()))
        for record in sorted(records, key=lambda each: (each <= self._last, each)):
            if self._now_s() >= ends_at or not self.is_on:
                break
            self._last = record
            self.turn(record, ends_at=min(ends_at, self._now_s() + TURN_S))
        return len(records)

    @property
    def is_on(self) -> bool:
        """Whether anything is recognised now."""
        return bool(self._parameters()[SCANS]) and self._recogniser.version is not None

    def turn(self, record: RecordId, *, ends_at: float) -> None:
        """Recognise pages of a record until then; its entries go when all are done.

        Entries that come meanwhile stay: they may be about a newer revision. Raises Unavailable.
        """
        entries = list(self._waiting.of(record))
        try:
            revision = self._log.latest(record)
            done = revision.deleted or all(
                self._read(revision, file, ends_at) for file in revision.files
            )
            if done and not revision.deleted:
                self._lay_aside(revision)
        except (NotFound, Corrupt) as error:
            _LOG.warning("nothing is recognised of %s: %s", record, error)
            done = True
        if done:
            self._waiting.remove(entries)

    def _read(self, revision: Revision, file: FileVersion, ends_at: float) -> bool:
        """Read pages of a file while there is time; whether it is done with."""
        record, sha256 = revision.record, file.sha256
        text = self._texts.extracted(record, sha256)
        if text is None or not may_be_scan(text):
            return True
        scan = self._scans.scan(record, sha256) or self._planned(revision, file)
        fresh = self._scans.pages(record, sha256)
        scan = scan.with_pages(fresh)
        unfound = len(fresh)
        left = scan.left(self._parameters()[SCAN_PAGES])
        for number in left:
            if self._now_s() >= ends_at or not self.is_on:
                return False
            if not self._is_wanted(revision, file):
                return True
            page = self._page(revision, file, number)
            self._scans.keep_page(record, sha256, page)
            scan, unfound = scan.with_pages([page]), unfound + 1
            if unfound >= FOUND_EVERY:
                self._let_find(revision, file, scan)
                unfound = 0
        if unfound:
            self._let_find(revision, file, scan)
        return True

    def _take_up(self) -> None:
        """Have what was cut off at the limit wait again, once the limit was raised.

        The store tells what it was: another process may have applied it, or this one before.
        """
        limit, before = self._parameters()[SCAN_PAGES], self._scans.limit()
        if limit == before:
            return
        if limit > before:
            for entry in list(self._beyond.pending()):
                self._waiting.add(entry.record, entry.number)
                self._beyond.remove([entry])
        self._scans.keep_limit(limit)

    def _lay_aside(self, revision: Revision) -> None:
        """Note the record where a file of it has pages beyond the limit."""
        record = revision.record
        found = (self._texts.completed(record, file.sha256) for file in revision.files)
        scans = [each.scan for each in found if each is not None and each.scan is not None]
        if any(scan.read < scan.wanted for scan in scans):
            self._beyond.remove(list(self._beyond.of(record)))
            self._beyond.add(record, revision.number)

    def _is_wanted(self, revision: Revision, file: FileVersion) -> bool:
        """Whether the file still belongs to its record as it stands now."""
        newest = self._log.latest(revision.record)
        return not newest.deleted and any(each.sha256 == file.sha256 for each in newest.files)

    def _planned(self, revision: Revision, file: FileVersion) -> Scan:
        """A scan with no page read; one of nothing where the file has no picture of a page."""
        engine, reason = self._recogniser.version or "", None
        try:
            with self._files.local(revision.record, file.sha256) as path:
                plan = self._recogniser.plan(path, name=file.name)
        except Invalid as error:
            plan, reason = ScanPlan(pages=0, wanted=()), str(error.facts.get("why", "parse"))
        except (NotFound, Corrupt) as error:  # of this file alone: others of the record are read
            _LOG.warning("nothing is recognised of %s/%s: %s", revision.record, file.sha256, error)
            plan, reason = ScanPlan(pages=0, wanted=()), "missing_file"
        scan = Scan(engine=engine, plan=plan, reason=reason)
        self._scans.keep(revision.record, file.sha256, scan)
        self._texts.renew(revision.record, file.sha256)
        return scan

    def _page(self, revision: Revision, file: FileVersion, number: int) -> ScannedPage:
        try:
            with self._files.local(revision.record, file.sha256) as path:
                page = self._recogniser.page(path, name=file.name, page=number)
        except Invalid as error:
            return ScannedPage(page=number, reason=str(error.facts.get("why", "parse")))
        except (NotFound, Corrupt):
            return ScannedPage(page=number, reason="missing_file")
        return page if page.page == number else ScannedPage(page=number, reason="crash")

    def _let_find(self, revision: Revision, file: FileVersion, scan: Scan) -> None:
        """Keep the scan as a whole, and have the index look at the record again."""
        self._scans.keep(revision.record, file.sha256, scan)
        self._texts.renew(revision.record, file.sha256)
        with suppress(NotFound):
            self._indexing.add(revision.record, self._log.latest(revision.record).number)
