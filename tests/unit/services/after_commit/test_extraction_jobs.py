"""Readings that are left to themselves: once each, and what is asked for when they end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from records.errors import Unavailable
from records.identity import RecordId
from records.ports.job_queue import Job, JobName
from records.revision import Revision
from records.text import ContainedPart, ExtractedText, ExtractionStatus
from services.after_commit.extraction_jobs import SharedTextReader
from services.after_commit.texts import Reading, Texts
from services.scanning.scanned_texts import ScannedTexts
from storage.file_shelf import StoredFileShelf
from storage.memory_store import MemoryObjectStore
from storage.scan_shelf import StoredScanShelf
from tests.faults.writer import LOGIN, prepare, settings_for, take_in
from tests.waiting import until
from wenshu.building.house import installation


class Slow:
    """An extractor that ends when it is told to, well or because no server answers."""

    version = "slow-1"

    def __init__(self) -> None:
        self.go_on = Event()
        self.fails = False
        self.begun = 0

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        self.begun += 1
        assert self.go_on.wait(10)
        if self.fails:
            raise Unavailable("no_text_server", servers=1)
        media_type, status = "text/plain", ExtractionStatus.OK
        size = path.stat().st_size
        part = ContainedPart(
            path="", media_type=media_type, size_bytes=size, sha256=None, status=status, reason=None
        )
        return ExtractedText(
            extractor=self.version,
            media_type=media_type,
            status=status,
            reason=None,
            parts=(part,),
            elapsed_ms=1,
        )

    def close(self) -> None:
        """Nothing to stop."""


class Kept:
    """A queue that keeps what was put."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def put(self, job: Job) -> None:
        self.jobs.append(job)


class Readers:
    """The other processes: whether they leave files to this one, and what it reads now."""

    def __init__(self) -> None:
        self.leave_them = True
        self.reading_here: list[RecordId] = []

    @contextmanager
    def reading(self, record: RecordId) -> Iterator[bool]:
        self.reading_here.append(record)
        yield self.leave_them
        self.reading_here.remove(record)


NO_SCANS = ScannedTexts(StoredScanShelf(MemoryObjectStore()), limit=lambda: 600)


class Rig:
    """Readings of one record with a small file."""

    def __init__(self, revision: Revision, shelf: StoredFileShelf, slow: Slow) -> None:
        self.revision = revision
        self.slow = slow
        self.queue = Kept()
        self.readers = Readers()
        self.texts = Texts(shelf, slow, completion=NO_SCANS, workers=1, at_once=1)
        self.readings = SharedTextReader(
            self.texts,
            self.queue,  # type: ignore[arg-type]  # as much of it as is called
            self.readers,
            at_once=2,
        )

    def close(self) -> None:
        self.slow.go_on.set()
        self.readings.close()
        self.texts.close()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    prepare(tmp_path)
    with installation(settings_for(tmp_path)) as built:
        record = take_in(built, "small")
        revision = built.house.browsing.open(built.house.book.caller(LOGIN), record).revision
        slow = Slow()
        shelf = StoredFileShelf(
            built.engines.store, extractor_version=slow.version, local_path=None
        )
        made = Rig(revision, shelf, slow)
        yield made
        made.close()


@pytest.mark.parametrize(("fails", "then"), [(False, JobName.INDEX), (True, JobName.READ)])
def test_a_reading_that_was_left_is_begun_once_and_a_failed_one_not_here_again(
    rig: Rig, then: JobName, *, fails: bool
) -> None:
    rig.slow.fails = fails
    assert rig.readings.start(rig.revision) is Reading.HERE
    for _ in range(3):
        rig.readings.leave(rig.revision)
        assert rig.readings.start(rig.revision) is Reading.ELSEWHERE, "nobody waits for it twice"
    assert rig.queue.jobs == []
    rig.slow.go_on.set()
    until(lambda: bool(rig.queue.jobs), "nothing was asked for", within_s=10)
    assert rig.queue.jobs == [Job(then, rig.revision.record)]
    assert rig.slow.begun == 1


def test_a_reading_is_begun_anew_when_the_record_is_asked_for_after_a_failure(rig: Rig) -> None:
    rig.slow.fails = True
    rig.readings.start(rig.revision)
    rig.readings.leave(rig.revision)
    rig.slow.go_on.set()
    until(lambda: bool(rig.queue.jobs), "nothing was asked for", within_s=10)
    rig.slow.fails = False
    assert rig.readings.start(rig.revision) is Reading.HERE
    until(lambda: rig.readings.start(rig.revision) is Reading.THERE, "not read", within_s=10)
    assert len(rig.queue.jobs) == 1


def test_others_know_of_a_reading_as_long_as_it_goes_on_also_when_it_was_left(rig: Rig) -> None:
    rig.readings.start(rig.revision)
    until(lambda: rig.slow.begun == 1, "it did not begin", within_s=10)
    rig.readings.leave(rig.revision)
    assert rig.readers.reading_here == [rig.revision.record]
    rig.slow.go_on.set()
    until(lambda: rig.readers.reading_here == [], "it did not end", within_s=10)


def test_what_is_not_ours_to_read_has_a_job_of_its_own(rig: Rig) -> None:
    rig.readers.leave_them = False
    rig.readings.start(rig.revision)
    until(lambda: rig.readings.start(rig.revision) is Reading.ELSEWHERE, "it is here", within_s=10)
    assert rig.queue.jobs == [Job(JobName.READ, rig.revision.record)]
    assert rig.slow.begun == 0
