"""JBIG2 pictures (the QR codes of tax invoices), decoded by pdfium as the one picture of a PDF."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from documents.failing import Unshowable

_FILE_HEAD = b"\x97JB2"
JBIG2_HEADS = (_FILE_HEAD, b"\0\0\0\0\x30\0")
_PAGE_INFORMATION, _END_OF_PAGE, _END_OF_FILE = 48, 49, 51
_MOST_SIDE = 20_000
_SHOWN_SIDE = 4_000
_UNKNOWN_LENGTH = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: int
    head: bytes
    body: bytes


def jbig2_png(content: bytes) -> bytes:
    """The picture as PNG. Raises Unshowable (``parse``)."""
    try:
        segments = list(_segments(content))
        page = next(segment for segment in segments if segment.kind == _PAGE_INFORMATION)
        width, height = struct.unpack(">II", page.body[:8])
    except (struct.error, IndexError, StopIteration) as error:
        raise Unshowable("parse") from error
    if not (0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE):
        raise Unshowable("parse")
    kept = (s for s in segments if s.kind not in (_END_OF_PAGE, _END_OF_FILE))
    stream = b"".join(segment.head + segment.body for segment in kept)
    try:
        document = pdfium.PdfDocument(_pdf(stream, width, height))
        try:
            scale = min(1.0, _SHOWN_SIDE / max(width, height))
            picture = document[0].render(scale=scale, grayscale=True).to_pil()
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        raise Unshowable("parse") from error
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _segments(content: bytes) -> Iterator[_Segment]:
    """Segments in either order that the file head tells (ITU-T T.88, annex D)."""
    at, sequential = 0, True
    if content.startswith(_FILE_HEAD):
        flags = content[8]
        at, sequential = 9 + (0 if flags & 2 else 4), bool(flags & 1)
    heads = []
    while at + 11 <= len(content):
        kind, length, end = _head(content, at)
        if length == _UNKNOWN_LENGTH:
            length = len(content) - end
        head = content[at:end]
        if sequential:
            yield _Segment(kind, head, content[end : end + length])
            at = end + length
            continue
        heads.append((kind, length, head))
        at = end
        if kind == _END_OF_FILE:
            break
    for kind, length, head in heads:
        yield _Segment(kind, head, content[at : at + length])
        at += length


def _head(content: bytes, at: int) -> tuple[int, int, int]:
    """Kind, length of the body, and where the head ends (7.2)."""
    number, flags = struct.unpack(">IB", content[at : at + 5])
    end = at + 5
    count = content[end] >> 5
    if count == 7:
        count = struct.unpack(">I", content[end : end + 4])[0] & 0x1FFFFFFF
        end += 4 + (count + 8) // 8
    else:
        end += 1
    end += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    end += 4 if flags & 0x40 else 1
    return flags & 0x3F, struct.unpack(">I", content[end : end + 4])[0], end + 4


def _pdf(stream: bytes, width: int, height: int) -> bytes:
    draw = b"q %d 0 0 %d 0 0 cm /I Do Q" % (width, height)
    picture = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1"
        b"/ColorSpace/DeviceGray/Filter/JBIG2Decode/Length %d>>stream\n%b\nendstream"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]" % (width, height)
        + b"/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>",
        picture % (width, height, len(stream), stream),
        b"<</Length %d>>stream\n%b\nendstream" % (len(draw), draw),
    )
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % table)
