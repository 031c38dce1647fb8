"""Reader of docx by its parts: the accepted view of tracked changes, deletions kept apart."""

from indexers.extraction.office.document_text import Deletions, DocumentText, GlossaryText
from indexers.extraction.office.drawing import read_drawings
from indexers.extraction.office.list_definitions import (
    ListDefinitions,
    NumberingTaker,
    StylesTaker,
)
from indexers.extraction.office.list_numbers import ListNumbers
from indexers.extraction.office.package import OfficePackage
from indexers.extraction.office.parts import OfficeParts
from indexers.extraction.office.properties import read_properties
from indexers.extraction.reading import Reading

_AROUND = ("header", "footnotes", "endnotes", "footer", "comments", "glossaryDocument")


def read_docx(reading: Reading) -> None:
    """All text as it stands when every change is accepted, then what changes deleted.

    Automatic numbers, headers, footers, notes, text boxes, comments, charts, diagrams and
    properties belong to the text; embedded files are parts of their own.
    """
    with OfficePackage(reading) as package:
        parts = OfficeParts(package, reading)
        main = parts.main("word/document.xml")
        deleted = Deletions()
        _read_texts(parts, main, deleted)
        read_properties(parts)
        deleted.tell(reading)
        around = [each.part for each in parts.related(main) if each.kind in _AROUND]
        for part in (main, *around):
            parts.embedded(part)
        parts.finish()


def _read_texts(parts: OfficeParts, main: str, deleted: Deletions) -> None:
    numbers = ListNumbers(_list_definitions(parts, main))
    parts.must_read(main, DocumentText(parts.reading, numbers, deleted))
    around = parts.related(main)
    for kind in _AROUND:
        for each in around:
            if each.kind == kind:
                taker = GlossaryText if kind == "glossaryDocument" else DocumentText
                parts.read(each.part, taker(parts.reading, numbers, deleted))
    for part in (main, *(each.part for each in around if each.kind in _AROUND)):
        read_drawings(parts, part)


def _list_definitions(parts: OfficeParts, main: str) -> ListDefinitions:
    lists, styles = NumberingTaker(), StylesTaker()
    for each in parts.related(main):
        if each.kind == "numbering":
            parts.read(each.part, lists)
        elif each.kind == "styles":
            parts.read(each.part, styles)
    return ListDefinitions(lists.abstract, lists.instances, styles.styles, styles.default)
