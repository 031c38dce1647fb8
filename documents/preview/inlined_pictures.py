"""Pictures of a document or of slides as ``data:`` addresses, each with its number in the file."""

import base64
import zipfile
from collections.abc import Callable

from documents.failing import Unshowable
from documents.office_pictures import Content, content_of, contents, office_pictures
from documents.pictures import measure, remake
from documents.preview.zipped_xml import UNREADABLE

_MOST_PICTURES = 200
_MOST_PICTURE_BYTES = 20 << 20
_MOST_READ_BYTES = 400 << 20
"""Unpacked for one document."""
_MOST_PIXELS = 300_000_000
"""Decoded for one document: 25 photographs of 12 million, 3 s of a core as JPEG; screens as PNG 4.
A document is waited for 20 s, and its text must not be lost over its pictures."""
_PICTURE_SIDE = 1200
_FAULTS = (Unshowable, KeyError, *UNREADABLE)


class InlinedPictures:
    """Makes pictures anew, each once, until a page holds enough; the others are an ellipsis."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._contents = contents(archive)
        self._numbers = _numbers(archive)
        self._made: dict[Content, str] = {}
        self._pictures = self._bytes = self._read = self._pixels = 0
        self.characters = 0
        """How much of the page the pictures take."""

    def attributes(
        self, read: Callable[[int], bytes], *, described: str, member: str = ""
    ) -> dict[str, str]:
        """Of an ``img``: ``alt``, what its author says; ``data-picture``, its number; ``src``.

        In this order, the first two only where there are any. Raises nothing of the picture, and
        reads one of which the `member` is told at one of its places alone.
        """
        self._pictures += 1
        if self._pictures > _MOST_PICTURES or self._bytes > _MOST_PICTURE_BYTES:
            return {"alt": "…"}
        content = self._contents.get(member)
        if content is None or content not in self._made:
            content = self._make(read, content)
        address = self._made.get(content, "")
        if not address:
            return {"alt": "…"}
        self._bytes += len(address) * 3 // 4
        self.characters += len(address)
        number = self._numbers.get(content)
        told = {"alt": described, "data-picture": str(number or ""), "src": address}
        return {name: value for name, value in told.items() if value}

    def _make(self, read: Callable[[int], bytes], content: Content | None) -> Content:
        try:
            given = read(_MOST_PICTURE_BYTES + 1) if self._read < _MOST_READ_BYTES else b""
        except _FAULTS:
            given = b""
        self._read += len(given)
        content = content or content_of(given)
        if content not in self._made:
            self._made[content] = self._address(given)
        return content

    def _address(self, given: bytes) -> str:
        """The picture as an address; empty where it is none, or too much with those before it."""
        try:
            width, height = measure(given)
            if self._pixels + width * height > _MOST_PIXELS:
                return ""
            self._pixels += width * height
            made = remake(given, most_side=_PICTURE_SIDE)
        except _FAULTS:
            return ""
        return f"data:{made.media_type};base64,{base64.b64encode(made.body).decode('ascii')}"


def _numbers(archive: zipfile.ZipFile) -> dict[Content, int]:
    try:
        return {each.content: each.number for each in office_pictures(archive)}
    except Unshowable:
        return {}  # a part that mammoth reads in its own way: its pictures go without numbers
