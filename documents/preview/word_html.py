"""The content of a docx as HTML that may stand in a page under a strict policy."""

import base64
from pathlib import Path
from typing import Any

import mammoth

from documents.failing import Unshowable
from documents.pictures import remake
from documents.preview.clean_html import clean_document
from documents.preview.tracked import DELETED, INSERTED, is_tracked, with_changes_as_styles
from records.preview import Section, Written

_MOST_PICTURES = 200
_MOST_PICTURE_BYTES = 20 << 20
_PICTURE_SIDE = 1200


_STYLES = f"r.{INSERTED} => ins\nr.{DELETED} => del"


def word_html(path: Path, *, changes: bool) -> Written:
    """Text, lists, tables, pictures as ``data:`` addresses. Raises Unshowable.

    With `changes` what tracked changes put in stands in ``ins``, what they took out in ``del``.
    """
    tracked = is_tracked(path)
    inliner = _Pictures()
    try:
        with (
            with_changes_as_styles(path, changes=changes) if tracked else path.open("rb") as stream
        ):
            result = mammoth.convert_to_html(
                stream,
                style_map=_STYLES,
                convert_image=mammoth.images.img_element(inliner.attributes),
                external_file_access=False,
            )
    except (Unshowable, MemoryError):
        raise
    except Exception as error:
        raise Unshowable("parse") from error
    return Written(sections=(Section(html=clean_document(str(result.value))),), tracked=tracked)


class _Pictures:
    """Puts pictures of the document into the page, made anew."""

    def __init__(self) -> None:
        self._pictures = 0
        self._bytes = 0

    def attributes(self, image: Any) -> dict[str, str]:
        self._pictures += 1
        if self._pictures > _MOST_PICTURES or self._bytes > _MOST_PICTURE_BYTES:
            return {"alt": "…"}
        try:
            with image.open() as stream:
                made = remake(stream.read(_MOST_PICTURE_BYTES + 1), most_side=_PICTURE_SIDE)
        except (Unshowable, OSError, KeyError, ValueError):
            return {"alt": "…"}
        self._bytes += len(made.body)
        body = base64.b64encode(made.body).decode("ascii")
        return {"src": f"data:{made.media_type};base64,{body}"}
