"""Headers of mails as a person reads them."""

import quopri
import re
from binascii import Error as Base64Error
from binascii import a2b_base64

from notation.charset import decode

_ENCODED_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)\s+(?==\?)")


def header_text(value: object) -> str:
    """A header as a person reads it: encoded words and raw bytes of any charset decoded.

    Mail programs cut Chinese text between the bytes of one character, so neighbouring encoded
    words of one charset are joined before they are decoded.
    """
    text = str(value)
    if not text.isascii():
        text = decode(text.encode("utf-8", "surrogateescape"))
    text = re.sub(r"[\r\n]+\s*", " ", _BETWEEN_WORDS.sub(r"\1", text))
    out: list[str] = []
    pending: tuple[str, bytes] = ("", b"")
    at = 0
    for found in _ENCODED_WORD.finditer(text):
        charset = found[1].split("*")[0].lower()
        raw = _word_bytes(found[2].lower(), found[3])
        if pending[0] and (found.start() > at or pending[0] != charset):
            out.append(decode(pending[1], declared=pending[0]))
            pending = ("", b"")
        out.append(text[at : found.start()])
        pending = (charset, pending[1] + raw)
        at = found.end()
    if pending[0]:
        out.append(decode(pending[1], declared=pending[0]))
    return "".join([*out, text[at:]]).strip()


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding == "q":
        return quopri.decodestring(text.replace("_", " ").encode("ascii", "replace"), header=True)
    return _base64(text.encode("ascii", "replace"))


def _base64(data: bytes) -> bytes:
    data = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    for cut in range(4):
        try:
            return a2b_base64(data[: len(data) - cut] + b"=" * (-(len(data) - cut) % 4))
        except Base64Error:
            continue
    return b""
