"""The cells of one sheet, row by row."""

import re
from collections.abc import Sequence

from indexers.extraction.office.cell_styles import CellStyles
from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.reading import Reading

_MOST_CELL_CHARACTERS = 32_767
"""What a cell holds (Excel specifications and limits); more is taken as it comes."""
_MOST_PIECES = 1_000
"""Of a text with formats of its own within it."""
_HEADERS = frozenset(
    {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
)
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[LCRPNDTGFAZBIUESXYOH])')
"""Codes of headers: places, fonts, sizes, colours, page numbers (ECMA-376 part 1, 18.3.1.39)."""


class SheetText(MarkupTaker):
    """Takes a worksheet, or another sort of sheet."""

    tags = frozenset({"c", "row", "rPh", *_HEADERS})
    texts = frozenset({"v", "t", *_HEADERS})

    def __init__(
        self, reading: Reading, page: int, strings: Sequence[str], styles: CellStyles
    ) -> None:
        self._reading = reading
        self._page = page
        self._strings = strings
        self._styles = styles
        self._pieces: list[str] = []
        self._kind = "n"
        self._style = 0
        self._pronounced = 0

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """As the protocol says."""
        if tag == "rPh":
            self._pronounced += 1
        elif tag == "c":
            self._pieces = []
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdecimal() else 0
        elif tag in _HEADERS:
            self._pieces = []

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "rPh":
            self._pronounced -= 1
        elif tag == "c":
            if self._pieces and (text := self._shown("".join(self._pieces))):
                self._reading.text(f"{text}\t", page=self._page)
            self._pieces = []
        elif tag == "row":
            self._reading.text("\n", page=self._page)
        elif tag in _HEADERS:
            text = _CODES.sub(" ", "".join(self._pieces)).replace("&&", "&").strip()
            self._reading.text(f"{text}\n", page=self._page)
            self._pieces = []

    def text(self, text: str, /) -> None:
        """As the protocol says."""
        if not self._pronounced:
            self._pieces.append(text)
            if len(text) > _MOST_CELL_CHARACTERS or len(self._pieces) > _MOST_PIECES:
                self._reading.text("".join(self._pieces), page=self._page)
                self._pieces = []

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            at = value.strip()
            return self._strings[int(at)] if at.isdecimal() and int(at) < len(self._strings) else ""
        if self._kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if self._kind in ("n", "d"):
            return self._styles.shown(value, self._style)
        return value
