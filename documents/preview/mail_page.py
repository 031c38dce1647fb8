"""The head and the body of a mail; what it carries besides is told by extraction."""

import email
import email.policy
from datetime import UTC
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from typing import Any

from documents.failing import Unshowable
from documents.preview.clean_html import clean_text
from notation.charset import decode
from notation.mail_headers import header_text
from notation.plain_text import text_alone
from records.preview import MailHead, Section, Written

_MOST_BYTES = 64 << 20
_MOST_BODY = 500_000
_MOST_HEAD = 4_000
_MOST_PARTS = 2_000
_MOST_LEVELS = 50


class _AsWritten(email.policy.Compat32):
    """Headers as they stand: the library would put U+FFFD for bytes beyond ASCII."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 - the library's
        return value


_POLICY = _AsWritten()


def mail_page(path: Path) -> Written:
    """An eml: its head and its text, the plainest form that it has. Raises Unshowable."""
    with path.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise Unshowable("too_large")
    try:
        message: Message = email.message_from_bytes(data, policy=_POLICY)
        bodies = _bodies(message)
    except RecursionError:
        message, bodies = BytesHeaderParser(policy=_POLICY).parsebytes(data), []
    return written(_heads(message), "".join(html for html, _ in bodies), any(c for _, c in bodies))


def written(heads: dict[MailHead, str], body: str, cut: bool) -> Written:  # noqa: FBT001
    """A mail of these parts; heads that it lacks are left out."""
    texts = ((head, text_alone(heads.get(head, "")[:_MOST_HEAD])) for head in MailHead)
    # Of a body at the end: a page may hold control characters as references.
    sections = (Section(html=text_alone(body)),) if body else ()
    return Written(heads=tuple(each for each in texts if each[1]), sections=sections, cut=cut)


def plain_body(text: str) -> tuple[str, bool]:
    """A text as it stands, and whether its end is left out."""
    return f"<pre>{escape(text[:_MOST_BODY].strip())}</pre>", len(text) > _MOST_BODY


def html_body(text: str) -> tuple[str, bool]:
    """A page of a mail without all that is no text, and whether its end is left out."""
    return clean_text(text[:_MOST_BODY]), len(text) > _MOST_BODY


def _heads(message: Message) -> dict[MailHead, str]:
    heads = {
        head: "、".join(header_text(value) for value in message.get_all(head.value, [])[:20])
        for head in MailHead
    }
    heads[MailHead.DATE] = _instant(heads[MailHead.DATE])
    return heads


def _instant(value: str) -> str:
    """An instant in UTC (ISO 8601) where the header can be read as one, else as it stands."""
    try:
        at = parsedate_to_datetime(value)
        return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return value


def _bodies(message: Message, level: int = 0) -> list[tuple[str, bool]]:
    """The bodies in order; of several forms of one the last that is plain text or a page."""
    payload: Any = message.get_payload()
    kind = message.get_content_type()
    if level > _MOST_LEVELS or kind == "message/rfc822":
        return []
    if isinstance(payload, list):
        # Each is walked once: a form that holds forms would else cost twice as much a level.
        forms = [found for each in payload[:_MOST_PARTS] if (found := _bodies(each, level + 1))]
        shown = forms[-1:] if kind == "multipart/alternative" else forms
        return [body for form in shown for body in form]
    if kind not in ("text/plain", "text/html") or _is_attached(message):
        return []
    data = message.get_payload(decode=True)
    text = decode(
        data if isinstance(data, bytes) else b"",
        declared=str(message.get_param("charset") or "") or None,
    )
    if not text.strip():
        return []
    return [html_body(text) if kind == "text/html" else plain_body(text)]


def _is_attached(message: Message) -> bool:
    told = message.get_content_disposition()
    return told == "attachment" or bool(told and message.get_filename())
