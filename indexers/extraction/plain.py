"""Readers of plain text, HTML and XML."""

import re
from typing import Any

from lxml import etree

from indexers.extraction.charset import declared_in, decode
from indexers.extraction.reading import Exhausted, Reading, Unreadable

_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "q", "ruby", "rt", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "tt", "u", "var", "wbr", "html", "body"}
)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[|>)", re.IGNORECASE)
_FED_CHARACTERS = 65_536


def read_text(reading: Reading) -> None:
    """A text file as it is, in whatever charset."""
    data = reading.head(reading.limits.text_bytes + 1)
    reading.text(decode(data[: reading.limits.text_bytes]))
    _too_long(data, reading)


def read_html(reading: Reading) -> None:
    """The visible text of a page, one line per block."""
    data = reading.head(reading.limits.text_bytes + 1)
    cut = data[: reading.limits.text_bytes]
    html_text(decode(cut, declared=declared_in(cut[:4096])), reading)
    _too_long(data, reading)


def read_xml(reading: Reading) -> None:
    """The text of all elements; a file that declares entities is refused (``dtd``)."""
    data = reading.head(reading.limits.text_bytes + 1)
    cut = data[: reading.limits.text_bytes]
    text = decode(cut, declared=declared_in(cut[:256]))
    refuse_entities(text[:_FED_CHARACTERS])
    # The charset has been dealt with: the declaration would only contradict.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    target: Any = _TextTarget(reading, unseen=frozenset(), inline=frozenset())
    parser: Any = etree.XMLParser(
        target=target,
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    _feed(parser, text)
    _too_long(data, reading)


def html_text(html: str, reading: Reading) -> None:
    """Put the visible text of `html` into the reading."""
    target: Any = _TextTarget(reading, unseen=_UNSEEN, inline=_INLINE)
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

    def __init__(self, reading: Reading, *, unseen: frozenset[str], inline: frozenset[str]) -> None:
        self._reading = reading
        self._unseen = unseen
        self._inline = inline
        self._hidden = 0
        self._fresh_line = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._unseen:
            self._hidden += 1
        elif tag in ("td", "th"):
            self._put("\t")
        else:
            self._break(tag)
        for name in ("alt", "title"):
            if self._unseen and not self._hidden and attributes.get(name):
                self._put(f" {attributes[name]} ")

    def end(self, tag: str) -> None:
        if tag in self._unseen:
            self._hidden = max(0, self._hidden - 1)
        elif tag not in ("td", "th"):
            self._break(tag)

    def data(self, text: str) -> None:
        if not self._hidden and text:
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

    def _break(self, tag: str) -> None:
        if tag not in self._inline and not self._fresh_line:
            self._put("\n")
            self._fresh_line = True

    def _put(self, text: str) -> None:
        if not self._hidden:
            self._reading.text(text)


_LINE_IN_HANZI = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])\s*[\r\n]\s*(?=[\u2e80-\u9fff])")
