"""What the server makes of a worker's report. The report is not trusted."""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from records.identity import Sha256
from records.text import ContainedPart, ExtractedText, ExtractionStatus, TextPage
from sandbox.worker_process import Ending

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_REASONS = {
    Ending.ERROR: "crash",
    Ending.CRASH: "crash",
    Ending.MEMORY: "memory",
    Ending.TIMEOUT: "timeout",
    Ending.FLOOD: "too_long",
}


@dataclass(slots=True)
class _Part:
    path: str
    media_type: str
    size_bytes: int
    sha256: str | None
    pages: list[tuple[int | None, bool, list[str]]] = field(default_factory=list)
    status: ExtractionStatus | None = None
    reason: str | None = None
    skipped: bool = False


class Received:
    """Collects the messages of `Report`.

    What is none raises ValueError, LookupError or TypeError.
    """

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def take(self, message: bytes) -> None:
        """One message."""
        kind, *fields = json.loads(message)
        if kind == "text":
            number, page, deleted, text = fields
            pages = self._parts[number].pages
            if not pages or pages[-1][:2] != (page, deleted):
                pages.append((page, deleted, []))
            pages[-1][2].append(text)
        elif kind == "part":
            self._parts.append(_Part(*fields))
        elif kind == "done":
            number, status, reason, skipped = fields
            part = self._parts[number]
            part.status, part.reason, part.skipped = ExtractionStatus(status), reason, skipped
        else:
            raise ValueError(kind)

    def extracted(
        self, ending: Ending, extractor: str, *, size_bytes: int, began: float
    ) -> ExtractedText:
        """The whole, with what was told before the end, whatever the end was."""
        cut = _REASONS.get(ending)
        parts = tuple(self._contained(at, cut) for at in range(len(self._parts))) or (
            ContainedPart(
                path="",
                media_type="application/octet-stream",
                size_bytes=size_bytes,
                sha256=None,
                status=ExtractionStatus.FAILED,
                reason=cut or "crash",
            ),
        )
        status, reason = parts[0].status, parts[0].reason
        if status is ExtractionStatus.OK and not any(part.pages for part in parts):
            status, reason = ExtractionStatus.EMPTY, "no_text"
        return ExtractedText(
            extractor=extractor,
            media_type=parts[0].media_type,
            status=status,
            reason=reason,
            parts=parts,
            elapsed_ms=int((time.monotonic() - began) * 1000),
        )

    def _contained(self, at: int, cut: str | None) -> ContainedPart:
        part = self._parts[at]
        status, reason = part.status, part.reason
        if status is None:  # it was being read when the worker ended, with all that follows in it
            begun = bool(part.pages) or at + 1 < len(self._parts)
            status = ExtractionStatus.TRUNCATED if begun else ExtractionStatus.FAILED
            reason = cut or "crash"
        return ContainedPart(
            path=part.path,
            media_type=part.media_type,
            size_bytes=part.size_bytes,
            sha256=None if part.sha256 is None else Sha256(part.sha256),
            status=status,
            reason=reason,
            skipped=part.skipped,
            pages=tuple(
                TextPage(page=page, text=text, deleted=deleted)
                for page, deleted, texts in part.pages
                if (text := page_text(texts))
            ),
        )


def page_text(texts: Sequence[str]) -> str:
    """The pieces of a page as one text without runs of empty lines; empty when there is none."""
    text = _EMPTY_LINES.sub("\n\n", "".join(texts)).strip("\n")
    return "" if text.isspace() else text
