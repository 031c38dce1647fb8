"""The pictures of seals, which stand in signatures and not on pages (GB/T 33190, 18)."""

import io
import posixpath
from collections.abc import Iterator
from typing import Any

from documents.failing import Unshowable
from documents.ofd.canvas import Canvas
from documents.ofd.document import OfdDocument
from documents.ofd.drawing import Drawing
from documents.ofd.geometry import Area, Matrix, shown
from documents.ofd.images import Images, address_of
from documents.ofd.package import text_of
from documents.pictures import without_paper

_MOST_SEALS = 100
_OFD_HEAD = b"PK\x03\x04"
_PICTURE_HEADS = (_OFD_HEAD, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM")
_OCTET_STRING = 0x04
_CONSTRUCTED = 0x20
_MOST_DEPTH = 12
_SMALLEST_PICTURE_BYTES = 50


def draw_seals(document: OfdDocument, number: int, canvas: Canvas) -> None:
    """Draw the seals of a page, counted from 1, over what is there; nothing is verified here."""
    page = document.pages[number - 1].get("ID")
    try:
        for annotation, body in list(_seals(document, page))[:_MOST_SEALS]:
            _draw(annotation, body, canvas)
    except Unshowable as failed:
        if failed.why == "bomb":
            raise
        # A page whose seal cannot be read is still worth showing.


def _seals(document: OfdDocument, page: str | None) -> Iterator[tuple[Any, bytes]]:
    package = document.package
    index = package.find(document.signatures)
    for entry in package.xml(index).iter("Signature") if index else ():
        here = posixpath.dirname(index or "")
        name = package.find(entry.get("BaseLoc"), here)
        if name is None:
            continue
        signature = package.xml(name)
        stamps = [s for s in signature.iter("StampAnnot") if s.get("PageRef") == page]
        value = package.find(text_of(signature, "SignedValue"), posixpath.dirname(name), here)
        picture = next(_pictures(package.read(value), 0), None) if stamps and value else None
        for stamp in stamps:
            if picture:
                yield stamp, picture


def _draw(annotation: Any, body: bytes, canvas: Canvas) -> None:
    box = Area.read(annotation.get("Boundary"))
    if box is None:
        return
    clip = Area.read(annotation.get("Clip"))
    if clip is not None:
        name = canvas.new_name("clip")
        x, y = shown(box.x + clip.x), shown(box.y + clip.y)
        size = f'width="{shown(clip.width)}" height="{shown(clip.height)}"'
        canvas.define(name, f'<clipPath id="{name}"><rect x="{x}" y="{y}" {size}/></clipPath>')
        canvas.put(f'<g clip-path="url(#{name})">')
    place = Matrix(box.width, 0, 0, box.height, box.x, box.y)
    square = 'width="1" height="1" preserveAspectRatio="none"'
    canvas.put(f'<image {square} transform="{place.svg()}" href="{_address(body)}"/>')
    if clip is not None:
        canvas.put("</g>")


def _address(body: bytes) -> str:
    """The picture of a seal is a bitmap, or an OFD of its own that has one page."""
    if not body.startswith(_OFD_HEAD):
        made = without_paper(body)
        return address_of(made.media_type, made.body)
    document = OfdDocument(io.BytesIO(body))
    try:
        if not document.pages:
            raise Unshowable("parse")
        page = document.page(1)
        canvas = Canvas()
        Drawing(document.package, page, canvas, Images(document.package)).draw()
        return address_of("image/svg+xml", canvas.svg(page.box, paper="none"))
    finally:
        document.close()


def _pictures(content: bytes, depth: int) -> Iterator[bytes]:
    """Octet strings, at any depth of a DER structure, that begin as a picture does."""
    at = 0
    while depth < _MOST_DEPTH and at + 2 <= len(content):
        tag, length, at = content[at], content[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 0 < count <= 4:
                return
            length = int.from_bytes(content[at : at + count], "big")
            at += count
        body = content[at : at + length]
        at += length
        if tag == _OCTET_STRING and len(body) > _SMALLEST_PICTURE_BYTES:
            if body.startswith(_PICTURE_HEADS):
                yield body
        elif tag & _CONSTRUCTED:
            yield from _pictures(body, depth + 1)
