"""PDF files opened, and their pages: for previews and for the recognition of scans."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.failing import NoSuchPage, Unshowable


@contextmanager
def opened_pdf(path: Path) -> Iterator[Any]:
    """The document as long as it is needed. Raises Unshowable (``encrypted``, ``parse``)."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD
        raise Unshowable("encrypted" if locked else "parse") from error
    try:
        yield document
    finally:
        document.close()


def pdf_page(document: Any, number: int) -> Any:
    """A page that has an area, counted from 1. Raises NoSuchPage, Unshowable (``parse``)."""
    if not 1 <= number <= len(document):
        raise NoSuchPage
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise Unshowable("parse") from error
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Unshowable("parse")
    return page
