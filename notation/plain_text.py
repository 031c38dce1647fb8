"""Text without what is no text: characters that no document may hold."""

import re

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Outside of Char of XML 1.0 (2.2), and DEL."""


def text_alone(text: str) -> str:
    """The text without control characters (but TAB, LF and CR), lone surrogates and U+FFFE."""
    return _NOT_TEXT.sub("", text) if _NOT_TEXT.search(text) else text
