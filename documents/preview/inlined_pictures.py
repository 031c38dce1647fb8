"""Pictures of a document or of slides as ``data:`` addresses, each with its number in the file."""

import base64
import zipfile
from collections.abc import Callable

from documents.failing import Unshowable
from documents.office_pictures import Content, content_of, office_pictures
from documents.pictures import remake

_MOST_PICTURES = 200
_MOST_PICTURE_BYTES = 20 << 20
_PICTURE_SIDE = 1200


class InlinedPictures:
    """Makes pictures anew until a page holds enough of them; the others are an ellipsis."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._numbers = _numbers(archive)
        self._pictures = 0
        self._bytes = 0
        self.characters = 0
        """How much of the page the pictures take."""

    def attributes(self, read: Callable[[int], bytes]) -> dict[str, str]:
        """Of an ``img``; ``alt`` is ``#`` and the number of the picture. Raises nothing of it."""
        self._pictures += 1
        if self._pictures > _MOST_PICTURES or self._bytes > _MOST_PICTURE_BYTES:
            return {"alt": "…"}
        try:
            given = read(_MOST_PICTURE_BYTES + 1)
            made = remake(given, most_side=_PICTURE_SIDE)
        except (Unshowable, OSError, KeyError, ValueError):
            return {"alt": "…"}
        self._bytes += len(made.body)
        number = self._numbers.get(content_of(given))
        body = base64.b64encode(made.body).decode("ascii")
        named = {"alt": f"#{number}"} if number else {}
        self.characters += len(body)
        return {"src": f"data:{made.media_type};base64,{body}", **named}


def _numbers(archive: zipfile.ZipFile) -> dict[Content, int]:
    try:
        return {each.content: each.number for each in office_pictures(archive)}
    except Unshowable:
        return {}  # a part that mammoth reads in its own way: its pictures go without numbers
