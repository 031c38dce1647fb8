"""Pages of a PDF as pictures, with the text that stands on them."""

import ctypes
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from documents.pdf_files import opened_pdf, pdf_page
from records.preview import Box, PageView, Picture, TextLine

_DPI = 120
_MOST_PIXELS = 16_000_000
"""Boxes of pages may be 14,400 points each way."""
_MOST_CHARACTERS = 50_000
_JPEG_QUALITY = 80
_COLOURS = 32
_FINE = 1_000
"""Device units per point while coordinates are mapped: pdfium maps to whole numbers."""


def count_pages(path: Path) -> int:
    """Number of pages. Raises Unshowable."""
    with opened_pdf(path) as document:
        return len(document)


def draw_page(path: Path, number: int) -> PageView:
    """One page, counted from 1. Raises Unshowable and NoSuchPage."""
    with opened_pdf(path) as document:
        if document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
            document.init_forms()
        page = pdf_page(document, number)
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / (width * height)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=True).to_pil()
        made = encoded(picture, has_pictures=_has_pictures(page))
        lines = tuple(_lines(page, width, height))
        page.close()
    return PageView(
        picture=made.body, media_type=made.media_type, width=width, height=height, lines=lines
    )


def small_page(path: Path, number: int, *, most_side: int) -> Picture:
    """One page in small, counted from 1. Raises Unshowable and NoSuchPage."""
    with opened_pdf(path) as document:
        page = pdf_page(document, number)
        width, height = page.get_size()
        picture = page.render(scale=most_side / max(width, height), may_draw_forms=False).to_pil()
        made = encoded(picture, has_pictures=_has_pictures(page))
        page.close()
    return made


def _has_pictures(page: Any) -> bool:
    objects = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return next(iter(objects), None) is not None


def encoded(picture: Image.Image, *, has_pictures: bool) -> Picture:
    """Photographs as JPEG; letters as PNG: gray, or in few colours for a red letterhead."""
    out = io.BytesIO()
    media_type, painted = "image/png", picture.convert("RGB")
    if has_pictures:
        painted.save(out, "JPEG", quality=_JPEG_QUALITY)
        media_type = "image/jpeg"
    elif _is_gray(painted):
        painted.convert("L").save(out, "PNG", compress_level=3)
    else:
        few = painted.quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(out, "PNG", compress_level=3)
    size = {"width": picture.width, "height": picture.height}
    return Picture(body=out.getvalue(), media_type=media_type, **size)


def _is_gray(picture: Image.Image) -> bool:
    red, green, blue = picture.reduce(2).split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(
        isinstance(highest := difference.getextrema()[1], int) and highest < 24
        for difference in differences
    )


def _lines(page: Any, width: float, height: float) -> Iterator[TextLine]:
    text_page = page.get_textpage()
    try:
        to_view = _mapping(page, width, height)
        text: list[str] = []
        boxes: list[Box] = []
        for index in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
            code = pdfium_c.FPDFText_GetUnicode(text_page, index)
            character = chr(code) if 0 < code < 0x110000 else ""
            if character in "\r\n":
                if character == "\n" and (line := _line(text, boxes)):
                    yield line
                if character == "\n":
                    text, boxes = [], []
            elif character.isprintable() and character not in ("", "\ufffe"):
                text.append(character)
                boxes.append(_box(text_page, index, to_view))
        if line := _line(text, boxes):
            yield line
    finally:
        text_page.close()


def _line(text: list[str], boxes: list[Box]) -> TextLine | None:
    seen = [box for box in boxes if box.width > 0 and box.height > 0]
    if not seen or not "".join(text).strip():
        return None
    left, top = min(box.x for box in seen), min(box.y for box in seen)
    right = max(box.x + box.width for box in seen)
    bottom = max(box.y + box.height for box in seen)
    # Boxes hug the ink; marks look better at the full height of the line.
    even = tuple(
        Box(x=box.x, y=top, width=box.width, height=bottom - top)
        if box.width > 0 and bottom - top < 3 * box.height
        else box
        for box in boxes
    )
    return TextLine(
        text="".join(text), x=left, y=bottom, width=right - left, height=bottom - top, boxes=even
    )


def _mapping(page: Any, width: float, height: float) -> tuple[float, ...]:
    """Page coordinates to points from the top left, with cropping and turning of the page."""

    def mapped(x: float, y: float) -> tuple[float, float]:
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        size = (round(width * _FINE), round(height * _FINE))
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, at_x, at_y)
        return at_x.value / _FINE, at_y.value / _FINE

    (ex, ey), (ax, ay), (cx, cy) = mapped(0, 0), mapped(100, 0), mapped(0, 100)
    return (ax - ex) / 100, (ay - ey) / 100, (cx - ex) / 100, (cy - ey) / 100, ex, ey


def _box(text_page: Any, index: int, to_view: tuple[float, ...]) -> Box:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    a, b, c, d, e, f = to_view
    xs, ys = zip(
        *(
            (a * x + c * y + e, b * x + d * y + f)
            for x, y in ((left.value, bottom.value), (right.value, top.value))
        ),
        strict=True,
    )
    return Box(x=min(xs), y=min(ys), width=max(xs) - min(xs), height=max(ys) - min(ys))
