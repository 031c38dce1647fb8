"""Reader of everything that only the native Tika reads: old office files, mail stores, archives."""

import mmap
from typing import Any

import iscc_tika
from lxml import etree

from indexers.extraction.reading import Reading, Unreadable
from records.text import ExtractionStatus

_READ_BYTES = 65_536
_PAGE_CLASSES = frozenset({"page", "sheet", "slide"})
_INLINE = frozenset({"a", "b", "i", "u", "s", "span", "sub", "sup", "em", "strong", "img", "td"})
_UNSEEN = frozenset({"head", "script", "style"})
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_LOCKED_WORDS = ("encrypt", "password")


class ForeignReader:
    """Hands files to Tika's stream interface; the extractor is made once per worker.

    The interfaces that return strings are not used: they destroy characters beyond the BMP.
    """

    def __init__(self) -> None:
        office = iscc_tika.OfficeParserConfig().set_include_headers_and_footers(True)
        self._tika: Any = iscc_tika.Extractor().set_office_config(office).set_xml_output(True)

    def read(self, reading: Reading) -> None:
        """The text, a page for each page, sheet or slide that Tika tells apart."""
        size_bytes = reading.path.stat().st_size
        if size_bytes > reading.limits.foreign_bytes:
            raise Unreadable("too_large")
        if _holds_encrypted_package(reading):
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED)
        # Tika goes by the name, and the file may be kept under its digest.
        link = reading.new_file(reading.suffix)
        link.symlink_to(reading.path)
        try:
            stream, metadata = self._tika.extract_file(str(link))
            self._take(stream, reading)
        except OSError as error:
            raise Unreadable("parse") from error
        finally:
            link.unlink()
        if _told_encrypted(metadata):
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED)

    @staticmethod
    def _take(stream: Any, reading: Reading) -> None:
        target: Any = _PageTarget(reading)
        parser: Any = etree.XMLParser(
            target=target,
            recover=True,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        while chunk := stream.read(_READ_BYTES):
            parser.feed(bytes(chunk))
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            raise Unreadable("parse") from error


class _PageTarget:
    """Takes Tika's XHTML; keeps no tree."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._hidden = 0
        self._page: int | None = None
        self._pages = 0
        self._depth = 0
        self._page_depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition("}")[2]
        self._depth += 1
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag == "div" and attributes.get("class") in _PAGE_CLASSES and self._page is None:
            self._pages += 1
            self._page, self._page_depth = self._pages, self._depth
        elif tag == "br":
            self._put("\n")

    def end(self, tag: str) -> None:
        tag = tag.rpartition("}")[2]
        if tag in _UNSEEN:
            self._hidden -= 1
        elif tag not in _INLINE:
            self._put("\n")
        if self._page is not None and self._depth == self._page_depth:
            self._page = None
        self._depth -= 1

    def data(self, text: str) -> None:
        self._put(text)

    def close(self) -> None:
        self._put("\n")

    def _put(self, text: str) -> None:
        if not self._hidden:
            self._reading.text(text, page=self._page)


def _holds_encrypted_package(reading: Reading) -> bool:
    """An encrypted docx, xlsx or pptx is an OLE file with a stream of this name."""
    if not reading.head(4).startswith(b"\xd0\xcf\x11\xe0"):
        return False
    with (
        reading.path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return content.find(_ENCRYPTED_PACKAGE) >= 0


def _told_encrypted(metadata: dict[str, list[str]]) -> bool:
    told = " ".join(
        value
        for key, values in metadata.items()
        if key.startswith("X-TIKA:")
        for value in (values if isinstance(values, list) else [values])
    ).lower()
    return any(word in told for word in _LOCKED_WORDS)
