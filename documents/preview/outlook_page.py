"""The head and the body of a mail that Outlook saved ([MS-OXMSG]); attachments: by extraction."""

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import olefile

from documents.failing import Unshowable
from documents.preview.mail_page import html_body, plain_body, written
from notation.charset import decode
from records.preview import MailHead, Written

_TEXTS = {
    MailHead.SUBJECT: "0037",
    MailHead.FROM: "0C1A",
    MailHead.TO: "0E04",
    MailHead.CC: "0E03",
}
"""Properties by their number ([MS-OXPROPS])."""
_SENDER_ADDRESSES = ("5D01", "0C1F")
_BODY, _PAGE = "1000", "10130102"
_MOST_BYTES = 8 << 20
_SENT = (0x0039_0040, 0x0E06_0040)
"""When it was sent, when it came: instants of 100 ns since 1601 ([MS-DTYP] 2.3.3)."""
_FROM_1601 = datetime(1601, 1, 1, tzinfo=UTC)


def outlook_page(path: Path) -> Written:
    """A msg: its head and its text. Raises Unshowable."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            heads = {head: _text(file, number) for head, number in _TEXTS.items()}
            address = next(filter(None, (_text(file, each) for each in _SENDER_ADDRESSES)), "")
            if "@" in address and address not in heads[MailHead.FROM]:
                heads[MailHead.FROM] = f"{heads[MailHead.FROM]} <{address}>".strip()
            heads[MailHead.DATE] = _sent(file)
            plain, page = _text(file, _BODY), _stream(file, f"__substg1.0_{_PAGE}")
            body, cut = plain_body(plain) if plain.strip() or not page else html_body(decode(page))
    except (OSError, ValueError, IndexError, struct.error, AttributeError, KeyError) as error:
        raise Unshowable("parse") from error
    return written(heads, body if plain.strip() or page else "", cut)


def _text(file: Any, number: str) -> str:
    wide = _stream(file, f"__substg1.0_{number}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").replace("\0", "")
    narrow = _stream(file, f"__substg1.0_{number}001E")
    return decode(narrow).replace("\0", "") if narrow else ""


def _stream(file: Any, name: str) -> bytes:
    if not file.exists(name):
        return b""
    return bytes(file.openstream(name).read(_MOST_BYTES))


def _sent(file: Any) -> str:
    """The instant in UTC (ISO 8601), empty where none is told."""
    told = _stream(file, "__properties_version1.0")[32:]
    found = {
        tag: value
        for tag, _, value in struct.iter_unpack("<IIQ", told[: len(told) // 16 * 16])
        if tag in _SENT
    }
    for tag in _SENT:
        if tag in found:
            try:
                return (_FROM_1601 + timedelta(microseconds=found[tag] // 10)).isoformat()
            except OverflowError:
                continue
    return ""
