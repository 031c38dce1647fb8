"""XML of office parts, told element by element; no tree is kept, so a part may be of any size."""

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from indexers.extraction.reading import Unreadable

_MOST_LEVELS = 256
"""Elements in each other; libxml2 allows as many."""
_BUFFER_BYTES = 65_536
_RELATIONSHIP = "/relationships id"

Attributes = Mapping[str, str]
"""By local name; that of a relationship, which may stand beside an ``id``, as ``r:id``."""


class MarkupTaker:
    """Takes what it asked for; names are local, without namespaces and prefixes.

    What a taker does not say it does not want.
    """

    tags: frozenset[str] = frozenset()
    """Elements whose begin and end it wants."""
    texts: frozenset[str] = frozenset()
    """Elements whose text it wants, that of elements in them included."""

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """One of `tags` begins."""

    def end(self, tag: str, /) -> None:
        """One of `tags` ends."""

    def text(self, text: str, /) -> None:
        """A piece of text of one of `texts`, of at most 64 KiB."""


def feed(pieces: Iterator[bytes], taker: MarkupTaker) -> None:
    """Tell `taker` what stands in the XML.

    Raises Unreadable: ``dtd`` (where entities could come from), ``nesting``, ``parse``; and
    whatever `taker` raises.
    """
    _Feed(taker).run(pieces)


class _Feed:
    def __init__(self, taker: MarkupTaker) -> None:
        self._taker = taker
        self._level = 0
        self._taking = 0
        self._known: dict[str, tuple[str, bool, bool]] = {}
        """By name with namespace: the local name, whether it and whether its text is wanted."""
        self._names: dict[str, str] = {}
        """Of attributes, by name with namespace."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = _BUFFER_BYTES
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_dtd
        self._parser = parser

    def run(self, pieces: Iterator[bytes]) -> None:
        parse: Callable[[bytes, bool], int] = self._parser.Parse
        try:
            for piece in pieces:
                parse(piece, False)  # noqa: FBT003 - expat knows no names of arguments
            parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise Unreadable("parse") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > _MOST_LEVELS:
            raise Unreadable("nesting")
        tag, wanted, taken = self._known.get(name) or self._know(name)
        if taken:
            self._taking += 1
            self._parser.CharacterDataHandler = self._taker.text
        if wanted:
            self._taker.start(tag, self._renamed(attributes) if attributes else attributes)

    def _end(self, name: str) -> None:
        self._level -= 1
        tag, wanted, taken = self._known[name]
        if taken:
            self._taking -= 1
            if not self._taking:
                self._parser.CharacterDataHandler = None
        if wanted:
            self._taker.end(tag)

    def _know(self, name: str) -> tuple[str, bool, bool]:
        tag = name.rpartition(" ")[2]
        told = (tag, tag in self._taker.tags, tag in self._taker.texts)
        self._known[name] = told
        return told

    def _renamed(self, attributes: dict[str, str]) -> dict[str, str]:
        names = self._names
        for name in attributes:
            if name not in names:
                related = name.endswith(_RELATIONSHIP)
                names[name] = "r:id" if related else name.rpartition(" ")[2]
        return {names[name]: value for name, value in attributes.items()}


def _refuse_dtd(*_: object) -> None:
    raise Unreadable("dtd")
