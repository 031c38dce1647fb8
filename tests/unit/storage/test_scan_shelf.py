"""Scans in the store: each page durable at once, one object in the end."""

import pytest

from records.identity import RecordId, Sha256
from records.scans import Scan, ScannedPage, ScanPlan
from storage.keys import SCAN_LIMIT_KEY, SCANS, scan_key, scan_page_key
from storage.memory_store import MemoryObjectStore
from storage.outbox import StoredOutbox
from storage.scan_shelf import StoredScanShelf

RECORD = RecordId("01M8QJA8N8DBKZC08Y6544MJEC")
FILE, OTHER = Sha256("a" * 64), Sha256("ab" * 32)
SCAN = Scan(engine="e", plan=ScanPlan(pages=3, wanted=(1, 2, 3)))


@pytest.fixture
def store() -> MemoryObjectStore:
    return MemoryObjectStore()


@pytest.fixture
def shelf(store: MemoryObjectStore) -> StoredScanShelf:
    return StoredScanShelf(store)


@pytest.mark.feature("SS-03")
def test_pages_wait_beside_the_scan_until_it_holds_them(shelf: StoredScanShelf) -> None:
    shelf.keep(RECORD, FILE, SCAN)
    for number in (2, 1):
        shelf.keep_page(RECORD, FILE, ScannedPage(page=number))
    shelf.keep_page(RECORD, OTHER, ScannedPage(page=3))
    assert [page.page for page in shelf.pages(RECORD, FILE)] == [1, 2]
    assert shelf.progress(RECORD, FILE) == 2
    shelf.keep(RECORD, FILE, SCAN.with_pages([ScannedPage(page=1)]))
    assert [page.page for page in shelf.pages(RECORD, FILE)] == [2]
    found = shelf.scan(RECORD, FILE)
    assert found is not None
    assert [page.page for page in found.pages] == [1]
    assert shelf.scan(RECORD, OTHER) is None


def test_what_is_dropped_is_gone_with_its_pages(
    shelf: StoredScanShelf, store: MemoryObjectStore
) -> None:
    shelf.keep(RECORD, FILE, SCAN)
    shelf.keep_page(RECORD, FILE, ScannedPage(page=1))
    shelf.drop(RECORD, FILE)
    assert list(store.list("records/", after="")) == []


def test_a_damaged_scan_and_a_damaged_page_count_as_none(
    shelf: StoredScanShelf, store: MemoryObjectStore
) -> None:
    shelf.keep_page(RECORD, FILE, ScannedPage(page=2))
    store.replace(scan_key(RECORD, FILE), b"{}")
    store.replace(scan_page_key(RECORD, FILE, 1), b"torn")
    assert shelf.scan(RECORD, FILE) is None
    assert [page.page for page in shelf.pages(RECORD, FILE)] == [2]


def test_what_waits_for_recognition_does_not_wait_for_the_index(store: MemoryObjectStore) -> None:
    waiting, indexing = StoredOutbox(store, root=SCANS), StoredOutbox(store)
    entry = waiting.add(RECORD, 3)
    assert list(indexing.pending()) == []
    assert list(waiting.of(RECORD)) == list(waiting.pending()) == [entry]
    assert waiting.holds(entry)
    waiting.remove([entry])
    assert not waiting.holds(entry)


def test_the_limit_of_pages_is_kept_and_a_damaged_one_counts_as_none(
    shelf: StoredScanShelf, store: MemoryObjectStore
) -> None:
    assert shelf.limit() == 0
    shelf.keep_limit(600)
    shelf.keep_limit(400)
    assert shelf.limit() == 400
    store.replace(SCAN_LIMIT_KEY, b"torn")
    assert shelf.limit() == 0
