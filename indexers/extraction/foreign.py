"""Reader of everything that only the native Tika reads: old office files, mail stores, archives."""

from pathlib import Path
from typing import Any

import iscc_tika
from lxml import etree

from indexers.extraction.reading import Reading, Unreadable
from indexers.extraction.rtf import end_header, text_within_header
from indexers.extraction.xhtml import xhtml_parser
from records.text import ExtractionStatus

_READ_BYTES = 65_536
_LOCKED_WORDS = ("encrypt", "password")
_PROPERTIES = ("dc:title", "dc:subject", "meta:keyword")


class ForeignReader:
    """Hands files to Tika's stream interface; the extractor is made once per worker.

    The interfaces that return strings are not used: they destroy characters beyond the BMP.
    """

    def __init__(self, tika: Any = None) -> None:
        """`tika` is an extractor of `iscc_tika`; without one it is made here."""
        office = iscc_tika.OfficeParserConfig().set_include_headers_and_footers(True)
        self._tika = tika or (iscc_tika.Extractor().set_office_config(office).set_xml_output(True))

    def read(self, reading: Reading) -> None:
        """The text, a page for each page, sheet or slide that Tika tells apart."""
        size_bytes = reading.path.stat().st_size
        if size_bytes > reading.limits.foreign_bytes:
            raise Unreadable("too_large")
        # Tika goes by the name, and the file may be kept under its digest.
        link = reading.new_file(reading.suffix)
        _lay(reading.path, link)
        metadata: dict[str, list[str]] = {}
        try:
            stream, metadata = self._tika.extract_file(str(link))
            self._take(stream, reading)
        except (OSError, etree.XMLSyntaxError) as error:
            # Of a file with a password Tika tells that it is none, beside a text of no bytes.
            if not _told_encrypted(metadata):
                raise Unreadable("parse") from error
        finally:
            link.unlink()
        if _told_encrypted(metadata):
            raise Unreadable("encrypted", ExtractionStatus.ENCRYPTED)
        for key in _PROPERTIES:
            for value in metadata.get(key, ()):
                reading.about(value)

    @staticmethod
    def _take(stream: Any, reading: Reading) -> None:
        parser = xhtml_parser(reading)
        while chunk := stream.read(_READ_BYTES):
            parser.feed(bytes(chunk))
        parser.close()


def _lay(path: Path, link: Path) -> None:
    at = text_within_header(path) if link.suffix == ".rtf" else None
    if at is None:
        link.symlink_to(path)
    else:
        end_header(path, at, link)


def _told_encrypted(metadata: dict[str, list[str]]) -> bool:
    told = " ".join(
        value
        for key, values in metadata.items()
        if key.startswith("X-TIKA:")
        for value in (values if isinstance(values, list) else [values])
    ).lower()
    return any(word in told for word in _LOCKED_WORDS)
