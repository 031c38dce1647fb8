"""Pictures within documents and slides, each once, in the order in which one comes upon them."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from documents.failing import Unshowable
from documents.preview.zipped_xml import Element, parsed, read_part, targets

DOCUMENT = "word/document.xml"
PRESENTATION = "ppt/presentation.xml"
MOST_PICTURES = 500
"""Different ones of a file that are counted; those behind are not recognised."""
_MOST_SLIDES = 500
_BESIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_REFERS = ("embed", "id")
"""What names a picture: of a drawing (``a:blip``), of the older markup (``v:imagedata``)."""


Content = tuple[int, int]
"""What makes two pictures one: check sum and length, as the directory of the zip tells them, so
that none is unpacked to be known."""


@dataclass(frozen=True, slots=True)
class OfficePicture:
    """A picture by its place among those of the file, from 1, and its content."""

    number: int
    content: Content
    member: str
    slide: int
    """The slide on which it stands first; 0 in a document."""


def content_of(body: bytes) -> Content:
    """The same of a picture at hand."""
    return zlib.crc32(body), len(body)


def office_pictures(archive: zipfile.ZipFile) -> tuple[OfficePicture, ...]:
    """The pictures of a docx or pptx, at most `MOST_PICTURES`. Raises Unshowable.

    One that stands on every page, a logo or a ground, is one. Those of layouts and masters, which
    lie under what somebody wrote, are none of them.
    """
    known = {each.filename: (each.CRC, each.file_size) for each in archive.infolist()}
    found: dict[Content, OfficePicture] = {}
    for part, slide in _parts(archive):
        for member in _members(archive, part):
            content = known.get(member)
            if content is not None and content not in found:
                found[content] = OfficePicture(len(found) + 1, content, member, slide)
            if len(found) == MOST_PICTURES:
                return tuple(found.values())
    return tuple(found.values())


def slides_of(archive: zipfile.ZipFile) -> list[tuple[int, str]]:
    """The slides in the order of the show: number and part. Raises Unshowable."""
    data = read_part(archive, PRESENTATION)
    if data is None:
        raise Unshowable("parse")
    related = targets(archive, PRESENTATION)
    asked = [related.get(relation_of(each), ("", "")) for each in parsed(data).iter("{*}sldId")]
    return [(n, part) for n, (kind, part) in enumerate(asked, 1) if kind == "slide"]


def relation_of(element: Element) -> str:
    """The identifier of what is referred to: ``id`` alone is another one."""
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).endswith("}id")),
        "",
    )


def referred(element: Element) -> Iterator[str]:
    """Identifiers of the pictures within an element, in their order."""
    for each in element.iter("{*}blip", "{*}imagedata"):
        names = [
            str(value)
            for key, value in each.attrib.items()
            if str(key).startswith("{") and str(key).rpartition("}")[2] in _REFERS
        ]
        yield from names[:1]


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, int]]:
    names = set(archive.namelist())
    if PRESENTATION in names:
        yield from ((part, n) for n, part in slides_of(archive)[:_MOST_SLIDES])
        return
    main = _main_document(names)
    yield main, 0
    yield from ((part, 0) for kind, part in targets(archive, main).values() if kind in _BESIDE)


def _main_document(names: set[str]) -> str:
    """The part with the text, which some programs call ``document2.xml``."""
    called = sorted(name for name in names if name.startswith("word/document"))
    if DOCUMENT in names or not called:
        return DOCUMENT
    return next((name for name in called if name.endswith(".xml")), DOCUMENT)


def _members(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    body = read_part(archive, part)
    if body is None:
        return
    related = targets(archive, part)
    for identifier in referred(parsed(body)):
        kind, member = related.get(identifier, ("", ""))
        if kind == "image":
            yield posixpath.normpath(member)
