"""Reader of PDF, page by page."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import display_name
from records.text import ExtractionStatus

_DYNAMIC_FORM, _STATIC_FORM = 2, 3
"""FORMTYPE_XFA_FULL and FORMTYPE_XFA_FOREGROUND of fpdf_formfill.h."""
_MOST_ANNOTATIONS = 2_000
_MOST_ATTACHMENTS = 200
_MOST_ADDRESS_BYTES = 4_096
_MOST_BOOKMARKS = 5_000
_MOST_LEVELS = 15
_LOOKED_AT = 3
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_GARBLED = 0.02
_CHUNK_CHARACTERS = 200_000
_PROPERTIES = ("Title", "Subject", "Keywords")
_NO_TITLES = frozenset({"", "untitled", "unspecified"})
"""What programs write for want of a title; reportlab does so."""


class PdfFile:
    """One PDF, opened once; closed at the end of a ``with``.

    Raises Unreadable on opening (``encrypted``, ``parse``).
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._document = _open(reading)
        self._looked_at: dict[int, tuple[Any, list[str]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for looked_at in self._looked_at.values():
            looked_at[0].close()
        self._document.close()

    def is_garbled(self) -> bool:
        """Whether fonts give numbers of their own for characters, as the first pages show.

        Of the PDF files that Apache Tika, pdf.js and ofdrw test with, 26 give so many control
        characters; characters are wrong in each, and Tika makes words of about half of them. The
        pages are kept for `read`, since loading one costs more than all that is done with it.
        """
        for index in range(min(len(self._document), _LOOKED_AT)):
            with suppress(pdfium.PdfiumError):
                page = self._document[index]
                self._looked_at[index] = page, []
                self._looked_at[index][1].extend(_texts(page))
        text = "".join(piece for _, pieces in self._looked_at.values() for piece in pieces)
        return len(_CONTROLS.findall(text)) > _GARBLED * len(text)

    def read(self) -> None:
        """Text of each page with its notes and form fields, bookmarks, then attachments as parts.

        A page that cannot be read is told when all others have been (``parse``).
        """
        reading, document = self._reading, self._document
        _properties(reading, document)
        whole = True
        for index in range(len(document)):
            if index >= reading.limits.pages:
                raise Exhausted("too_many_pages")
            whole = self._page(index) and whole
        _bookmarks(reading, document)
        _attachments(reading, document)
        if not whole:
            raise Unreadable("parse")

    def has_unread_form(self) -> bool:
        """Whether the text may be in a form that only Tika reads.

        Of a dynamic form the one page says to wait; of others the pages say what the form does.
        """
        kind = self._document.get_formtype()
        return kind == _DYNAMIC_FORM or (kind == _STATIC_FORM and not self._reading.has_text)

    def _page(self, index: int) -> bool:
        """Text and annotations of a page; whether it could be read."""
        reading = self._reading
        page, texts = self._looked_at.pop(index, (None, None))
        try:
            page = page or self._document[index]
        except pdfium.PdfiumError:
            return False
        try:
            for text in _texts(page) if texts is None else texts:
                reading.text(text, page=index + 1)
            notes, pinned = _annotations(page, self._document)
            for text in notes:
                reading.text(f"\n{text}\n", page=index + 1)
            for number, attachment in enumerate(pinned, 1):
                _attachment(reading, attachment, number)
        except pdfium.PdfiumError:
            return False
        finally:
            page.close()
        return True


def _open(reading: Reading) -> Any:
    try:
        return pdfium.PdfDocument(reading.path)
    except pdfium.PdfiumError as error:
        if _needs_password(reading):
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED) from error
        raise Unreadable("parse") from error


def _needs_password(reading: Reading) -> bool:
    """Whether pdfium says so of this file.

    Of one that it opens, and finds no page in, it would say what it said of another before.
    """
    raw = pdfium_c.FPDF_LoadDocument(f"{reading.path}\0".encode(errors="surrogateescape"), None)
    if raw:
        pdfium_c.FPDF_CloseDocument(raw)
        return False
    return bool(pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD)


def _properties(reading: Reading, document: Any) -> None:
    for key in _PROPERTIES:
        value = document.get_metadata_value(key).strip()
        if value.lower() not in _NO_TITLES:
            reading.about(value)


def _bookmarks(reading: Reading, document: Any) -> None:
    """Titles of the outline, which often names what no page says."""
    for number, bookmark in enumerate(document.get_toc(max_depth=_MOST_LEVELS)):
        if number >= _MOST_BOOKMARKS:
            break
        reading.about(bookmark.get_title())


def _texts(page: Any) -> Iterator[str]:
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        for start in range(0, count, _CHUNK_CHARACTERS):
            text = text_page.get_text_range(start, min(_CHUNK_CHARACTERS, count - start))
            # U+FFFE marks a hyphen at the end of a line; its word goes on.
            yield text.replace("\ufffe\r\n", "").replace("\ufffe", "")
    finally:
        text_page.close()


def _annotations(page: Any, document: Any) -> tuple[list[str], list[Any]]:
    """Notes with who wrote them, values of form fields, addresses of links; files pinned to it."""
    found, pinned = [], []
    for number in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium_c.FPDF_ANNOT_WIDGET:
                found.append(_string(annotation, b"V").strip())
            elif text := _string(annotation, b"Contents").strip():
                found.append(f"{_string(annotation, b'T').strip()} {text}".lstrip())
            if kind == pdfium_c.FPDF_ANNOT_LINK:
                found.append(_target(annotation, document))
            if kind == pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
                file = pdfium_c.FPDFAnnot_GetFileAttachment(annotation)
                pinned += [pdfium.PdfAttachment(file, document)] if file else []
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
    return [text for text in found if text], pinned


def _target(annotation: Any, document: Any) -> str:
    """The address that a link leads to, empty where it leads to a page."""
    link = pdfium_c.FPDFAnnot_GetLink(annotation)
    action = pdfium_c.FPDFLink_GetAction(link) if link else None
    length = pdfium_c.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if not 1 < length < _MOST_ADDRESS_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length < 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(length)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR))
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, wide, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _attachments(reading: Reading, document: Any) -> None:
    """Files of the document, and those that are pinned to a page."""
    count = document.count_attachments()
    for index in range(min(count, _MOST_ATTACHMENTS)):
        _attachment(reading, document.get_attachment(index), index + 1)
    if count > _MOST_ATTACHMENTS:
        raise Exhausted("too_many_parts")


def _attachment(reading: Reading, attachment: Any, number: int) -> None:
    name = display_name(attachment.get_name() or f"attachment-{number}")
    try:
        data = bytes(attachment.get_data())
    except pdfium.PdfiumError:
        reading.unread(name, 0, Unreadable("parse"))
        return
    if len(data) > reading.budget.bytes_left:
        reading.unread(name, len(data), Unreadable("bomb"))
        return
    reading.budget.bytes_left -= len(data)
    path = reading.new_file()
    path.write_bytes(data)
    reading.member(name, path)
