"""The content of a docx as HTML that may stand in a page under a strict policy."""

import base64
from pathlib import Path
from typing import Any

import mammoth
import nh3

from documents.failing import Unshowable
from documents.pictures import remake

_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "blockquote", "pre", "img"),
}
_ATTRIBUTES = {
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "img": {"src", "alt"},
}
_MOST_PICTURES = 200
_MOST_PICTURE_BYTES = 20 << 20
_PICTURE_SIDE = 1200


def word_html(path: Path) -> str:
    """A fragment: text, lists, tables, pictures as ``data:`` addresses. Raises Unshowable."""
    inliner = _Pictures()
    try:
        with path.open("rb") as stream:
            result = mammoth.convert_to_html(
                stream,
                convert_image=mammoth.images.img_element(inliner.attributes),
                external_file_access=False,
            )
    except (Unshowable, MemoryError):
        raise
    except Exception as error:
        raise Unshowable("parse") from error
    return nh3.clean(
        str(result.value),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"data"},
        attribute_filter=_only_ours,
    )


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


def _only_ours(tag: str, attribute: str, value: str) -> str | None:
    """No address but that of a picture which `_Pictures` wrote."""
    if attribute == "src" and not value.startswith(
        ("data:image/png;base64,", "data:image/jpeg;base64,")
    ):
        return None
    return None if tag != "img" and attribute in ("src", "alt") else value
