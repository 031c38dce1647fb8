"""Reader of xlsx by its parts: one page for each sheet, cells as they are shown."""

from collections.abc import Mapping

from indexers.extraction.office.cell_styles import CellStyles
from indexers.extraction.office.cells import SheetText
from indexers.extraction.office.drawing import DrawingText, read_drawings
from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.office.package import OfficePackage, Relation
from indexers.extraction.office.parts import OfficeParts
from indexers.extraction.office.properties import read_properties
from indexers.extraction.office.shared_strings import SharedStrings
from indexers.extraction.reading import Exhausted, Reading

_WITH_SHEET = ("comments", "threadedComment")


def read_xlsx(reading: Reading) -> None:
    """Name, rows, headers, comments, text boxes and charts of each sheet, hidden ones too.

    Values of formulas are those that were stored; a sheet's embedded files are parts of their own.
    """
    with OfficePackage(reading) as package:
        parts = OfficeParts(package, reading)
        main = parts.main("xl/workbook.xml")
        related = parts.related(main)
        strings, styles = SharedStrings(), CellStyles()
        for each in related:
            if each.kind == "sharedStrings":
                parts.read(each.part, strings)
            elif each.kind == "styles":
                parts.read(each.part, styles)
        book = _Book()
        parts.must_read(main, book)
        styles.from_1904 = book.from_1904
        _read_sheets(parts, book, {each.key: each for each in related}, strings, styles)
        read_properties(parts)
        parts.finish()
        if strings.cut:
            raise Exhausted("too_long")


def _read_sheets(
    parts: OfficeParts,
    book: "_Book",
    related: Mapping[str, Relation],
    strings: SharedStrings,
    styles: CellStyles,
) -> None:
    for page, (name, key) in enumerate(book.sheets, 1):
        if page > parts.reading.limits.pages:
            raise Exhausted("too_many_pages")
        parts.reading.text(f"{name}\n", page=page)
        if key not in related:
            if key:  # modules of Excel 95 are named among the sheets, and have none
                parts.miss()
            continue
        sheet = related[key].part
        parts.read(sheet, SheetText(parts.reading, page, strings.found, styles))
        for each in parts.related(sheet):
            if each.kind in _WITH_SHEET:
                parts.read(each.part, DrawingText(parts.reading, page=page))
        read_drawings(parts, sheet, page=page)
        parts.embedded(sheet)


class _Book(MarkupTaker):
    """Takes the names of the sheets in their order, and from which day dates are counted."""

    tags = frozenset({"sheet", "workbookPr"})

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, attributes: Attributes, /) -> None:
        if tag == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("r:id", "")))
        else:
            told = attributes.get("date1904") in ("1", "true", "on")
            self.from_1904 = self.from_1904 or told  # extensions have an element of that name
