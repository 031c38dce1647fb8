"""What a worker tells of a file: JSON messages, written in the worker, read in the server.

``["part", path, media type, size in bytes, sha256 or null]`` opens the next part, counted from 0.
``["text", part, page or null, deleted, text]`` adds to the last page of a part, or begins one.
``["done", part, status, reason or null, skipped]`` closes a part.
"""

import json
from collections.abc import Callable

from records.text import ExtractionStatus


class Report:
    """The writing side."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._parts = 0

    def part(self, path: str, media_type: str, size_bytes: int, sha256: str | None) -> int:
        """Open a part; its number."""
        self._message("part", path, media_type, size_bytes, sha256)
        self._parts += 1
        return self._parts - 1

    def text(self, part: int, text: str, *, page: int | None, deleted: bool) -> None:
        """Text of a part."""
        self._message("text", part, page, deleted, text)

    def done(
        self, part: int, status: ExtractionStatus, reason: str | None, *, skipped: bool = False
    ) -> None:
        """Close a part."""
        self._message("done", part, status, reason, skipped)

    def _message(self, *fields: object) -> None:
        self._send(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode())
