"""Text of a file as an extractor gives it: pages and parts, and what became of each."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from records.identity import Sha256


class ExtractionStatus(StrEnum):
    """What became of a file or of a contained part."""

    OK = "ok"
    """Text was read."""
    EMPTY = "empty"
    """Read without fault, but there is no text: a scan, a picture, a blank page."""
    TRUNCATED = "truncated"
    """Text was read up to a limit or a failure, which `reason` names; what was read is there."""
    UNSUPPORTED = "unsupported"
    """No route reads this type; found by name and fields."""
    ENCRYPTED = "encrypted"
    """Protected by a password."""
    FAILED = "failed"
    """Could not be read; `reason` tells why: parse, timeout, memory, crash, bomb, nesting."""


class TextPage(BaseModel):
    """The text of one page (PDF, OFD, slide, sheet), or of a part without pages (`page` None)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: int | None = Field(default=None, ge=1, description="Counted from 1")
    text: str
    deleted: bool = Field(default=False, description="Deleted by a tracked change: not searched")


class ContainedPart(BaseModel):
    """One part of a file: the file itself (`path` empty), or what a mail or archive contains.

    `path` leads to the part through its containers, joined by ``/``: ``mail.eml`` in ``a.zip``
    has the path ``mail.eml``, its attachment ``b.docx`` has ``mail.eml/b.docx``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    media_type: str
    size_bytes: int = Field(ge=0)
    sha256: Sha256 | None = Field(description="None where the bytes could not be read")
    status: ExtractionStatus
    reason: str | None = None
    skipped: bool = Field(default=False, description="Not read on purpose: folder entry, limit")
    pages: tuple[TextPage, ...] = ()

    @property
    def characters(self) -> int:
        """How much text was read."""
        return sum(len(page.text) for page in self.pages)


class ExtractedText(BaseModel):
    """The text of one file with all it contains; `parts[0]` is the file itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    extractor: str
    engine: str | None = Field(
        default=None, description="Which of its programs read it, where the extractor has several"
    )
    media_type: str
    status: ExtractionStatus
    reason: str | None = None
    parts: tuple[ContainedPart, ...] = Field(min_length=1)
    elapsed_ms: int = Field(ge=0)

    @property
    def characters(self) -> int:
        """How much text was read, with that of all parts."""
        return sum(part.characters for part in self.parts)
