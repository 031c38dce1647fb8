"""Texts of files: what is remembered, and what another process may have read meanwhile."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from records.errors import Unavailable
from records.identity import RecordId, Sha256
from records.revision import FileVersion
from records.scans import Scan, ScannedLine, ScannedPage, ScanPlan
from records.text import ContainedPart, ExtractedText, ExtractionStatus, TextPage
from services.after_commit.texts import Texts
from services.scanning.scanned_texts import ScannedTexts
from storage.file_shelf import StoredFileShelf
from storage.memory_store import MemoryObjectStore
from storage.scan_shelf import StoredScanShelf
from tests.matters import matter

RECORD, FILE = RecordId("01M82S9N0RYT4N52T8XYRAFXJS"), Sha256("ab" * 32)
VERSION = "fake-1"


class NoExtractor:
    """An extractor that is never asked."""

    version = VERSION

    def extract(self, path: Path, *, name: str) -> ExtractedText:
        raise AssertionError(f"asked to read {name}")

    def close(self) -> None:
        """Nothing to stop."""


def a_text(status: ExtractionStatus, *pages: str) -> ExtractedText:
    part = ContainedPart(
        path="",
        media_type="text/plain",
        size_bytes=3,
        sha256=None,
        status=status,
        reason=None,
        pages=tuple(TextPage(page=None, text=text) for text in pages),
    )
    return ExtractedText(
        extractor=VERSION,
        media_type="text/plain",
        status=status,
        reason=None,
        parts=(part,),
        elapsed_ms=1,
    )


NO_SCANS = ScannedTexts(StoredScanShelf(MemoryObjectStore()), limit=lambda: 600)


@pytest.fixture
def shelf() -> StoredFileShelf:
    return StoredFileShelf(MemoryObjectStore(), extractor_version=VERSION, local_path=None)


@pytest.fixture
def here_and_there(shelf: StoredFileShelf) -> Iterator[tuple[Texts, Texts]]:
    pair = (
        Texts(shelf, NoExtractor(), completion=NO_SCANS, workers=1, at_once=4),
        Texts(shelf, NoExtractor(), completion=NO_SCANS, workers=1, at_once=4),
    )
    yield pair
    for texts in pair:
        texts.close()


@pytest.mark.parametrize(
    "failure", [ExtractionStatus.FAILED, ExtractionStatus.ENCRYPTED, ExtractionStatus.TRUNCATED]
)
def test_a_failure_read_again_by_another_process_is_seen_here(
    failure: ExtractionStatus, shelf: StoredFileShelf, here_and_there: tuple[Texts, Texts]
) -> None:
    here, there = here_and_there
    shelf.keep_text(RECORD, FILE, a_text(failure))
    before = here.kept(RECORD, FILE)
    assert before is not None
    assert before.status is failure

    there.forget(RECORD, FILE)
    shelf.keep_text(RECORD, FILE, a_text(ExtractionStatus.OK, "读到了"))

    after = here.kept(RECORD, FILE)
    assert after is not None
    assert after.status is ExtractionStatus.OK


def test_what_was_read_is_remembered(
    shelf: StoredFileShelf, here_and_there: tuple[Texts, Texts]
) -> None:
    here, _ = here_and_there
    shelf.keep_text(RECORD, FILE, a_text(ExtractionStatus.OK, "读到了"))
    first = here.kept(RECORD, FILE)
    shelf.drop_text(RECORD, FILE)
    assert first is not None
    assert here.kept(RECORD, FILE) is first


def a_paper() -> ExtractedText:
    text = a_text(ExtractionStatus.EMPTY)
    return text.model_copy(update={"media_type": "application/pdf"})


class Watch:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.feature("SS-03")
def test_what_another_process_recognises_is_seen_a_little_later(shelf: StoredFileShelf) -> None:
    scans, watch = StoredScanShelf(MemoryObjectStore()), Watch()
    texts = Texts(
        shelf,
        NoExtractor(),
        completion=ScannedTexts(scans, limit=lambda: 600),
        workers=1,
        at_once=1,
        now_s=watch,
    )
    shelf.keep_text(RECORD, FILE, a_paper())
    begun = Scan(engine="e", plan=ScanPlan(pages=2, wanted=(1, 2)))

    def read() -> list[str]:
        found = texts.kept(RECORD, FILE)
        return [page.text for page in found.parts[0].pages] if found else []

    assert read() == []
    scans.keep(RECORD, FILE, begun.with_pages([a_page(1)]))
    assert read() == []  # as it is remembered
    watch.now_s = 11.0
    assert read() == ["页1"]
    scans.keep(RECORD, FILE, begun.with_pages([a_page(1), a_page(2)]))
    texts.renew(RECORD, FILE)  # as who recognises here does
    assert read() == ["页1", "页2"]
    scans.drop(RECORD, FILE)
    watch.now_s = 1e9
    assert read() == ["页1", "页2"]  # what is whole is remembered for good
    texts.close()


@pytest.mark.feature("SS-03")
def test_a_document_is_asked_once_a_minute_whether_pictures_in_it_were_recognised(
    shelf: StoredFileShelf,
) -> None:
    scans, watch = StoredScanShelf(MemoryObjectStore()), Watch()
    completion = ScannedTexts(scans, limit=lambda: 600)
    texts = Texts(shelf, NoExtractor(), completion=completion, workers=1, at_once=1, now_s=watch)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    written = a_text(ExtractionStatus.OK, "正文").model_copy(update={"media_type": word})
    shelf.keep_text(RECORD, FILE, written)
    assert texts.kept(RECORD, FILE) is not None
    plan = ScanPlan(pages=1, wanted=(1,), pictures=True)
    scans.keep(RECORD, FILE, Scan(engine="e", plan=plan, pages=(a_page(1),)))
    found = []
    for watch.now_s in (59.0, 61.0):
        text = texts.kept(RECORD, FILE)
        assert text is not None
        found.append([page.text for page in text.parts[0].pages])
    assert found == [["正文"], ["正文", "页1"]]
    texts.close()


@pytest.mark.feature("SS-03")
def test_whoever_indexes_looks_at_what_was_recognised_elsewhere_at_once(
    shelf: StoredFileShelf,
) -> None:
    scans = StoredScanShelf(MemoryObjectStore())
    texts = Texts(
        shelf,
        NoExtractor(),
        completion=ScannedTexts(scans, limit=lambda: 600),
        workers=1,
        at_once=1,
        now_s=Watch(),
    )
    shelf.keep_text(RECORD, FILE, a_paper())
    revision = matter(str(RECORD)).model_copy(update={"files": (a_file(FILE),)})
    assert texts.of(revision)[FILE].parts[0].pages == ()
    begun = Scan(engine="e", plan=ScanPlan(pages=1, wanted=(1,)))
    scans.keep(RECORD, FILE, begun.with_pages([a_page(1)]))
    assert [page.text for page in texts.look_again(revision)[FILE].parts[0].pages] == ["页1"]
    texts.close()


@pytest.mark.feature("SS-03")
def test_what_is_cut_off_at_the_limit_of_pages_is_remembered_until_that_is_raised(
    shelf: StoredFileShelf,
) -> None:
    scans, watch, limit = StoredScanShelf(MemoryObjectStore()), Watch(), [1]
    completion = ScannedTexts(scans, limit=lambda: limit[0])
    texts = Texts(shelf, NoExtractor(), completion=completion, workers=1, at_once=1, now_s=watch)
    shelf.keep_text(RECORD, FILE, a_paper())
    begun = Scan(engine="e", plan=ScanPlan(pages=2, wanted=(1, 2)))
    scans.keep(RECORD, FILE, begun.with_pages([a_page(1)]))
    first = texts.kept(RECORD, FILE)
    watch.now_s = 1e9
    assert texts.kept(RECORD, FILE) is first
    limit[0] = 2
    scans.keep(RECORD, FILE, begun.with_pages([a_page(1), a_page(2)]))
    found = texts.kept(RECORD, FILE)
    assert found is not None
    assert [page.text for page in found.parts[0].pages] == ["页1", "页2"]
    texts.close()


def cut_off(shelf: StoredFileShelf, limit: Callable[[], int], watch: Watch) -> Texts:
    """Texts that remember one of two pages of a scan, and cannot tell without the limit."""
    scans = StoredScanShelf(MemoryObjectStore())
    completion = ScannedTexts(scans, limit=limit)
    texts = Texts(shelf, NoExtractor(), completion=completion, workers=1, at_once=2, now_s=watch)
    shelf.keep_text(RECORD, FILE, a_paper())
    scan = Scan(engine="e", plan=ScanPlan(pages=2, wanted=(1, 2)), pages=(a_page(1),))
    scans.keep(RECORD, FILE, scan)
    assert texts.kept(RECORD, FILE) is not None
    watch.now_s = 1e9
    return texts


@pytest.mark.feature("SS-03")
def test_nobody_waits_for_the_limit_of_pages_who_does_not_need_it(shelf: StoredFileShelf) -> None:
    asked, told, watch = threading.Event(), threading.Event(), Watch()

    def slow() -> int:
        asked.set()
        assert told.wait(60)
        return 1

    texts = cut_off(shelf, slow, watch)
    other = Sha256("cd" * 32)
    texts.prime(RECORD, other, a_text(ExtractionStatus.OK, "读到了"))
    revision = matter(str(RECORD)).model_copy(update={"files": (a_file(FILE), a_file(FILE))})
    waits = (
        lambda: texts.kept(RECORD, FILE),
        lambda: texts.look_again(revision),
        lambda: texts.fetch([revision]),
    )
    with ThreadPoolExecutor(2) as threads:
        for wait in waits:
            asked.clear()
            told.clear()
            waiting = threads.submit(wait)
            assert asked.wait(60)
            assert threads.submit(texts.kept, RECORD, other).result(timeout=5) is not None
            told.set()
            waiting.result()
    texts.close()


@pytest.mark.feature("SS-03")
def test_a_text_in_memory_is_handed_out_while_the_store_is_away(shelf: StoredFileShelf) -> None:
    def away() -> int:
        raise Unavailable("store_unreachable")

    texts = cut_off(shelf, away, Watch())
    assert texts.kept(RECORD, FILE) is not None
    texts.close()


def a_file(sha256: Sha256) -> FileVersion:
    return FileVersion(
        part="files",
        name="a.pdf",
        sha256=sha256,
        size_bytes=3,
        media_type="application/pdf",
        since=1,
    )


def a_page(number: int) -> ScannedPage:
    corners = (0, 0, 9, 0, 9, 9, 0, 9)
    line = ScannedLine(text=f"页{number}", corners=corners, centres=(250, 750), confidence=90)
    return ScannedPage(page=number, lines=(line,))
