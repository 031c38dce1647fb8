"""What a file is, by its content first and its name second."""

import re
import zipfile
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from indexers.extraction.locked import holds_encrypted_package
from notation.charset import looks_like_text

_HEAD_BYTES = 4096
_OOXML = "application/vnd.openxmlformats-officedocument."


class Route(Enum):
    """Which reader reads it."""

    PDF = auto()
    DOCX = auto()
    XLSX = auto()
    PPTX = auto()
    VSDX = auto()
    LOCKED = auto()
    """An encrypted office file, which may open with the password that Excel tries by itself."""
    OFD = auto()
    FOREIGN = auto()
    """Everything that only the native Tika reads."""
    ZIP = auto()
    TAR = auto()
    COMPRESSED = auto()
    SIGNED = auto()
    """A file that is wrapped with a signature."""
    MAIL = auto()
    MAILBOX = auto()
    HTML = auto()
    XML = auto()
    TEXT = auto()
    PICTURE = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class FileType:
    """The reader, the media type, and the suffix that parsers expect on the file."""

    route: Route
    media_type: str
    suffix: str = ""


_WORD = FileType(Route.DOCX, f"{_OOXML}wordprocessingml.document", ".docx")
_SHEETS = FileType(Route.XLSX, f"{_OOXML}spreadsheetml.sheet", ".xlsx")
_SLIDES = FileType(Route.PPTX, f"{_OOXML}presentationml.presentation", ".pptx")
_OFD = FileType(Route.OFD, "application/ofd", ".ofd")
_ZIP = FileType(Route.ZIP, "application/zip", ".zip")
_TAR = FileType(Route.TAR, "application/x-tar", ".tar")
_MAIL = FileType(Route.MAIL, "message/rfc822", ".eml")
_WEB_ARCHIVE = FileType(Route.MAIL, "multipart/related", ".mht")
_HTML = FileType(Route.HTML, "text/html", ".html")
_XML = FileType(Route.XML, "application/xml", ".xml")
_TEXT = FileType(Route.TEXT, "text/plain", ".txt")
_OLDEST_SHEETS = FileType(Route.FOREIGN, "application/vnd.ms-excel", ".xls")
"""Excel 3 and 4, whose sheets stand in no OLE file."""
_SIGNED_BEGIN = re.compile(
    rb"0.{1,5}\x06[\x09\x0b]\x2a\x86\x48\x86\xf7\x0d\x01(?:\x07[\x02\x03\x06]|\x09\x10\x01[\x09\x17\x1f])",
    re.DOTALL,
)
"""A sequence, then what kind of CMS it is: the identifiers that `signed.py` knows."""
_SIGNED = FileType(Route.SIGNED, "application/pkcs7-mime", ".p7m")
_UNKNOWN = FileType(Route.NONE, "application/octet-stream")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAGIC = (
    (0, b"%PDF-", FileType(Route.PDF, "application/pdf", ".pdf")),
    (0, b"{\\rtf", FileType(Route.FOREIGN, "application/rtf", ".rtf")),
    (0, b"7z\xbc\xaf\x27\x1c", FileType(Route.FOREIGN, "application/x-7z-compressed", ".7z")),
    (0, b"Rar!\x1a\x07", FileType(Route.FOREIGN, "application/vnd.rar", ".rar")),
    (0, b"\x09\x02\x06\x00", _OLDEST_SHEETS),
    (0, b"\x09\x04\x06\x00", _OLDEST_SHEETS),
    (0, b"ITSF", FileType(Route.FOREIGN, "application/vnd.ms-htmlhelp", ".chm")),
    (0, b"\x78\x9f\x3e\x22", FileType(Route.FOREIGN, "application/vnd.ms-tnef", ".tnef")),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8", FileType(Route.FOREIGN, "application/onenote", ".one")),
    (0, b"\x1f\x8b\x08", FileType(Route.COMPRESSED, "application/gzip", ".gz")),
    (0, b"BZh", FileType(Route.COMPRESSED, "application/x-bzip2", ".bz2")),
    (0, b"\xfd7zXZ\0", FileType(Route.COMPRESSED, "application/x-xz", ".xz")),
    (257, b"ustar", _TAR),
    (0, b"\x89PNG\r\n\x1a\n", FileType(Route.PICTURE, "image/png", ".png")),
    (0, b"\xff\xd8\xff", FileType(Route.PICTURE, "image/jpeg", ".jpg")),
    (0, b"GIF8", FileType(Route.PICTURE, "image/gif", ".gif")),
    (0, b"II*\0", FileType(Route.PICTURE, "image/tiff", ".tif")),
    (0, b"MM\0*", FileType(Route.PICTURE, "image/tiff", ".tif")),
    (8, b"WEBP", FileType(Route.PICTURE, "image/webp", ".webp")),
    (4, b"ftypheic", FileType(Route.PICTURE, "image/heic", ".heic")),
    (4, b"ftypavif", FileType(Route.PICTURE, "image/avif", ".avif")),
    (0, b"\0\0\0\x0cjP  ", FileType(Route.PICTURE, "image/jp2", ".jp2")),
    (4, b"ftyp", FileType(Route.NONE, "video/mp4", ".mp4")),
    (8, b"WAVE", FileType(Route.NONE, "audio/wav", ".wav")),
    (8, b"AVI ", FileType(Route.NONE, "video/x-msvideo", ".avi")),
    (0, b"ID3", FileType(Route.NONE, "audio/mpeg", ".mp3")),
    (0, b"OggS", FileType(Route.NONE, "audio/ogg", ".ogg")),
    (0, b"fLaC", FileType(Route.NONE, "audio/flac", ".flac")),
    (0, b"MZ", FileType(Route.NONE, "application/vnd.microsoft.portable-executable", ".exe")),
    (0, b"\x7fELF", FileType(Route.NONE, "application/x-elf")),
)
_OLE = {
    ".doc": "application/msword",
    ".dot": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".xls": "application/vnd.ms-excel",
    ".et": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".dps": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
    ".hwp": "application/x-hwp",
}
# WPS writes its own names on what are Word, Excel and PowerPoint files.
_TRUE_SUFFIX = {".wps": ".doc", ".et": ".xls", ".dps": ".ppt"}
_ZIPPED_OFFICE = (
    ("word/document", _WORD),
    ("xl/workbook.bin", FileType(Route.FOREIGN, "application/vnd.ms-excel.sheet.binary", ".xlsb")),
    ("xl/workbook", _SHEETS),
    ("ppt/presentation", _SLIDES),
    ("visio/document", FileType(Route.VSDX, "application/vnd.ms-visio.drawing", ".vsdx")),
    ("index/document.iwa", FileType(Route.FOREIGN, "application/vnd.apple.iwork", ".pages")),
)
_OFFICE_SUFFIXES = {".docx": _WORD, ".xlsx": _SHEETS, ".pptx": _SLIDES, ".ofd": _OFD}
_HEADER = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|MIME-Version|Received|Message-ID|Return-Path|Delivered-To)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_ANY_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*\s*:")
_HTML_BEGIN = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_XML_BEGIN = re.compile(r"\s*<\?xml\s")
_TEXT_SUFFIXES = {
    ".eml": _MAIL,
    ".mht": _WEB_ARCHIVE,
    ".mhtml": _WEB_ARCHIVE,
    ".htm": _HTML,
    ".html": _HTML,
    ".xhtml": _HTML,
    ".xml": _XML,
    ".svg": FileType(Route.XML, "image/svg+xml", ".svg"),
    ".csv": FileType(Route.TEXT, "text/csv", ".csv"),
    ".json": FileType(Route.TEXT, "application/json", ".json"),
    ".md": FileType(Route.TEXT, "text/markdown", ".md"),
    ".txt": _TEXT,
}


def file_type(path: Path, name: str) -> FileType:
    """The type of the file at `path`, which was named `name`."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    suffix = suffix_of(name)
    if head[:2] == b"PK" and head[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return _zipped(path, suffix)
    if head.startswith(_OLE_MAGIC):
        return _ole(path, suffix)
    for at, magic, found in _MAGIC:
        if head.startswith(magic, at):
            return found
    return _by_pattern(head, suffix) or _textual(head, suffix) or _by_name(head, suffix)


def suffix_of(name: str) -> str:
    """The suffix of a name in lower case with its dot, empty when it is no plain one."""
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return found[0].lower() if found else ""


def _ole(path: Path, suffix: str) -> FileType:
    if holds_encrypted_package(path):
        return FileType(Route.LOCKED, _OFFICE_SUFFIXES.get(suffix, _UNKNOWN).media_type, suffix)
    media_type = _OLE.get(suffix, "application/x-ole-storage")
    true = _TRUE_SUFFIX.get(suffix, suffix if suffix in _OLE else "")
    return FileType(Route.FOREIGN, media_type, true)


def _zipped(path: Path, suffix: str) -> FileType:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            mime = _mime_member(archive) if "mimetype" in names else ""
    except Exception:  # noqa: BLE001 - a broken zip raises anything; its reader will say so
        return _OFFICE_SUFFIXES.get(suffix, _ZIP)
    if "ofd.xml" in names:
        return _OFD
    if mime.startswith(("application/vnd.oasis.", "application/epub", "application/vnd.sun.")):
        return FileType(Route.FOREIGN, mime, suffix or ".odt")
    for begin, found in _ZIPPED_OFFICE:
        if any(name.startswith(begin) for name in names):
            return found
    return _ZIP


def _mime_member(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as stream:
        return stream.read(100).decode("ascii", "replace").strip()


def _by_pattern(head: bytes, suffix: str) -> FileType | None:
    if _SIGNED_BEGIN.match(head):
        return _SIGNED
    if head.startswith(b"BM") and suffix in (".bmp", ".dib"):
        return FileType(Route.PICTURE, "image/bmp", ".bmp")
    if b"%PDF-" in head[:1024]:
        return FileType(Route.PDF, "application/pdf", ".pdf")
    return None


def _textual(head: bytes, suffix: str) -> FileType | None:
    if not head or not looks_like_text(head):
        return None
    if suffix == ".mbox" or (head.startswith(b"From ") and _HEADER.search(head)):
        return FileType(Route.MAILBOX, "application/mbox", ".mbox")
    if suffix in _TEXT_SUFFIXES and suffix not in (".txt", ".html", ".htm"):
        return _TEXT_SUFFIXES[suffix]
    if suffix != ".txt" and _ANY_HEADER.match(head) and len(_HEADER.findall(head)) >= 2:
        return _MAIL
    begin = head.replace(b"\0", b"").decode("latin-1")
    if _HTML_BEGIN.search(begin[:1024]) or suffix in (".html", ".htm"):
        return _HTML
    return _XML if _XML_BEGIN.match(begin) else _TEXT


def _by_name(head: bytes, suffix: str) -> FileType:
    """Neither known magic nor text: only a few types are still believed by their name."""
    if suffix == ".tar":
        return _TAR
    if suffix in (".eml", ".mht", ".mhtml"):
        return _TEXT_SUFFIXES[suffix]
    if suffix in _OFFICE_SUFFIXES:
        return _OFFICE_SUFFIXES[suffix]
    # A text with a few stray zeros, such as a log that was cut by a crash.
    if suffix in (".txt", ".csv", ".log") and head.count(b"\0") * 10 < len(head):
        return _TEXT
    return _UNKNOWN
