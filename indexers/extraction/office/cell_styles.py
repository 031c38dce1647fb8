"""Which number format a cell has, and its value as the format shows it."""

from functools import lru_cache

from indexers.extraction.office.markup import Attributes, MarkupTaker
from notation.cell_formats import CellFormat, built_in

_MOST_FORMATS = 4_000
"""More formats than Excel allows in a workbook (Excel specifications and limits: 200 to 250)."""
_MOST_CODE = 1_000
"""Characters of a format; Excel writes at most 255."""


class CellStyles(MarkupTaker):
    """Takes styles.xml of a workbook."""

    tags = frozenset({"numFmt", "cellXfs", "xf", "dxfs"})

    def __init__(self) -> None:
        self.from_1904 = False
        """Whether days are counted from 1904-01-01, as on the first Macintoshes."""
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._formats: dict[str, CellFormat] = {}
        self._inside_cells = False
        self._inside_differences = False

    def start(self, tag: str, attributes: Attributes, /) -> None:
        """As the protocol says."""
        if tag == "cellXfs":
            self._inside_cells = True
        elif tag == "dxfs":
            self._inside_differences = True
        elif tag == "xf":
            if self._inside_cells:
                self._styles.append(attributes.get("numFmtId", "0"))
        elif not self._inside_differences and len(self._codes) < _MOST_FORMATS:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[
                :_MOST_CODE
            ]

    def end(self, tag: str, /) -> None:
        """As the protocol says."""
        if tag == "cellXfs":
            self._inside_cells = False
        elif tag == "dxfs":
            self._inside_differences = False

    def shown(self, value: str, style: int) -> str:
        """A number as a cell of this style (its place among the cell formats) shows it."""
        key = self._styles[style] if style < len(self._styles) else "0"
        found = self._formats.get(key)
        if found is None:
            code = self._codes.get(key) or built_in(key)
            found = self._formats[key] = _parsed(code)
        return found.shown(value, from_1904=self.from_1904)


@lru_cache(maxsize=512)
def _parsed(code: str) -> CellFormat:
    return CellFormat(code)
