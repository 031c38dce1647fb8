"""Under pictures of a document or of slides, what was recognised on them."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import escape

from search_ui.texts import Texts

_PICTURE = re.compile(r'<img\b[^>]*?\balt="#(\d{1,4})"[^>]*>')
"""As the previewer writes one that it numbered (documents.preview.inlined_pictures)."""


def captioned(fragment: str, captions: Mapping[int, str], t: Texts) -> str:
    """A clean fragment whose numbered pictures have names, and their texts below them."""

    def named(found: re.Match[str]) -> str:
        number = int(found[1])
        label = escape(t("preview.picture_no", n=number))
        picture = found[0].replace(f'alt="#{found[1]}"', f'alt="{label}"', 1)
        text = captions.get(number, "")
        return f"{picture}<samp>{escape(text)}</samp>" if text else picture

    return _PICTURE.sub(named, fragment)


def not_shown(fragments: Iterable[str], captions: Mapping[int, str], t: Texts) -> str:
    """What was recognised on pictures that the preview shows nowhere: in text boxes, as grounds."""
    shown = {int(number) for each in fragments for number in _PICTURE.findall(each)}
    return "".join(
        f"<p>{escape(t('preview.picture_no', n=number))}</p><samp>{escape(text)}</samp>"
        for number, text in captions.items()
        if number not in shown
    )
