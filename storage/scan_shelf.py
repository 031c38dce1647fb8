"""What was recognised, on any object store, beside the texts of the files."""

from contextlib import suppress

from records.errors import Corrupt, NotFound
from records.identity import ObjectKey, RecordId, Sha256
from records.ports.object_store import ObjectStore
from records.revision import seal, unseal
from records.scans import Scan, ScannedPage
from storage.keys import SCAN_LIMIT_KEY, scan_key, scan_page_key, scan_pages_prefix


class StoredScanShelf:
    """Scans as ``records/{id}/text/{sha256}.scan``, single pages below ``….scan-pages/``."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def scan(self, record: RecordId, sha256: Sha256) -> Scan | None:
        """As the port says; a damaged one counts as none, since it can be made again."""
        body = self._read(scan_key(record, sha256))
        with suppress(ValueError):
            return Scan.model_validate_json(body) if body else None
        return None

    def pages(self, record: RecordId, sha256: Sha256) -> tuple[ScannedPage, ...]:
        """As the port says; a damaged one is left out."""
        found = []
        for key in self._page_keys(record, sha256):
            body = self._read(key)
            with suppress(ValueError):
                found += [ScannedPage.model_validate_json(body)] if body else []
        return tuple(found)

    def progress(self, record: RecordId, sha256: Sha256) -> int:
        """As the port says."""
        return len(self._page_keys(record, sha256))

    def keep_page(self, record: RecordId, sha256: Sha256, page: ScannedPage) -> None:
        """As the port says."""
        key = scan_page_key(record, sha256, page.page)
        self._store.replace(key, seal(page.model_dump_json().encode()))

    def keep(self, record: RecordId, sha256: Sha256, scan: Scan) -> None:
        """As the port says: a kill in between leaves pages twice, which does no harm."""
        self._store.replace(scan_key(record, sha256), seal(scan.model_dump_json().encode()))
        held = {scan_page_key(record, sha256, page.page) for page in scan.pages}
        for key in self._page_keys(record, sha256):
            if key in held:
                self._store.delete(key)

    def drop(self, record: RecordId, sha256: Sha256) -> None:
        """As the port says."""
        self._store.delete(scan_key(record, sha256))
        for key in self._page_keys(record, sha256):
            self._store.delete(key)

    def limit(self) -> int:
        """As the port says; a damaged one counts as none."""
        body = self._read(SCAN_LIMIT_KEY) or b""
        return int(body) if body.isdigit() else 0

    def keep_limit(self, pages: int) -> None:
        """As the port says."""
        self._store.replace(SCAN_LIMIT_KEY, seal(str(pages).encode()))

    def _page_keys(self, record: RecordId, sha256: Sha256) -> list[ObjectKey]:
        return [stat.key for stat in self._store.list(scan_pages_prefix(record, sha256), after="")]

    def _read(self, key: ObjectKey) -> bytes | None:
        try:
            return unseal(self._store.read(key))
        except (NotFound, Corrupt):
            return None
