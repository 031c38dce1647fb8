"""Pages of an OFD that are pictures, laid down as they stand."""

import io
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image, UnidentifiedImageError

from documents.failing import NoSuchPage, Unshowable
from documents.ofd.canvas import Canvas
from documents.ofd.document import OfdDocument, OfdPage, Resource
from documents.ofd.drawing import Drawing
from documents.ofd.geometry import Matrix
from documents.ofd.glyph_run import joined
from documents.ofd.images import Images
from documents.ofd.jbig2 import JBIG2_HEADS, jbig2_png
from documents.ofd.package import OfdPackage, text_of
from documents.pictures import remake
from documents.scans.wanting import is_picture_page
from records.scans import ScanPlan

_INCH_MM = 25.4
_MOST_PAGE_PIXELS = 12_000_000
_MOST_PICTURES = 100
_MOST_SIDE = 4_000

_Shared = dict[tuple[str, str], Resource]


class _Placed(Images):
    """Takes down what pictures are drawn and where, and draws none."""

    def __init__(self, package: OfdPackage) -> None:
        super().__init__(package)
        self.found: list[tuple[str, Matrix, _Shared]] = []

    def put(self, element: Any, matrix: Matrix, shared: _Shared, canvas: Canvas) -> None:  # noqa: ARG002 - as its base is asked
        """Take it down."""
        if len(self.found) < _MOST_PICTURES:
            self.found.append((element.get("ResourceID") or "", matrix, shared))


def ofd_plan(path: Path) -> ScanPlan:
    """The pages that are pictures. Raises Unshowable."""
    with closing(OfdDocument(path)) as document:
        wanted = []
        for number in range(1, len(document.pages) + 1):
            page, placed, text = _looked_at(document, number)
            area = max(1.0, page.box.width * page.box.height)
            covered = sum(abs(m.a * m.d - m.b * m.c) for _, m, _ in placed) / area
            if is_picture_page(len("".join(text.split())), len(placed), covered):
                wanted.append(number)
        return ScanPlan(pages=len(document.pages), wanted=tuple(wanted))


def ofd_page_picture(path: Path, number: int, *, dpi: int) -> Image.Image:
    """The pictures of a page on white paper. Raises Unshowable and NoSuchPage."""
    with closing(OfdDocument(path)) as document:
        if not 1 <= number <= len(document.pages):
            raise NoSuchPage
        page, placed, _ = _looked_at(document, number)
        width, height = page.box.width, page.box.height
        scale = min(dpi / _INCH_MM, (_MOST_PAGE_PIXELS / (width * height)) ** 0.5)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        paper = Image.new("RGB", size, "white")
        to_pixels = Matrix(scale, 0, 0, scale, -page.box.x * scale, -page.box.y * scale)
        for identifier, matrix, shared in placed:
            _lay(document.package, paper, matrix.then(to_pixels), shared, identifier)
        return paper


def _looked_at(
    document: OfdDocument, number: int
) -> tuple[OfdPage, list[tuple[str, Matrix, _Shared]], str]:
    page = document.page(number)
    canvas, placed = Canvas(), _Placed(document.package)
    Drawing(document.package, page, canvas, placed).draw()
    return page, placed.found, "".join(line.text for line in joined(canvas.lines))


def _lay(
    package: OfdPackage, paper: Image.Image, matrix: Matrix, shared: _Shared, identifier: str
) -> None:
    """Put a picture where `matrix` takes the unit square; what is no picture is left out."""
    resource = shared.get(("MultiMedia", identifier))
    location = text_of(resource.element, "MediaFile") if resource else None
    member = package.find(location, *resource.folders) if resource else None
    area = matrix.a * matrix.d - matrix.b * matrix.c
    if member is None or abs(area) < 1:
        return
    try:
        body = package.read(member)
        body = jbig2_png(body) if body.startswith(JBIG2_HEADS) else body
        made = remake(body, most_side=_MOST_SIDE)
        picture = Image.open(io.BytesIO(made.body)).convert("RGBA")
    except (Unshowable, UnidentifiedImageError):
        return
    wide, high = picture.size
    back = (
        *(matrix.d / area * wide, -matrix.c / area * wide),
        (matrix.c * matrix.f - matrix.d * matrix.e) / area * wide,
        *(-matrix.b / area * high, matrix.a / area * high),
        (matrix.b * matrix.e - matrix.a * matrix.f) / area * high,
    )
    laid = picture.transform(
        paper.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=(0, 0, 0, 0)
    )
    paper.paste(laid, mask=laid.getchannel("A"))
