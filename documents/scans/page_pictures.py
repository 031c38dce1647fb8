"""Which pages of a file are pictures, and each as a picture to be read."""

from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from documents.failing import Unshowable
from documents.pdf_files import opened_pdf, pdf_page
from documents.preview.kind import Kind, kind_of
from documents.scans.decoding import decoded, opened_picture
from documents.scans.ofd_pages import ofd_page_picture, ofd_plan
from documents.scans.office_pages import OfficePages
from documents.scans.wanting import FEW_CHARACTERS, is_picture_page
from records.scans import ScanPlan

_DPI = 200
"""At 150 one character more in a hundred is wrong where print is small; see docs/extraction.md."""
_MOST_PAGE_PIXELS = 12_000_000
_LARGEST_BYTES = 200 << 20
"""Others than those that are read in place: they are read whole."""
_IN_PLACE = {Kind.PDF, Kind.WORD, Kind.SLIDES}
_MOST_PAGES = 5_000
_READ = {Kind.PDF, Kind.OFD, Kind.PICTURE, Kind.WORD, Kind.SLIDES}
_MOST_OBJECTS = 1_000


def plan_of(path: Path, name: str, office: OfficePages) -> ScanPlan:
    """The pages that are pictures. Raises Unshowable."""
    match _kind(path, name):
        case Kind.PDF:
            with opened_pdf(path) as document:
                count = min(len(document), _MOST_PAGES)
                wanted = tuple(n for n in range(1, count + 1) if _wants(document, n))
                return ScanPlan(pages=len(document), wanted=wanted)
        case Kind.OFD:
            return ofd_plan(path)
        case Kind.WORD | Kind.SLIDES:
            return office.plan(path)
        case _:
            with opened_picture(path) as picture:
                frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
                count = min(frames, _MOST_PAGES)
            return ScanPlan(pages=count, wanted=tuple(range(1, count + 1)))


def page_picture(path: Path, name: str, page: int, office: OfficePages) -> Image.Image:
    """One page, counted from 1, as it is shown. Raises Unshowable and NoSuchPage."""
    match _kind(path, name):
        case Kind.PDF:
            with opened_pdf(path) as document:
                return _drawn(document, page)
        case Kind.OFD:
            return ofd_page_picture(path, page, dpi=_DPI)
        case Kind.WORD | Kind.SLIDES:
            return office.picture(path, page)
        case _:
            return decoded(path, page)


def _kind(path: Path, name: str) -> Kind:
    kind = kind_of(path, name)
    if kind not in _READ:
        raise Unshowable("type")
    if kind not in _IN_PLACE and path.stat().st_size > _LARGEST_BYTES:
        raise Unshowable("too_large")
    return kind


def _wants(document: Any, number: int) -> bool:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return False
    try:
        text_page = page.get_textpage()
        try:
            characters = len("".join(text_page.get_text_range().split()))
        finally:
            text_page.close()
        if characters >= FEW_CHARACTERS:
            return False
        return is_picture_page(characters, *_objects(page))
    except pdfium.PdfiumError:
        return False
    finally:
        page.close()


def _objects(page: Any) -> tuple[int, float]:
    """How many are drawn, and which share of the page pictures cover."""
    width, height = page.get_size()
    covered, objects = 0.0, 0
    for each in islice(page.get_objects(max_depth=3), _MOST_OBJECTS):
        objects += 1
        if each.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = each.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
    return objects, covered / max(1.0, width * height)


def _drawn(document: Any, number: int) -> Image.Image:
    page = pdf_page(document, number)
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PAGE_PIXELS / (width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return picture
