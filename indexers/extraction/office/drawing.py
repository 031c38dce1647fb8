"""Text of DrawingML: shapes, tables, charts and diagrams, in documents, sheets and slides."""

from collections.abc import Iterator

from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.office.parts import OfficeParts
from indexers.extraction.reading import Reading

_DRAWN = frozenset(
    {"chart", "chartEx", "diagramData", "chartUserShapes", "drawing", "legacyDiagramText"}
)
_MOST_STEPS = 4
"""A sheet draws a chart that has shapes of its users, and no more."""


class DrawingText(MarkupTaker):
    """Takes one part of DrawingML, or of what holds it."""

    tags = frozenset({"p", "br", "tc", "v", "cm", "ph", "sp", "Fallback", "threadedComment"})
    texts = frozenset({"t", "v", "pt", "text"})

    def __init__(
        self, reading: Reading, *, page: int | None = None, placeholders: bool = True
    ) -> None:
        """Without `placeholders`, boxes that only invite to write are left out."""
        self._reading = reading
        self._page = page
        self._placeholders = placeholders
        self._inside_placeholder = False
        self._fallback = 0

    def start(self, tag: str, _attributes: Attributes, /) -> None:
        """As the protocol says."""
        if tag == "Fallback":
            self._fallback += 1
        elif tag == "sp":
            self._inside_placeholder = False
        elif tag == "ph":
            self._inside_placeholder = not self._placeholders

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "Fallback":
            self._fallback -= 1
        elif tag == "sp":
            self._inside_placeholder = False
        elif tag == "tc":
            self.text("\t")
        elif tag != "ph":
            self.text("\n")

    def text(self, text: str, /) -> None:
        """As the protocol says."""
        if not (self._fallback or self._inside_placeholder):
            self._reading.text(text, page=self._page)


def read_drawings(parts: OfficeParts, part: str, *, page: int | None = None) -> None:
    """Charts, diagrams and drawings that `part` shows, with the files embedded in them."""
    for each in drawn(parts, part):
        parts.read(each, DrawingText(parts.reading, page=page))
        parts.embedded(each)


def drawn(parts: OfficeParts, part: str, steps: int = _MOST_STEPS) -> Iterator[str]:
    """The parts that `part` draws, and those that they draw."""
    for relation in parts.related(part) if steps else ():
        if relation.kind in _DRAWN:
            yield relation.part
            yield from drawn(parts, relation.part, steps - 1)
