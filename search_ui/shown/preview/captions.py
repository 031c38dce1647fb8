"""Under pictures of a document or of slides, what was recognised on them."""

import re
from collections.abc import Mapping

from markupsafe import escape

from search_ui.texts import Texts

_IMAGE = "<img "
_NUMBERED = re.compile(r'(?:alt="([^"]*)" )?data-picture="(\d{1,4})" ')
"""How the previewer begins one that it numbered (documents.preview.inlined_pictures). It stands
before the picture itself, of which there may be megabytes; no author can write it: quotes within
his text are escaped."""


class Captions:
    """Lays them under the pictures of one file, and knows which found no picture."""

    def __init__(self, recognised: Mapping[int, str], t: Texts) -> None:
        self._recognised = recognised
        self._t = t
        self._shown: set[int] = set()

    def under(self, fragment: str) -> str:
        """A clean fragment whose numbered pictures have names, and their texts below them."""
        before, *images = fragment.split(_IMAGE)
        return "".join((before, *map(self._captioned, images)))

    def not_shown(self) -> str:
        """What was recognised on pictures that stood nowhere: in text boxes, as grounds."""
        return "".join(
            f"<p>{self._label(number)}</p>{_read(text)}"
            for number, text in self._recognised.items()
            if number not in self._shown
        )

    def _captioned(self, image: str) -> str:
        numbered = _NUMBERED.match(image)
        if not numbered:
            return _IMAGE + image
        number = int(numbered[2])
        self._shown.add(number)
        end = image.index(">", numbered.end()) + 1
        picture = f'alt="{numbered[1] or self._label(number)}" {image[numbered.end() : end]}'
        text = self._recognised.get(number, "")
        return f"{_IMAGE}{picture}{_read(text) if text else ''}{image[end:]}"

    def _label(self, number: int) -> str:
        return escape(self._t("preview.picture_no", n=number))


def _read(text: str) -> str:
    return f"<samp>{escape(text)}</samp>"
