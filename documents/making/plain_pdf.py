"""制版: a docx as plain pages of A4 (MB-07), in the margins and type sizes of GB/T 9704-2012.

Headings, paragraphs and tables of the text as it stands. What a letterhead looks like, seals and
their places come from the typesetter, not from here. The font is one that readers have.
"""

import io
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, SimpleDocTemplate
from reportlab.platypus import Table as DrawnTable
from reportlab.platypus.doctemplate import LayoutError

from documents.failing import Unshowable
from documents.making.drawn_paragraph import DrawnParagraph

_FONT = "STSong-Light"
_TOP_MM, _BOTTOM_MM, _LEFT_MM, _RIGHT_MM = 37, 35, 28, 26
"""天头, 订口 and 版心 of GB/T 9704-2012, 5.2.1."""
_PADDING_PT = 6
"""What the library leaves within the margins that it is given."""
_SIZE_PT, _LEADING_PT, _TITLE_PT = 15.75, 28.99, 22
"""三号, 28 letters a line and 22 lines a page (5.2.2); 二号 for the title (7.3.1)."""
_ALIGNED = {1: TA_CENTER, 2: TA_RIGHT}
_MOST_BLOCKS = 20_000


def plain_pdf(path: Path) -> bytes:
    """The pages of a docx. Raises Unshowable (``parse``, ``too_large``)."""
    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Unshowable("parse") from error
    _have_font()
    return _pages(list(_drawn(document)))


def plain_pdf_of_text(path: Path) -> bytes:
    """The pages of a text in UTF-8 or GB 18030, a line a paragraph."""
    body = path.read_bytes()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("gb18030", "replace")
    _have_font()
    lines = text.splitlines()
    if len(lines) > _MOST_BLOCKS:
        raise Unshowable("too_large")
    return _pages([DrawnParagraph.of(line, _style(indent_pt=_indent_pt(line))) for line in lines])


def _indent_pt(line: str) -> float:
    """Of a paragraph of a text; one that is typed further in stands there already."""
    return 0 if line[:1].isspace() else 2 * _SIZE_PT


def _have_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    for bold, italic in product((0, 1), repeat=2):
        addMapping(_FONT, bold, italic, _FONT)


def _pages(blocks: list[Flowable]) -> bytes:
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        topMargin=_TOP_MM * mm - _PADDING_PT,
        bottomMargin=_BOTTOM_MM * mm - _PADDING_PT,
        leftMargin=_LEFT_MM * mm - _PADDING_PT,
        rightMargin=_RIGHT_MM * mm - _PADDING_PT,
        invariant=1,
    )
    try:
        template.build(blocks or [DrawnParagraph.of("", _style())])
    except LayoutError as error:
        raise Unshowable("too_large") from error
    return out.getvalue()


def _drawn(document: Opened) -> Iterator[Flowable]:
    for count, block in enumerate(document.iter_inner_content()):
        if count >= _MOST_BLOCKS:
            raise Unshowable("too_large")
        if isinstance(block, Paragraph):
            yield from _paragraph(block)
        else:
            yield from _table(block)


def _paragraph(paragraph: Paragraph) -> Iterator[Flowable]:
    """One for each of its lines that ends where somebody ended it."""
    name = (paragraph.style.name if paragraph.style is not None else "") or ""
    is_heading = name.startswith(("Heading", "Title", "标题"))
    aligned = _ALIGNED.get(int(paragraph.alignment)) if paragraph.alignment is not None else None
    style, following = _style(indent_pt=2 * _SIZE_PT), _style()
    if is_heading:
        style = following = _style(size_pt=_TITLE_PT, alignment=TA_CENTER)
    elif aligned is not None:
        style = following = _style(alignment=aligned)
    for number, line in enumerate(paragraph.text.split("\n")):
        yield DrawnParagraph.of(line, following if number else style)


def _table(table: Table) -> Iterator[Flowable]:
    style = _style(leading_pt=20, size_pt=12)
    rows = [[_cell(cell.text, style) for cell in row.cells] for row in table.rows]
    width = max((len(row) for row in rows), default=0)
    if width:
        squared = [[*row, *[""] * (width - len(row))] for row in rows]
        yield DrawnTable(squared, repeatRows=0, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])


def _cell(text: str, style: ParagraphStyle) -> list[Flowable]:
    return [DrawnParagraph.of(line, style) for line in text.split("\n")]


def _style(
    *,
    size_pt: float = _SIZE_PT,
    leading_pt: float = _LEADING_PT,
    indent_pt: float = 0,
    alignment: int = TA_JUSTIFY,
) -> ParagraphStyle:
    return ParagraphStyle(
        "plain",
        fontName=_FONT,
        fontSize=size_pt,
        leading=max(leading_pt, size_pt + 4),
        firstLineIndent=indent_pt,
        alignment=alignment,
        wordWrap="CJK",
    )
