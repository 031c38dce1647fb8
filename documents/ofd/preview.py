"""Previews of OFD pages: an SVG, and the text that stands on it."""

from contextlib import closing
from pathlib import Path

from documents.failing import NoSuchPage
from documents.ofd.canvas import Canvas
from documents.ofd.document import OfdDocument
from documents.ofd.drawing import Drawing
from documents.ofd.glyph_run import joined
from documents.ofd.images import Images
from documents.ofd.seals import draw_seals
from records.preview import PageView


def count_ofd_pages(path: Path) -> int:
    """Number of pages. Raises Unshowable."""
    with closing(OfdDocument(path)) as document:
        return len(document.pages)


def draw_ofd_page(path: Path, number: int) -> PageView:
    """One page, counted from 1, in millimetres. Raises Unshowable and NoSuchPage."""
    with closing(OfdDocument(path)) as document:
        if not 1 <= number <= len(document.pages):
            raise NoSuchPage
        page = document.page(number)
        canvas, images = Canvas(), Images(document.package)
        Drawing(document.package, page, canvas, images).draw()
        draw_seals(document, number, canvas)
        return PageView(
            picture=canvas.svg(page.box, paper="#fff"),
            media_type="image/svg+xml",
            width=page.box.width,
            height=page.box.height,
            lines=tuple(joined(canvas.lines)),
        )
