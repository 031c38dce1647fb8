"""Text recognised on pictures of pages, with the place of every line."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from records.preview import Box, TextLine
from records.text import ContainedPart, ExtractedText, ExtractionStatus, TextPage

PICTURES = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp"})
_PAPERS = frozenset({"application/pdf", "application/ofd"})
_OFFICE = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
"""Documents and slides, of which the pictures are read: each is a page of its own."""
_ENDINGS = frozenset(
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".tif",
        ".tiff",
        ".bmp",
        ".dib",
        ".webp",
        ".pdf",
        ".ofd",
        ".docx",
        ".pptx",
    }
)
_CORNER = 10_000
_ALONG = 1_000

Corners = Annotated[tuple[int, ...], Field(min_length=8, max_length=8)]


class ScannedLine(BaseModel):
    """One line, in reading order of its page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    corners: Corners = Field(
        description="x and y of top left, top right, bottom right, bottom left, as one reads the "
        "line, in ten thousandths of the page as it is shown"
    )
    centres: tuple[int, ...] = Field(
        description="Where each character stands along the line, in thousandths of it"
    )
    confidence: int = Field(ge=0, le=100)


class ScannedPage(BaseModel):
    """What was recognised on one page; `reason` tells why nothing could be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: int = Field(ge=1)
    lines: tuple[ScannedLine, ...] = ()
    reason: str | None = None

    @property
    def text(self) -> str:
        """All lines, joined by LF."""
        return "\n".join(line.text for line in self.lines)


class ScanPlan(BaseModel):
    """Which pages of a file are pictures, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pages: int = Field(ge=0, description="Pages of the file")
    wanted: tuple[int, ...]
    pictures: bool = Field(default=False, description="Whether its pages are pictures within it")
    slides: tuple[int, ...] = Field(
        default=(), description="Of pictures that are wanted, the slide on which each stands"
    )


class Scan(BaseModel):
    """How far the recognition of a file is, with all that was read so far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    engine: str
    plan: ScanPlan
    pages: tuple[ScannedPage, ...] = ()
    reason: str | None = Field(default=None, description="Why the file could not even be looked at")

    def left(self, limit: int) -> tuple[int, ...]:
        """Pages that are still to be read, where no more than `limit` of a file are."""
        read = {page.page for page in self.pages}
        return tuple(page for page in self.plan.wanted[:limit] if page not in read)

    def with_pages(self, more: Iterable[ScannedPage]) -> "Scan":
        """With these pages as well; one that is there already is replaced."""
        pages = {page.page: page for page in (*self.pages, *more)}
        return self.model_copy(update={"pages": tuple(pages[number] for number in sorted(pages))})

    def without_failed(self) -> "Scan":
        """With the pages that were read alone: the others are to be read once more."""
        return self.model_copy(
            update={"pages": tuple(page for page in self.pages if not page.reason)}
        )

    def page(self, number: int) -> ScannedPage | None:
        """What was read on one page; None where nothing was looked for."""
        return next((page for page in self.pages if page.page == number), None)

    @property
    def failed(self) -> tuple[ScannedPage, ...]:
        """Pages that could not be read."""
        return tuple(page for page in self.pages if page.reason)

    @property
    def confidence(self) -> int | None:
        """Mean over characters, of 100; None where no text was found."""
        lines = [line for page in self.pages for line in page.lines]
        characters = sum(len(line.text) for line in lines)
        if not characters:
            return None
        return sum(line.confidence * len(line.text) for line in lines) // characters


@dataclass(frozen=True, slots=True)
class ScanSummary:
    """A scan in numbers."""

    engine: str
    wanted: int
    """Pages that are pictures, or pictures within the file."""
    read: int
    failed: int
    """Of those that were read."""
    reason: str
    """Why the file, or the first page that could not be read, could not be; empty for none."""
    confidence: int | None
    pictures: bool = False
    """Whether these are pictures within a document or slides."""

    @classmethod
    def of(cls, scan: Scan) -> Self:
        """The numbers of a scan."""
        failed = scan.failed
        reason = scan.reason or (failed[0].reason if failed else "") or ""
        pages, wanted = len(scan.pages), len(scan.plan.wanted)
        return cls(
            scan.engine, wanted, pages, len(failed), reason, scan.confidence, scan.plan.pictures
        )


def looks_like_paper(name: str, media_type: str) -> bool:
    """Whether a file may be one that is recognised, by what it is called: without its text.

    A name without an ending tells nothing, and leaves it possible.
    """
    if media_type in PICTURES or media_type in _PAPERS or media_type in _OFFICE:
        return True
    ending = PurePosixPath(name).suffix.lower()
    return not ending or ending in _ENDINGS


def may_be_scan(text: ExtractedText) -> bool:
    """Whether pages of the file may be pictures: what only a look into it can tell for sure."""
    if text.status not in {ExtractionStatus.OK, ExtractionStatus.EMPTY}:
        return False
    if text.reason == "empty":
        return False
    return text.media_type in PICTURES | _PAPERS | _OFFICE


def has_pictures_within(text: ExtractedText) -> bool:
    """Whether it is of a type of which not pages are read, but the pictures that may be in it."""
    return text.media_type in _OFFICE


def with_scan(text: ExtractedText, scan: Scan) -> ExtractedText:
    """The text with what was recognised; of a page with both, the recognised text comes last."""
    read = _laid(scan)
    if not read:
        return text
    own = text.parts[0]
    pages: list[TextPage] = []
    for page in own.pages:
        more = read.pop(page.page, "") if page.page and not page.deleted else ""
        pages.append(page.model_copy(update={"text": f"{page.text}\n{more}"}) if more else page)
    pages += [TextPage(page=number, text=found) for number, found in read.items()]
    pages.sort(key=lambda page: page.page or 0)
    part: ContainedPart = own.model_copy(
        update={"pages": tuple(pages), "status": ExtractionStatus.OK, "reason": None}
    )
    return text.model_copy(
        update={
            "parts": (part, *text.parts[1:]),
            "status": ExtractionStatus.OK,
            "reason": None,
        }
    )


def _laid(scan: Scan) -> dict[int | None, str]:
    """What was recognised, by the page that it belongs to: None for a document without pages."""
    slides = dict(zip(scan.plan.wanted, scan.plan.slides, strict=False))
    laid: dict[int | None, list[str]] = {}
    for page in scan.pages:
        if page.lines:
            place = slides.get(page.page) if scan.plan.pictures else page.page
            laid.setdefault(place, []).append(page.text)
    return {place: "\n".join(found) for place, found in laid.items()}


def lines_on(page: ScannedPage, width: float, height: float) -> tuple[TextLine, ...]:
    """The lines of a page for a view of this size, each turned as it stands."""
    return tuple(_line(line, width, height) for line in page.lines)


def _line(line: ScannedLine, width: float, height: float) -> TextLine:
    at = [
        (x * width / _CORNER, y * height / _CORNER)
        for x, y in zip(line.corners[::2], line.corners[1::2], strict=True)
    ]
    (left_x, left_y), (right_x, right_y) = at[3], at[2]
    length = math.hypot(right_x - left_x, right_y - left_y)
    tall = math.hypot(at[0][0] - left_x, at[0][1] - left_y)
    edges = _edges(line.centres, len(line.text))
    boxes = tuple(
        Box(x=left_x + begin * length, y=left_y - tall, width=(end - begin) * length, height=tall)
        for begin, end in itertools.pairwise(edges)
    )
    return TextLine(
        text=line.text,
        x=left_x,
        y=left_y,
        width=length,
        height=tall,
        rotation=round(math.degrees(math.atan2(right_y - left_y, right_x - left_x)), 2),
        boxes=boxes,
    )


def _edges(centres: Sequence[int], count: int) -> list[float]:
    """Where characters begin, and the last one ends: halfway between their middles."""
    if len(centres) != count:  # a worker that tells nonsense is believed no further
        return [place / count for place in range(count + 1)]
    middles = [min(max(centre / _ALONG, 0.0), 1.0) for centre in centres]
    if count == 1:
        return [0.0, 1.0]
    first = middles[0] - (middles[1] - middles[0]) / 2
    last = middles[-1] + (middles[-1] - middles[-2]) / 2
    between = [(one + two) / 2 for one, two in itertools.pairwise(middles)]
    return sorted([max(0.0, first), *between, min(1.0, last)])
