"""Readers of plain text, HTML and XML."""

import re
from typing import Any, Protocol, cast

from lxml import etree

from indexers.extraction import flat_office
from indexers.extraction.reading import Exhausted, Reading, Unreadable
from notation.charset import declared_in, decode

_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "q", "ruby", "rt", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "tt", "u", "var", "wbr", "html", "body", "text", "tspan", "textpath"}
)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[|>)", re.IGNORECASE)
_DOCTYPE_ONLY = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_ROOTS = "<root>" * 20
"""Roots around an XML text: a parser stops with the root, which an end tag too many ends."""
_FED_CHARACTERS = 65_536
_FRAMES_IN_FRAMES = 5
_LATE_BYTES = 65_536
"""A charset is looked for so far, where scripts stand before it; browsers do so too."""


def read_text(reading: Reading) -> None:
    """A text file as it is, in whatever charset."""
    data = reading.head(reading.limits.text_bytes + 1)
    reading.text(decode(data[: reading.limits.text_bytes]))
    _too_long(data, reading)


def read_html(reading: Reading) -> None:
    """The visible text of a page, one line per block."""
    data = reading.head(reading.limits.text_bytes + 1)
    cut = data[: reading.limits.text_bytes]
    html_text(decode(cut, declared=declared_by_page(cut)), reading)
    _too_long(data, reading)


def read_xml(reading: Reading) -> None:
    """The text of all elements; a file that declares entities is refused (``dtd``)."""
    data = reading.head(reading.limits.text_bytes + 1)
    cut = data[: reading.limits.text_bytes]
    text = decode(cut, declared=declared_in(cut[:256]))
    refuse_entities(text[:_FED_CHARACTERS])
    # The charset has been dealt with: the declaration would only contradict.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    text = _ROOTS + _DOCTYPE_ONLY.sub("", text, count=1)
    target = _TextTarget(reading, unseen=flat_office.UNSEEN, inline=flat_office.INLINE)
    parser: Any = etree.XMLParser(
        target=cast("Any", target),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    _feed(parser, text)
    if target.deleted:
        reading.text(target.deleted, deleted=True)
    if target.depth <= 0:
        raise Unreadable("parse")
    _too_long(data, reading)


def declared_by_page(page: bytes) -> str | None:
    """The charset that a page of markup declares for itself, near its beginning or late."""
    late = _LATE_META.search(page[:_LATE_BYTES])
    return declared_in(page[:4096]) or (declared_in(late[0]) if late else None)


class TextTaker(Protocol):
    """Takes text in order; `Reading` is one."""

    def text(self, text: str, /) -> None:
        """A piece of text."""


def html_text(html: str, taker: TextTaker, *, frames: int = 0) -> None:
    """Give the visible text of `html`; `frames` say how deep it stands."""
    target: Any = _PageTarget(taker, frames)
    parser: Any = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=False)
    _feed(parser, html)


def refuse_entities(text: str) -> None:
    """Raises Unreadable (``dtd``) when the beginning of an XML text defines entities."""
    found = _DOCTYPE.search(text)
    if _ENTITY.search(text) or (found and found[1] == "["):
        raise Unreadable("dtd")


def _feed(parser: Any, text: str) -> None:
    for start in range(0, len(text), _FED_CHARACTERS):
        parser.feed(text[start : start + _FED_CHARACTERS].encode("utf-8", "replace"))
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        # An empty page is an error to lxml and none to us.
        if text.strip() and "empty" not in str(error).lower():
            raise


def _too_long(data: bytes, reading: Reading) -> None:
    if len(data) > reading.limits.text_bytes:
        raise Exhausted("too_long")


class _TextTarget:
    """Takes what the parser meets; keeps no tree, so depth and size cost nothing."""

    def __init__(self, taker: TextTaker, *, unseen: frozenset[str], inline: frozenset[str]) -> None:
        self._taker = taker
        self._unseen = unseen
        self._inline = inline
        self._hidden = 0
        self._fresh_line = True
        self.depth = 0
        """Elements that are open."""
        self._inside_deleted = False
        self._deleted: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - lxml's
        self.depth += 1
        if tag in self._unseen:
            self._hidden += 1
        elif tag in ("td", "th"):
            self._put("\t")
        else:
            self._break(tag)
        self._inside_deleted = tag in flat_office.DELETED

    def end(self, tag: str) -> None:
        self.depth -= 1
        self._inside_deleted = False
        if tag in self._unseen:
            self._hidden = max(0, self._hidden - 1)
        elif tag not in ("td", "th"):
            self._break(tag)

    def data(self, text: str) -> None:
        if self._inside_deleted:
            self._deleted.append(text)
        elif not self._hidden and text:
            # In markup a line end is a space, or between hanzi nothing at all.
            if "\n" in text or "\r" in text:
                text = _LINE_IN_HANZI.sub("", text)
                text = re.sub(r"[ \t]*[\r\n]\s*", " ", text)
            if text.strip():
                self._put(text)
                self._fresh_line = False
            elif not self._fresh_line:
                self._put(" ")

    def close(self) -> None:
        self._put("\n")

    @property
    def deleted(self) -> str:
        """What changes deleted."""
        return " ".join(self._deleted)

    def _break(self, tag: str) -> None:
        if tag not in self._inline and not self._fresh_line:
            self._put("\n")
            self._fresh_line = True

    def _put(self, text: str) -> None:
        if not self._hidden:
            self._taker.text(text)


class _PageTarget(_TextTarget):
    """The same of a page, where attributes are shown too, and frames hold pages of their own."""

    def __init__(self, taker: TextTaker, frames: int) -> None:
        super().__init__(taker, unseen=_UNSEEN, inline=_INLINE)
        self._frames = frames
        self._row: str | None = None
        self._last = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "text":
            self._drawn(attributes.get("y"))
        for name in ("alt", "title"):
            if not self._hidden and attributes.get(name):
                self._put(f" {attributes[name]} ")
        if tag == "iframe" and self._hidden == 1 and self._frames < _FRAMES_IN_FRAMES:
            html_text(attributes.get("srcdoc", ""), self._taker, frames=self._frames + 1)

    def data(self, text: str) -> None:
        super().data(text)
        self._last = text

    def _drawn(self, row: str | None) -> None:
        """Text of a drawing: letters, words or lines, of which those of one height are a line."""
        if row is None or row != self._row:
            self._break("svg")
        elif len(self._last) > 1 and self._last[-1].isascii():
            self._put(" ")  # a word; letters stand alone, and hanzi need no space
        self._row = row


_LATE_META = re.compile(rb"<meta\s[^>]{0,500}charset[^>]{0,100}>", re.IGNORECASE)
_LINE_IN_HANZI = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\s*[\r\n]\s*(?=[\u2e80-\u9fff])")
