"""What a preview shows of a file: pages as pictures with the text that stands on them."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from records.queries.search import Span

BETWEEN_CELLS = "\ue000"
"""Stands between texts that are looked through as one: no word runs across it."""


class PreviewKind(StrEnum):
    """How a file can be shown."""

    PAGES = "pages"
    """As pictures of its pages (PDF, OFD)."""
    HTML = "html"
    """As sanitised HTML (docx)."""
    MAIL = "mail"
    """As head and body (eml, msg); what is attached is told by extraction."""
    SLIDES = "slides"
    """As the text of its slides (pptx)."""
    HOLDINGS = "holdings"
    """As what it holds, told by extraction (zip, 7z, rar, tar)."""
    TABLE = "table"
    """As rows of its sheets (xlsx, csv)."""
    PICTURE = "picture"
    TEXT = "text"
    """As the text that extraction kept; the previewer has nothing better (txt, doc, odt …)."""
    NONE = "none"
    """Not at all: it can only be downloaded; `Outline.reason` may tell why."""


class Outline(BaseModel):
    """What there is to show of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: PreviewKind
    pages: int = Field(ge=0, description="Pages, or sheets of a table; 1 for HTML and a picture")
    names: tuple[str, ...] = Field(default=(), description="Names of sheets")
    hidden: tuple[int, ...] = Field(default=(), description="Sheets that are hidden, from 1")
    reason: str | None = Field(
        default=None, description="For NONE: encrypted, parse, bomb, too_large, timeout … or type"
    )
    notices: tuple[str, ...] = Field(
        default=(), description="macros, embedded_objects, external_links: in the file, not shown"
    )


class Box(BaseModel):
    """An upright rectangle of a page, in the page's unit, from the top left corner."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: float
    y: float
    width: float
    height: float


class TextLine(BaseModel):
    """A run of characters on a page, for selecting and marking.

    ``<text x y font-size=height textLength=width>`` puts the text where it stands: `x`, `y` is
    the begin of its base line. The whole line, boxes included, is turned by `rotation` degrees
    clockwise about that point. A `vertical` line runs downwards (``writing-mode``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0
    vertical: bool = False
    boxes: tuple[Box, ...] = Field(description="One for each character, before turning")


class PageView(BaseModel):
    """One page: a picture of it, and the text that stands on it in the order of reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    picture: bytes
    media_type: str = Field(description="image/png, image/jpeg or image/svg+xml, as <img> only")
    width: float = Field(gt=0, description="Of the page, in the unit of lines and boxes")
    height: float = Field(gt=0)
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The text of all lines, joined by LF: what a Highlighter is asked about."""
        return "\n".join(line.text for line in self.lines)


class Mark(BaseModel):
    """A rectangle to be drawn over a page; `transform` is the SVG attribute, empty when none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    box: Box
    transform: str
    place: int = Field(default=0, description="Which of the spans it covers, counted from 0")


class Cell(BaseModel):
    """One cell as it looks; it may stand over its neighbours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    number: bool = Field(default=False, description="A number or date: it stands to the right")
    missing: bool = Field(default=False, description="A formula whose result was not stored")
    across: int = Field(default=1, ge=1, le=200, description="Columns that it takes up")
    down: int = Field(default=1, ge=1, le=200, description="Rows that it takes up")


class SheetRow(BaseModel):
    """A row with its cells; those that another cell stands over are left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    hidden: bool = Field(default=False, description="Whether the sheet hides it")
    cells: tuple[Cell, ...]


class Sheet(BaseModel):
    """Some rows of a sheet, as shown: numbers and dates are texts in their formats."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    first_row: int = Field(ge=1, description="Number of the first row asked for, from 1")
    columns: tuple[str, ...] = Field(default=(), max_length=200, description="A, B, …")
    hidden_columns: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = Field(max_length=200)
    next_row: int | None = Field(default=None, description="The first row after these, if any")
    last_row: int = Field(default=0, ge=0, description="The last row of the sheet")
    wider: bool = Field(default=False, description="Whether columns follow that are not given")
    unmerged: bool = Field(default=False, description="Whether cells stand apart that are merged")


class RowWords(BaseModel):
    """What stands in rows: number of the sheet, of the row, cells joined by `BETWEEN_CELLS`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: tuple[tuple[int, int, str], ...]
    cut: bool = Field(default=False, description="Whether there is more than was read")


class MailHead(StrEnum):
    """What the head of a mail tells."""

    SUBJECT = "subject"
    FROM = "from"
    TO = "to"
    CC = "cc"
    DATE = "date"


class Section(BaseModel):
    """A stretch of a written file: a whole document, the body of a mail, or a slide.

    Fragments of HTML that may stand in a page under a strict policy: elements of text, lists and
    tables, pictures as ``data:`` addresses; no style, class, script, form or link.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    html: str
    number: int = Field(default=0, ge=0, description="Of a slide, from 1; 0 for all others")
    notes: str = Field(default="", description="What the speaker notes beside a slide")
    hidden: bool = Field(default=False, description="A slide that is not shown")


class Written(BaseModel):
    """A file as text with structure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heads: tuple[tuple[MailHead, str], ...] = ()
    sections: tuple[Section, ...]
    tracked: bool = Field(default=False, description="Whether it holds tracked changes")
    cut: bool = Field(default=False, description="Whether there is more than is given")


class Picture(BaseModel):
    """A picture made anew from the one in the file: nothing but pixels came over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: bytes
    media_type: str
    width: int = Field(gt=0)
    height: int = Field(gt=0)


def marks(view: PageView, spans: Sequence[Span]) -> tuple[Mark, ...]:
    """The rectangles that cover `spans` of ``view.text``, one for each stretch of a line."""
    found: list[Mark] = []
    begin = 0
    for line in view.lines:
        end = begin + len(line.text)
        for place, span in enumerate(spans):
            first, last = max(span.start, begin) - begin, min(span.end, end) - begin
            if first < last:
                turn = f"rotate({line.rotation:g} {line.x:g} {line.y:g})" if line.rotation else ""
                boxes = _joined(line.boxes[first:last])
                found.extend(Mark(box=box, transform=turn, place=place) for box in boxes)
        begin = end + 1
    return tuple(found)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Neighbours on one base line become one box; boxes of no size, those of spaces, vanish."""
    joined: list[Box] = []
    for box in boxes:
        if box.width <= 0 or box.height <= 0:
            continue
        before = joined[-1] if joined else None
        overlap = 0.0
        if before is not None:
            top, bottom = max(before.y, box.y), min(before.y + before.height, box.y + box.height)
            overlap = (bottom - top) / min(before.height, box.height)
        if before is None or overlap < 0.5 or box.x < before.x:
            joined.append(box)
            continue
        y = min(before.y, box.y)
        joined[-1] = Box(
            x=before.x,
            y=y,
            width=max(before.x + before.width, box.x + box.width) - before.x,
            height=max(before.y + before.height, box.y + box.height) - y,
        )
    return joined
