"""Text and pages of the XHTML that Tika writes, native or on a server."""

from collections.abc import Set as AbstractSet
from typing import Any, Protocol

from lxml import etree

_PAGE_CLASSES = frozenset({"page", "sheet", "slide"})
_INLINE = frozenset({"a", "b", "i", "u", "s", "span", "sub", "sup", "em", "strong", "img", "td"})
_UNSEEN = frozenset({"head", "script", "style"})


class TooDeep(Exception):
    """More elements stand in each other than were allowed."""


class TextTaker(Protocol):
    """Takes text in order; `Reading` is one."""

    def text(self, text: str, *, page: int | None = None) -> None:
        """Text of a page, or of the part without pages."""


def xhtml_parser(
    taker: TextTaker,
    *,
    unseen_classes: AbstractSet[str] = frozenset(),
    most_levels: int | None = None,
) -> Any:
    """A parser to be fed with bytes and closed; what `taker` raises comes out of both.

    It reads no entities and no network, mends what is broken, and keeps no tree. Elements of
    `unseen_classes` are left out. Raises lxml's XMLSyntaxError for what is no XML at all, and
    TooDeep beyond `most_levels`.
    """
    target: Any = _PageTarget(taker, unseen_classes, most_levels)
    return etree.XMLParser(
        target=target,
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )


class _PageTarget:
    """Takes the events of the parser."""

    def __init__(
        self, taker: TextTaker, unseen_classes: AbstractSet[str], most_levels: int | None
    ) -> None:
        self._taker = taker
        self._most_levels = most_levels
        self._unseen_classes = unseen_classes
        self._hidden_at: int | None = None
        self._page: int | None = None
        self._pages = 0
        self._depth = 0
        self._page_depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition("}")[2]
        self._depth += 1
        if self._most_levels is not None and self._depth > self._most_levels:
            raise TooDeep
        kind = attributes.get("class")
        if tag in _UNSEEN or kind in self._unseen_classes:
            self._hidden_at = self._hidden_at or self._depth
        elif tag == "div" and kind in _PAGE_CLASSES and self._page is None:
            self._pages += 1
            self._page, self._page_depth = self._pages, self._depth
        elif tag == "br":
            self._put("\n")

    def end(self, tag: str) -> None:
        tag = tag.rpartition("}")[2]
        if self._hidden_at is not None:
            if self._hidden_at == self._depth:
                self._hidden_at = None
        elif tag not in _INLINE:
            self._put("\n")
        if self._page is not None and self._depth == self._page_depth:
            self._page = None
        self._depth -= 1

    def data(self, text: str) -> None:
        self._put(text)

    def close(self) -> None:
        self._put("\n")

    def _put(self, text: str) -> None:
        if self._hidden_at is None:
            self._taker.text(text, page=self._page)
