"""Pictures within documents and slides, each once, in the order in which one comes upon them."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from documents.failing import Unshowable
from documents.preview.zipped_xml import Element, local, parsed, read_part, targets

DOCUMENT = "word/document.xml"
PRESENTATION = "ppt/presentation.xml"
MOST_PICTURES = 500
"""Different ones of a file that are counted; those behind are not recognised."""
MOST_SLIDES = 500
"""Of a show that are looked at, for their pictures as for their text."""
_BESIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_REFERS = ("embed", "id")
"""What names a picture: of a drawing (``a:blip``), of the older markup (``v:imagedata``)."""
_TAKEN_OUT = ("del", "moveFrom")
"""What tracked changes took out, or moved away from here (ECMA-376 part 1, 17.13.5)."""


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


def contents(archive: zipfile.ZipFile) -> dict[str, Content]:
    """The same of all members, by their names."""
    return {each.filename: (each.CRC, each.file_size) for each in archive.infolist()}


def office_pictures(archive: zipfile.ZipFile) -> tuple[OfficePicture, ...]:
    """The pictures of a docx or pptx, at most `MOST_PICTURES`. Raises Unshowable.

    One that stands on every page, a logo or a ground, is one. Those of layouts and masters, which
    lie under what somebody wrote, are none of them, nor are those that tracked changes took out.
    A part beside the text, or a slide, that cannot be read costs its own pictures alone.
    """
    known = contents(archive)
    found: dict[Content, OfficePicture] = {}
    for member, slide in _shown(archive):
        content = known.get(member)
        if content is not None and content not in found:
            found[content] = OfficePicture(len(found) + 1, content, member, slide)
        if len(found) == MOST_PICTURES:
            break
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
    """Identifiers of the pictures within an element, in their order, but for those taken out."""
    for each in element.iter("{*}blip", "{*}imagedata"):
        names = [
            str(value)
            for key, value in each.attrib.items()
            if str(key).startswith("{") and str(key).rpartition("}")[2] in _REFERS
        ]
        if names and not _is_taken_out(each):
            yield names[0]


def _is_taken_out(element: Element) -> bool:
    """Whether a tracked change took it out, by itself or with the row of a table it stands in."""
    for each in element.iterancestors():
        name = local(each)
        if name in _TAKEN_OUT or (name == "tr" and each.find("{*}trPr/{*}del") is not None):
            return True
    return False


def _shown(archive: zipfile.ZipFile) -> Iterator[tuple[str, int]]:
    """Members that are shown, as often as they are, each with its slide."""
    if PRESENTATION in archive.namelist():
        for number, part in slides_of(archive)[:MOST_SLIDES]:
            yield from ((member, number) for member in _beside(archive, part))
        return
    main = _main_document(archive)
    yield from ((member, 0) for member in _members(archive, main))
    for kind, part in targets(archive, main).values():
        if kind in _BESIDE:
            yield from ((member, 0) for member in _beside(archive, part))


def _main_document(archive: zipfile.ZipFile) -> str:
    """The part with the text, which some programs call ``document2.xml``."""
    told = (part for kind, part in targets(archive, "").values() if kind == "officeDocument")
    return next(told, DOCUMENT)


def _beside(archive: zipfile.ZipFile, part: str) -> list[str]:
    """What a part shows without which there is still a text: nothing if it cannot be read."""
    try:
        return list(_members(archive, part))
    except Unshowable:
        return []


def _members(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    body = read_part(archive, part)
    if body is None:
        return
    related = targets(archive, part)
    for identifier in referred(parsed(body)):
        kind, member = related.get(identifier, ("", ""))
        if kind == "image":
            yield posixpath.normpath(member)
