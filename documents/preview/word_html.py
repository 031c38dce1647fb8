"""The content of a docx as HTML that may stand in a page under a strict policy."""

from pathlib import Path
from typing import Any

import mammoth

from documents.failing import Unshowable
from documents.preview.clean_html import clean_document
from documents.preview.inlined_pictures import InlinedPictures
from documents.preview.tracked import DELETED, INSERTED, is_tracked, with_changes_as_styles
from documents.zips import opened_zip
from records.preview import Section, Written

_STYLES = f"r.{INSERTED} => ins\nr.{DELETED} => del"


def word_html(path: Path, *, changes: bool) -> Written:
    """Text, lists, tables, pictures as ``data:`` addresses. Raises Unshowable.

    With `changes` what tracked changes put in stands in ``ins``, what they took out in ``del``.
    """
    tracked = is_tracked(path)
    with opened_zip(path) as archive:
        inliner = InlinedPictures(archive)

    def attributes(image: Any) -> dict[str, str]:
        def read(most: int) -> bytes:
            with image.open() as stream:
                return bytes(stream.read(most))

        return inliner.attributes(read, described=image.alt_text or "")

    try:
        with (
            with_changes_as_styles(path, changes=changes) if tracked else path.open("rb") as stream
        ):
            result = mammoth.convert_to_html(
                stream,
                style_map=_STYLES,
                convert_image=mammoth.images.img_element(attributes),
                external_file_access=False,
            )
    except (Unshowable, MemoryError):
        raise
    except Exception as error:
        raise Unshowable("parse") from error
    return Written(sections=(Section(html=clean_document(str(result.value))),), tracked=tracked)
