"""Readers of mails, web archives (mht) and mailboxes."""

import email
import email.policy
import re
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from indexers.extraction.plain import declared_by_page, html_text
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from indexers.extraction.unpacking import display_name
from notation.charset import decode
from notation.mail_headers import header_text

_HEADERS = ("Subject", "From", "To", "Cc", "Date")
_MOST_PARTS = 2_000
_MOST_LEVELS = 50
_COMPARED_BYTES = 1 << 20
_FAR_SHORTER = 3
"""A page with so many times the text of its plain form says what that does not."""
_MAILBOX_LINE = re.compile(rb"^From .*\n", re.MULTILINE)
_RFC2231 = re.compile(r"^([\w.-]+)'[\w-]*'(.*)$", re.DOTALL)


class _AsWritten(email.policy.Compat32):
    """Headers as they stand: the library would put U+FFFD for bytes beyond ASCII."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - the library's
        return value


_AS_WRITTEN = _AsWritten()


def read_mail(reading: Reading) -> None:
    """Headers and bodies as text, attachments as parts of their own."""
    data = reading.head(reading.limits.member_bytes)
    try:
        message = email.message_from_bytes(data, policy=_AS_WRITTEN)
    except RecursionError:
        message = BytesHeaderParser(policy=_AS_WRITTEN).parsebytes(data)
        _headers(reading, message)
        raise Unreadable("nesting") from None
    _headers(reading, message)
    _Walk(reading).entity(message, level=0)
    _refuse_more(reading)


def read_mailbox(reading: Reading) -> None:
    """Every mail of the box as a part of its own."""
    data = reading.head(reading.limits.member_bytes)
    begins = [
        found.end()
        for found in _MAILBOX_LINE.finditer(data)
        if found.start() == 0 or data[: found.start()].endswith((b"\n\n", b"\r\n\r\n"))
    ]
    for number, begin in enumerate(begins, 1):
        end = data.rfind(b"\nFrom ", begin, begins[number]) if number < len(begins) else len(data)
        path = reading.new_file(".eml")
        path.write_bytes(data[begin : end if end > 0 else len(data)])
        reading.member(f"{number:05d}.eml", path)
        if reading.budget.parts_left <= 0:
            raise Exhausted("too_many_parts")
    _refuse_more(reading)


def _refuse_more(reading: Reading) -> None:
    """Raises Exhausted where a mail or mailbox is larger than what was read of it."""
    if reading.path.stat().st_size > reading.limits.member_bytes:
        raise Exhausted("too_large")


def _headers(reading: Reading, message: Message) -> None:
    for name in _HEADERS:
        for value in message.get_all(name, []):
            reading.text(f"{header_text(value)}\n")
    reading.text("\n")


class _Walk:
    """One way through the entities of one mail."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._entities = 0

    def entity(self, message: Message, *, level: int) -> None:
        """A body, an attachment, or a multipart with more of them."""
        self._entities += 1
        if self._entities > _MOST_PARTS:
            raise Exhausted("too_many_parts")
        if level > _MOST_LEVELS:
            raise Unreadable("nesting")
        payload: Any = message.get_payload()
        kind = message.get_content_type()
        if kind == "message/rfc822" and isinstance(payload, list) and payload:
            self._attachment(message, payload[0].as_bytes(), suffix=".eml")
        elif isinstance(payload, list):
            self._multipart(payload, kind, level)
        elif kind in ("text/plain", "text/html") and not self._is_attached(message):
            self._body(message, kind)
        else:
            self._attachment(message, _content(message), suffix="")

    def _multipart(self, payload: list[Message], kind: str, level: int) -> None:
        for child in payload:
            if (
                kind == "multipart/alternative"
                and child.get_content_type() == "text/html"
                and _says_as_much(payload, child)
            ):
                continue
            self.entity(child, level=level + 1)

    @staticmethod
    def _is_attached(message: Message) -> bool:
        return (message.get_content_disposition() or "") == "attachment" or bool(
            message.get_content_disposition() and message.get_filename()
        )

    def _body(self, message: Message, kind: str) -> None:
        whole = _content(message)
        data = whole[: self._reading.limits.text_bytes]
        declared = str(message.get_param("charset") or "") or None
        if kind == "text/html":
            html_text(decode(data, declared=declared or declared_by_page(data)), self._reading)
        else:
            self._reading.text(decode(data, declared=declared))
        self._reading.text("\n")
        if len(whole) > len(data):
            raise Exhausted("too_long")

    def _attachment(self, message: Message, data: bytes, *, suffix: str) -> None:
        name = _file_name(message) or f"part-{self._entities}{suffix or _suffix(message)}"
        if suffix and not name.lower().endswith(suffix):
            name += suffix
        if len(data) > self._reading.budget.bytes_left:
            self._reading.unread(name, len(data), Unreadable("bomb"))
            return
        self._reading.budget.bytes_left -= len(data)
        path = self._reading.new_file(Path(name).suffix if name.isascii() else "")
        path.write_bytes(data)
        self._reading.member(name, path)
        if self._reading.budget.parts_left <= 0:
            raise Exhausted("too_many_parts")


def _says_as_much(alternatives: list[Message], page: Message) -> bool:
    """Whether a plain text stands beside a page of which it is the other form.

    Then it is enough: the page may be poorer or a lure. A plain text that only says that there
    is a page is shorter by far.
    """
    plain = max(
        (len("".join(_text(each).split())) for each in alternatives if _is_plain(each)), default=0
    )
    heard = _Heard()
    html_text(_text(page), heard)
    return plain * _FAR_SHORTER > heard.characters


def _is_plain(message: Message) -> bool:
    return message.get_content_type() == "text/plain"


def _text(message: Message) -> str:
    data = _content(message)[:_COMPARED_BYTES]
    declared = str(message.get_param("charset") or "") or None
    if not _is_plain(message):
        declared = declared or declared_by_page(data)
    return decode(data, declared=declared)


class _Heard:
    """Counts the characters of a text, white space aside."""

    def __init__(self) -> None:
        self.characters = 0

    def text(self, text: str) -> None:
        self.characters += len("".join(text.split()))


def _content(message: Message) -> bytes:
    payload = message.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _file_name(message: Message) -> str | None:
    """The name of an attachment; RFC 2231, encoded words and raw bytes are all met in practice."""
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        value = message.get_param(parameter, None, header)
        if isinstance(value, tuple):
            raw = (value[2] or "").encode("latin-1", "replace")
            return display_name(decode(raw, declared=value[0]))
        if value:
            extended = _RFC2231.match(value)
            return display_name(extended[2] if extended else header_text(value))
    location = message.get("Content-Location")
    return display_name(header_text(location).rsplit("/", 1)[-1]) if location else None


def _suffix(message: Message) -> str:
    subtype = message.get_content_subtype()
    known = {"jpeg": ".jpg", "png": ".png", "gif": ".gif", "pdf": ".pdf", "html": ".html"}
    return known.get(subtype, "")
