"""The properties of a document by which people look for it: title, subject, author, keywords."""

from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.office.parts import OfficeParts

_CORE = frozenset(
    {"title", "subject", "creator", "keywords", "description", "category", "contentStatus"}
)
_EXTENDED = frozenset({"Company", "Manager"})
_CUSTOM = frozenset({"lpwstr", "lpstr", "bstr"})
_MOST_CHARACTERS = 100_000
"""Of all properties; honest ones are a few lines."""
_SHARES = {
    "core-properties": _CORE,
    "extended-properties": _EXTENDED,
    "custom-properties": _CUSTOM,
}


def read_properties(parts: OfficeParts) -> None:
    """A line for each property that says anything, after the text of the document."""
    found = _Properties()
    for relation in parts.related(""):
        if wanted := _SHARES.get(relation.kind):
            found.texts = found.tags = wanted
            parts.read(relation.part, found)
    for line in dict.fromkeys(found.lines):
        parts.reading.about(line)


class _Properties(MarkupTaker):
    def __init__(self) -> None:
        self.tags: frozenset[str] = frozenset()
        self.texts: frozenset[str] = frozenset()
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._characters = 0

    def start(self, _tag: str, _attributes: Attributes, /) -> None:
        self._pieces = []

    def end(self, _tag: str, /) -> None:
        if line := "".join(self._pieces).strip():
            self.lines.append(line)

    def text(self, text: str, /) -> None:
        self._characters += len(text)
        if self._characters < _MOST_CHARACTERS:
            self._pieces.append(text)
