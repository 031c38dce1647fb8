"""From the stream of an answer to parts, within the limits; what is over them is never held."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from indexers.extraction.limits import ReadingLimits
from indexers.extraction.reading import Exhausted, clean
from indexers.extraction.received import page_text
from indexers.extraction.xhtml import TooDeep, xhtml_parser
from indexers.tika.json_stream import Broken, JsonStream, TooLong
from indexers.tika.told import CONTENT, WANTED, Told
from records.text import TextPage

_LISTS = frozenset({"package-entry", "embedded"})
"""Elements in which Tika lists the names of what is contained; those are parts of their own."""

_MOST_LEVELS = 200
"""Tika itself ends a file at 100 levels of elements ("Suspected zip bomb")."""


@dataclass(slots=True)
class Part:
    """One part as the server gave it."""

    told: Told
    pages: tuple[TextPage, ...]


@dataclass(slots=True)
class Answer:
    """All parts that were taken, in the order they came; the first is the file itself."""

    parts: list[Part] = field(default_factory=list)
    cut: str | None = None
    """Why the rest was not taken: ``too_long``, ``too_many_parts``."""


def read_answer(read: Callable[[], bytes], *, limits: ReadingLimits, most_bytes: int) -> Answer:
    """Take an answer of ``/rmeta/xml``. Raises Broken, and what `read` raises."""
    stream = JsonStream(read, most_bytes=most_bytes)
    taking = _Taking(limits)
    try:
        for _ in stream.objects():
            if len(taking.answer.parts) >= limits.parts:
                raise Exhausted("too_many_parts")
            taking.part(stream)
    except (Exhausted, TooLong) as over:
        taking.answer.cut = over.reason if isinstance(over, Exhausted) else "too_long"
        taking.keep()
    if not taking.answer.parts:
        raise Broken("no parts")
    return taking.answer


class _Taking:
    """What has been taken so far."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.answer = Answer()
        self._limits = limits
        self._characters_left = limits.characters
        self._values: dict[str, str] = {}
        self._pages: list[tuple[int | None, list[str]]] = []

    def part(self, stream: JsonStream) -> None:
        """One object of the list."""
        self._values, self._pages = {}, []
        for key in stream.keys():  # noqa: SIM118 - it is no mapping
            if key == CONTENT:
                self._content(stream)
            elif key in WANTED:
                self._values[key] = stream.text(WANTED[key])
            else:
                stream.skip()
        self.keep()

    def keep(self) -> None:
        """Close the part that is open, if there is one; also when it was cut in the middle."""
        if self._values or self._pages:
            pages = tuple(
                TextPage(page=number, text=text)
                for number, texts in self._pages
                if (text := page_text(texts))
            )
            self.answer.parts.append(Part(Told(self._values), pages))
        self._values, self._pages = {}, []

    def text(self, text: str, *, page: int | None = None) -> None:
        """From the parser. Raises Exhausted at the limits."""
        if not self._pages or self._pages[-1][0] != page:
            if page is not None and page > self._limits.pages:
                raise Exhausted("too_many_pages")
            self._pages.append((page, []))
        kept = clean(text[: self._characters_left])
        self._pages[-1][1].append(kept)
        self._characters_left -= len(kept)
        if len(text) > len(kept) and self._characters_left <= 0:
            raise Exhausted("too_long")

    def _content(self, stream: JsonStream) -> None:
        parser = xhtml_parser(self, unseen_classes=_LISTS, most_levels=_MOST_LEVELS)
        before = ""
        try:
            for piece in stream.pieces():
                # Tika writes neither comments nor declarations; entities begin with one.
                if "<!" in before + piece:
                    raise Broken("markup that no server writes")
                before = piece[-1]
                parser.feed(piece.encode("utf-8", "replace"))
            if before:
                parser.close()
        except (etree.XMLSyntaxError, TooDeep) as error:
            raise Broken("no XHTML") from error
