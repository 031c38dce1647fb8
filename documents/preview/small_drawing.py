"""A drawing of ours (`documents.ofd.canvas`) as a small picture.

It becomes a PDF of one page, which pdfium paints: pictures are taken in small, letters of fonts
that are not there become bars, of a gradient the first colour is used, of a pattern none.
"""

import base64
import binascii
import io
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError, XMLParser

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from documents.failing import Unshowable
from documents.ofd.geometry import Area, Matrix, number, numbers
from documents.preview.drawing_look import Look, look_of, matrix_of, path_operators, referred
from documents.preview.pdf_page import PdfPage

_SVG = "{http://www.w3.org/2000/svg}"
_MOST_DEPTH = 40
_BAR_HEIGHT, _BAR_WIDTH, _BAR_ALPHA = 0.7, 0.85, 0.6
"""Of the size of a font, of the place of a character, of a colour: print as seen from afar."""
_HALF_WIDTH_END = "\u2e7f"


def small_drawing(svg: bytes, *, most_side: int) -> Image.Image:
    """The drawing, its longer side so many pixels. Raises Unshowable (``parse``)."""
    root, view = _read(svg)
    scale = most_side / max(view.width, view.height)
    page = PdfPage(max(1.0, view.width * scale), max(1.0, view.height * scale))
    upright = Matrix(scale, 0, 0, -scale, 0, view.height * scale)
    _Painter(page, root, most_side=most_side).paint(Matrix.shift(-view.x, -view.y).then(upright))
    document = pdfium.PdfDocument(page.pdf())
    try:
        painted: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()
    return painted


class _Painter:
    """Paints one drawing; one within it, the picture of a seal, has a painter of its own."""

    def __init__(self, page: PdfPage, root: Any, *, most_side: int, depth: int = 0) -> None:
        self._page = page
        self._root = root
        self._most_side = most_side
        self._depth = depth
        self._named = {each.get("id"): each for each in root.iter() if each.get("id")}
        self._paths: dict[str, str] = {}

    def paint(self, to_page: Matrix) -> None:
        """All of it."""
        with self._page.state():
            self._page.transform(to_page)
            self._group(self._root, Look())

    def _group(self, group: Any, look: Look) -> None:
        self._depth += 1
        for element in group if self._depth < _MOST_DEPTH else ():
            if self._page.is_full:
                break
            if element.tag != f"{_SVG}defs":
                with self._page.state():
                    self._element(element, look)
        self._depth -= 1

    def _element(self, element: Any, look: Look) -> None:
        look = look_of(element, look, self._named)
        clip = self._named.get(referred(element.get("clip-path")))
        if clip is not None:
            shapes = (path_operators(each.get("d") or "", matrix_of(each)) for each in clip)
            rectangles = (_rectangle(each) for each in clip)
            self._page.clip(" ".join(each for each in (*shapes, *rectangles) if each))
        self._page.transform(matrix_of(element))
        mask = self._named.get(referred(element.get("mask")))
        if element.tag == f"{_SVG}g":
            self._group(element, look)
        elif element.tag == f"{_SVG}use":
            used = self._named.get((element.get("href") or "").removeprefix("#"))
            if used is not None:
                self._draw(used, look, mask)
        else:
            self._draw(element, look, mask)

    def _draw(self, element: Any, look: Look, mask: Any) -> None:
        match element.tag.removeprefix(_SVG):
            case "path":
                self._fill(self._operators(element.get("d") or ""), look)
            case "rect":
                self._fill(_rectangle(element), look)
            case "text":
                self._fill(" ".join(_bars(element)), look.fainter(_BAR_ALPHA))
            case "image":
                self._image(element, look, mask)

    def _fill(self, path: str, look: Look) -> None:
        self._page.path(
            path,
            fill=look.fill,
            stroke=look.stroke,
            width=look.width,
            alpha=look.alpha,
            even_odd=look.even_odd,
        )

    def _image(self, element: Any, look: Look, mask: Any) -> None:
        media_type, body = _held(element)
        if media_type == "image/svg+xml":
            self._inner(body)
            return
        picture = self._decoded(body)
        if picture is None:
            return
        cover = self._decoded(_held(mask[0])[1]) if mask is not None and len(mask) else None
        if cover is not None:
            picture.putalpha(cover.convert("L").resize(picture.size))
        self._page.picture(picture, alpha=look.alpha)

    def _inner(self, svg: bytes) -> None:
        try:
            root, view = _read(svg)
        except Unshowable:
            return
        painter = _Painter(self._page, root, most_side=self._most_side, depth=self._depth)
        square = Matrix(1 / view.width, 0, 0, 1 / view.height)
        painter.paint(Matrix.shift(-view.x, -view.y).then(square))

    def _decoded(self, body: bytes) -> Image.Image | None:
        try:
            picture: Image.Image = Image.open(io.BytesIO(body), formats=("PNG", "JPEG"))
            picture.draft("RGB", (self._most_side, self._most_side))
            picture.thumbnail((self._most_side, self._most_side))
            return picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            return None

    def _operators(self, data: str) -> str:
        """Of path data; a glyph is read once, however often it is drawn."""
        if data not in self._paths:
            self._paths[data] = path_operators(data)
        return self._paths[data]


def _read(svg: bytes) -> tuple[Any, Area]:
    """The drawing and the part of its plane that it shows, which has an area."""
    parser = XMLParser()  # noqa: S314 - our own drawing: no entity is declared in it
    try:
        parser.feed(svg)
        root = parser.close()
    except ParseError as error:
        raise Unshowable("parse") from error
    view = Area.read(root.get("viewBox"))
    if view is None or not (view.width > 0 and view.height > 0):
        raise Unshowable("parse")
    return root, view


def _rectangle(element: Any) -> str:
    if element.tag != f"{_SVG}rect":
        return ""
    sides = (number(element.get(name)) for name in ("x", "y", "width", "height"))
    return " ".join(f"{side:.3f}" for side in sides) + " re"


def _bars(element: Any) -> Iterator[str]:
    """A bar for each character of a text that is set in a font of the reader's machine."""
    size = number(element.get("font-size"), 1.0)
    places = zip(
        element.text or "", numbers(element.get("x")), numbers(element.get("y")), strict=False
    )
    for character, x, y in places:
        width = size * _BAR_WIDTH * (0.5 if character <= _HALF_WIDTH_END else 1.0)
        yield f"{x:.3f} {y - size * _BAR_HEIGHT:.3f} {width:.3f} {size * _BAR_HEIGHT:.3f} re"


def _held(image: Any) -> tuple[str, bytes]:
    """The media type and the bytes of a ``data:`` address."""
    head, _, packed = (image.get("href") or "").partition(";base64,")
    try:
        return head.removeprefix("data:"), base64.b64decode(packed)
    except binascii.Error:
        return "", b""
