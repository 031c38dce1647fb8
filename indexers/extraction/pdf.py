"""Reader of PDF, page by page."""

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import display_name
from records.text import ExtractionStatus

_XFA = (2, 3)
"""FORMTYPE_XFA_FULL and FORMTYPE_XFA_FOREGROUND of fpdf_formfill.h."""
_MOST_ANNOTATIONS = 2_000
_MOST_ATTACHMENTS = 200
_CHUNK_CHARACTERS = 200_000


def read_pdf(reading: Reading) -> None:
    """Text of each page, then its annotations and form fields; attachments as parts."""
    document = _open(reading)
    try:
        for index in range(len(document)):
            if index >= reading.limits.pages:
                raise Exhausted("too_many_pages")
            _page(reading, document, index)
        reading.flush()
        _attachments(reading, document)
    finally:
        document.close()


def has_xfa_form(reading: Reading) -> bool:
    """Whether the text may be in a form that only Tika reads."""
    document = _open(reading)
    try:
        return document.get_formtype() in _XFA
    finally:
        document.close()


def _open(reading: Reading) -> Any:
    try:
        return pdfium.PdfDocument(reading.path)
    except pdfium.PdfiumError as error:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED) from error
        raise Unreadable("parse") from error


def _page(reading: Reading, document: Any, index: int) -> None:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return
    try:
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            for start in range(0, count, _CHUNK_CHARACTERS):
                text = text_page.get_text_range(start, min(_CHUNK_CHARACTERS, count - start))
                # U+FFFE marks a hyphen at the end of a line; its word goes on.
                reading.text(text.replace("\ufffe\r\n", "").replace("\ufffe", ""), page=index + 1)
        finally:
            text_page.close()
        for text in _annotations(page):
            reading.text(f"\n{text}\n", page=index + 1)
    finally:
        page.close()


def _annotations(page: Any) -> list[str]:
    """Texts of notes and values of form fields."""
    found = []
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            key = b"Contents"
            if pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_WIDGET:
                key = b"V"
            if text := _string(annotation, key).strip():
                found.append(text)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length < 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(length)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR))
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, wide, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _attachments(reading: Reading, document: Any) -> None:
    count = document.count_attachments()
    for index in range(min(count, _MOST_ATTACHMENTS)):
        attachment = document.get_attachment(index)
        name = display_name(attachment.get_name() or f"attachment-{index + 1}")
        try:
            data = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            reading.unread(name, 0, Unreadable("parse"))
            continue
        if len(data) > reading.budget.bytes_left:
            reading.unread(name, len(data), Unreadable("bomb"))
            continue
        reading.budget.bytes_left -= len(data)
        path = reading.new_file()
        path.write_bytes(data)
        reading.member(name, path)
    if count > _MOST_ATTACHMENTS:
        raise Exhausted("too_many_parts")
