"""How a file can be shown, by its content; its name only tells kinds of text apart."""

import zipfile
from enum import Enum, auto
from pathlib import Path

from documents.failing import Unshowable
from documents.office_pictures import PRESENTATION
from documents.preview.workbook import MAIN
from documents.zips import opened_zip

_HEAD_BYTES = 1024
_MOST_MEMBERS = 20_000
_MOST_UNPACKED_BYTES = 512 << 20
_MOST_RATIO = 200
_RATIO_FROM_BYTES = 10 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF8"),
    (0, b"BM"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (8, b"WEBP"),
    (4, b"ftypavif"),
)
_VALUE_SUFFIXES = (".csv", ".tsv")
_MAIL_SUFFIXES = (".eml", ".msg")
_ARCHIVES = (
    *((0, b"7z\xbc\xaf\x27\x1c"), (0, b"Rar!\x1a\x07"), (257, b"ustar"), (0, b"PK\x05\x06")),
    *((0, b"\x1f\x8b\x08"), (0, b"BZh"), (0, b"\xfd7zXZ\0")),
)
_OPEN_SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_TEXT_SUFFIXES = (
    *(".txt", ".md", ".json", ".log", ".xml", ".html", ".htm", ".mht"),
    *(".doc", ".ppt", ".wps", ".dps", ".rtf", ".odt", ".ods", ".odp", ".epub"),
)


class Kind(Enum):
    """Which drawer shows it."""

    PDF = auto()
    OFD = auto()
    WORD = auto()
    SHEETS = auto()
    OLD_SHEETS = auto()
    OPEN_SHEETS = auto()
    VALUES = auto()
    PICTURE = auto()
    MAIL = auto()
    SLIDES = auto()
    HOLDINGS = auto()
    TEXT = auto()
    UNKNOWN = auto()


_BEGINS = ((Kind.PICTURE, _PICTURES), (Kind.HOLDINGS, _ARCHIVES))
_ENDINGS = (
    (Kind.MAIL, _MAIL_SUFFIXES),
    (Kind.OLD_SHEETS, (".xls", ".et")),
    (Kind.VALUES, _VALUE_SUFFIXES),
    (Kind.TEXT, _TEXT_SUFFIXES),
)


def kind_of(path: Path, name: str) -> Kind:
    """The kind of a file. Raises Unshowable for an archive that would burst or is locked."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(_OLE) and name.lower().endswith((".docx", ".xlsx", ".pptx")):
        # The new formats stand in this old container only when they are locked.
        raise Unshowable("encrypted")
    begun = ((kind, at, magic) for kind, begins in _BEGINS for at, magic in begins)
    by_head = next((kind for kind, at, magic in begun if head.startswith(magic, at)), None)
    ends = ((kind, each) for kind, endings in _ENDINGS for each in endings)
    by_name = next((kind for kind, ending in ends if name.lower().endswith(ending)), Kind.UNKNOWN)
    return by_head or by_name


def notices(path: Path) -> tuple[str, ...]:
    """What an office file carries besides its content, none of which is ever shown or run."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        relations = [name for name in names if name.endswith(".rels")][:200]
        outside = any(b'TargetMode="External"' in archive.read(name) for name in relations)
    found = {
        "macros": any(name.endswith("vbaProject.bin") for name in names),
        "embedded_objects": any("/embeddings/" in n or "/activeX/" in n for n in names),
        "external_links": outside,
    }
    return tuple(notice for notice, there in found.items() if there)


def _zipped(path: Path) -> Kind:
    with opened_zip(path) as archive:
        entries = archive.infolist()
        declared = _declared(archive)
    names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
    kind = Kind.HOLDINGS
    if "ofd.xml" in names:
        kind = Kind.OFD
    elif any(name.startswith("word/document") for name in names):
        kind = Kind.WORD
    elif MAIN in names:
        kind = Kind.SHEETS
    elif any(name.startswith("xl/workbook") for name in names):
        kind = Kind.TEXT  # in binary parts (xlsb): what extraction read of it
    elif PRESENTATION in names:
        kind = Kind.SLIDES
    elif any(name.startswith(("ppt/presentation", "visio/document")) for name in names):
        kind = Kind.TEXT
    elif declared.startswith(_OPEN_SHEETS):
        kind = Kind.OPEN_SHEETS
    elif "mimetype" in names:
        kind = Kind.TEXT  # other OpenDocument and EPUB: what extraction read of them
    if kind is not Kind.HOLDINGS:
        _refuse_bomb(entries)
    return kind


def _declared(archive: zipfile.ZipFile) -> bytes:
    """What the file says of itself, as OpenDocument and EPUB do; empty where it says nothing."""
    try:
        with archive.open("mimetype") as told:
            return told.read(_HEAD_BYTES)
    except (KeyError, OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile):
        return b""


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    dense = any(
        entry.file_size > _RATIO_FROM_BYTES
        and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    total = sum(entry.file_size for entry in entries)
    if dense or len(entries) > _MOST_MEMBERS or total > _MOST_UNPACKED_BYTES:
        raise Unshowable("bomb")
