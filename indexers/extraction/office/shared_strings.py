"""The strings that the cells of a workbook share."""

from indexers.extraction.office.markup import Attributes, MarkupTaker

_MOST_CHARACTERS = 20_000_000
"""Of all strings; they are held while sheets are read. Four times what is kept of a file."""


class SharedStrings(MarkupTaker):
    """Takes sharedStrings.xml."""

    tags = frozenset({"si", "rPh"})
    texts = frozenset({"t"})

    def __init__(self) -> None:
        self.found: list[str] = []
        self.cut = False
        """Whether there were more than are held."""
        self._pieces: list[str] = []
        self._pronounced = 0
        self._characters = 0

    def start(self, tag: str, _attributes: Attributes, /) -> None:
        """As the protocol says."""
        if tag == "rPh":  # the pronunciation that stands beside a word
            self._pronounced += 1
        else:
            self._pieces = []

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "rPh":
            self._pronounced -= 1
            return
        if not self.cut:
            self.found.append("".join(self._pieces))

    def text(self, text: str, /) -> None:
        """As the protocol says."""
        if not self._pronounced:
            self._characters += len(text)
            self.cut = self.cut or self._characters > _MOST_CHARACTERS
            if not self.cut:
                self._pieces.append(text)
