"""Files and texts of records on any object store."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from records.errors import Conflict, Corrupt, NotFound
from records.identity import ObjectKey, RecordId, Sha256
from records.ports.object_store import ObjectStore
from records.revision import seal, unseal
from records.text import ExtractedText
from storage.keys import blob_key, text_key

_WHOLE = 1 << 62
"""More bytes than a file has."""


class StoredFileShelf:
    """Files below ``records/{id}/blobs``, texts below ``records/{id}/text``.

    `local_path` tells where an object lies on this machine, for stores that keep it there.
    """

    def __init__(
        self,
        store: ObjectStore,
        *,
        extractor_version: str,
        local_path: Callable[[ObjectKey], Path] | None,
    ) -> None:
        self._store = store
        self._version = extractor_version
        self._local_path = local_path

    def stream(
        self, record: RecordId, sha256: Sha256, *, start: int, length: int
    ) -> Iterator[bytes]:
        """As the port says."""
        key = blob_key(record, sha256)
        stat = self._store.stat(key)
        if stat is None:
            raise NotFound("unknown_file", record=record, sha256=sha256)
        pieces = self._store.stream(key, start=start, length=length)
        if start == 0 and length >= stat.size_bytes:
            return _verified(pieces, record, sha256)
        return pieces

    def put(self, record: RecordId, sha256: Sha256, path: Path) -> None:
        """As the port says."""
        with suppress(Conflict):
            self._store.create(blob_key(record, sha256), path)

    @contextmanager
    def local(self, record: RecordId, sha256: Sha256) -> Iterator[Path]:
        """As the port says: the file itself on a filesystem, else a copy."""
        key = blob_key(record, sha256)
        if self._local_path is not None:
            if self._store.stat(key) is None:
                raise NotFound("unknown_file", record=record, sha256=sha256)
            yield self._local_path(key)
            return
        try:
            pieces = self._store.stream(key, start=0, length=_WHOLE)
        except NotFound as error:
            raise NotFound("unknown_file", record=record, sha256=sha256) from error
        with tempfile.NamedTemporaryFile(prefix="wenshu-") as copy:
            for piece in _verified(pieces, record, sha256):
                copy.write(piece)
            copy.flush()
            yield Path(copy.name)

    def text(self, record: RecordId, sha256: Sha256) -> ExtractedText | None:
        """As the port says; a damaged text counts as none, since it can be read again."""
        try:
            line = unseal(self._store.read(text_key(record, sha256, self._version)))
            return ExtractedText.model_validate_json(line)
        except (NotFound, Corrupt, ValueError):
            return None

    def keep_text(self, record: RecordId, sha256: Sha256, text: ExtractedText) -> None:
        """As the port says."""
        body = seal(text.model_dump_json().encode())
        key = text_key(record, sha256, text.extractor)
        with suppress(Conflict):
            self._store.create(key, body)
            return
        if self.text(record, sha256) is None:
            self._store.replace(key, body)

    def drop_text(self, record: RecordId, sha256: Sha256) -> None:
        """As the port says."""
        self._store.delete(text_key(record, sha256, self._version))


def _verified(pieces: Iterator[bytes], record: RecordId, sha256: Sha256) -> Iterator[bytes]:
    digest = hashlib.sha256()
    held = b""
    for piece in pieces:
        digest.update(piece)
        if held:
            yield held
        held = piece
    if digest.hexdigest() != sha256:
        raise Corrupt("damaged_file", record=record, sha256=sha256)
    if held:
        yield held
