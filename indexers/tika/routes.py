"""Which files go to the servers and which stay with the embedded routes, and why.

Measured on both routes with the same files; docs/extraction.md has the figures.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from types import MappingProxyType

from indexers.extraction.file_type import FileType, Route, file_type, suffix_of
from indexers.extraction.rtf import text_within_header


class Via(Enum):
    """Who reads it."""

    SERVERS = auto()
    EMBEDDED = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """Who reads a type, with the reason."""

    via: Via
    because: str


ROUTES: Mapping[Route, Choice] = MappingProxyType(
    {
        Route.PDF: Choice(Via.EMBEDDED, "a server loses the dot in 买买提·江 of fonts not carried"),
        Route.XLSX: Choice(Via.EMBEDDED, "dates as Chinese offices see them; five times as fast"),
        Route.FOREIGN: Choice(Via.SERVERS, "what they contain comes part by part, and more types"),
        Route.NONE: Choice(Via.SERVERS, "mail stores, databases, drawings: only a server may know"),
        Route.DOCX: Choice(Via.EMBEDDED, "a server drops deletions and list numbers in Chinese"),
        Route.PPTX: Choice(Via.EMBEDDED, "a server gives slides without their notes and charts"),
        Route.VSDX: Choice(Via.EMBEDDED, "page by page, with the names of the pages"),
        Route.LOCKED: Choice(Via.EMBEDDED, "opened without a question, or told without opening"),
        Route.OFD: Choice(Via.EMBEDDED, "a server reads it as a zip of XML, without pages"),
        Route.ZIP: Choice(Via.EMBEDDED, "members may be OFD, tracked docx, or text in GBK"),
        Route.TAR: Choice(Via.EMBEDDED, "as ZIP"),
        Route.COMPRESSED: Choice(Via.EMBEDDED, "as ZIP"),
        Route.SIGNED: Choice(Via.EMBEDDED, "as ZIP; what was signed is a part of its own"),
        Route.MAIL: Choice(Via.EMBEDDED, "as ZIP; headers in raw GBK and cut characters"),
        Route.MAILBOX: Choice(Via.EMBEDDED, "as MAIL; each mail as a part"),
        Route.HTML: Choice(Via.EMBEDDED, "a server believes a wrong charset: 20 of 140 right"),
        Route.XML: Choice(Via.EMBEDDED, "as HTML; entities are refused"),
        Route.TEXT: Choice(Via.EMBEDDED, "short texts in GBK come back as Latin letters"),
        Route.PICTURE: Choice(Via.EMBEDDED, "no text without character recognition"),
    }
)
"""The choice for every route; a test proves that none is missing."""

MOST_DIRECTORY_BYTES = 1 << 20
"""A zip with a longer table of members is not looked at in the server: about 10,000 members."""

_END_OF_DIRECTORY = b"PK\x05\x06"
_TAIL_BYTES = 22 + 0xFFFF
_OCTETS = "application/octet-stream"


def choose(
    path: Path, name: str, *, routes: Mapping[Route, Choice], upload_bytes: int
) -> tuple[FileType | None, Via]:
    """What the file is, None where that was not looked at, and who reads it.

    Costs a few reads of bounded size, since it runs in the server and not in a sandbox.
    """
    size_bytes = path.stat().st_size
    if size_bytes == 0 or size_bytes > upload_bytes or not _is_quickly_told(path):
        return None, Via.EMBEDDED
    found = file_type(path, name)
    if found.route is Route.NONE and found.media_type != _OCTETS:
        return found, Via.EMBEDDED  # known to be sound, film or program: there is no text
    if found.suffix == ".rtf" and text_within_header(path) is not None:
        return found, Via.EMBEDDED  # a server loses that text, and may not be sent another file
    return found, routes[found.route].via


def sent_name(found: FileType, name: str) -> str:
    """The name a server is told: the suffix is what it goes by, the rest is nobody's business."""
    return f"file{found.suffix or suffix_of(name)}"


def _is_quickly_told(path: Path) -> bool:
    """False for a zip whose table of members is long, or not where it should be."""
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            return True
        size_bytes = stream.seek(0, 2)
        stream.seek(max(0, size_bytes - _TAIL_BYTES))
        tail = stream.read(_TAIL_BYTES)
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        return False
    length: int
    (length,) = struct.unpack_from("<I", tail, at + 12)
    return length <= MOST_DIRECTORY_BYTES  # also not so where zip64 stands for it: 0xFFFFFFFF
