"""Reader of Visio drawings (vsdx): the text of every shape, page by page, and of the stencils."""

from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.office.package import OfficePackage
from indexers.extraction.office.parts import OfficeParts
from indexers.extraction.office.properties import read_properties
from indexers.extraction.reading import Exhausted, Reading


def read_vsdx(reading: Reading) -> None:
    """One page for each page of the drawing, with its name; the shapes of stencils follow."""
    with OfficePackage(reading) as package:
        parts = OfficeParts(package, reading)
        main = parts.main("visio/document.xml")
        for part in _related(parts, main, "pages"):
            _read_pages(parts, part)
        for part in _related(parts, main, "masters"):
            parts.read(part, _Names(reading))
            for master in _related(parts, part, "master"):
                parts.read(master, _ShapeText(reading, None))
                parts.embedded(master)
        for part in _related(parts, main, "comments"):
            parts.read(part, _ShapeText(reading, None))
        read_properties(parts)
        parts.finish()


def _read_pages(parts: OfficeParts, pages: str) -> None:
    names = _Pages()
    parts.must_read(pages, names)
    targets = {each.key: each.part for each in parts.related(pages) if each.kind == "page"}
    for number, (name, key) in enumerate(names.found, 1):
        if number > parts.reading.limits.pages:
            raise Exhausted("too_many_pages")
        parts.reading.text(f"{name}\n", page=number)
        if key not in targets:
            parts.miss()
            continue
        parts.read(targets[key], _ShapeText(parts.reading, number))
        parts.embedded(targets[key])


def _related(parts: OfficeParts, part: str, kind: str) -> list[str]:
    return [each.part for each in parts.related(part) if each.kind == kind]


class _Pages(MarkupTaker):
    """Takes name and relationship of every page."""

    tags = frozenset({"Page", "Rel"})

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: Attributes, /) -> None:
        if tag == "Page":
            self.found.append((attributes.get("Name", ""), ""))
        elif self.found:
            self.found[-1] = (self.found[-1][0], attributes.get("r:id", ""))


class _Names(MarkupTaker):
    """Takes the names of masters."""

    tags = frozenset({"Master"})

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def start(self, _tag: str, attributes: Attributes, /) -> None:
        self._reading.text(f"{attributes.get('Name', '')}\n")


class _ShapeText(MarkupTaker):
    """Takes the texts of shapes."""

    tags = frozenset({"Text", "CommentEntry"})
    texts = frozenset({"Text", "CommentEntry"})

    def __init__(self, reading: Reading, page: int | None) -> None:
        self._reading = reading
        self._page = page

    def end(self, _tag: str, /) -> None:
        self._reading.text("\n", page=self._page)

    def text(self, text: str, /) -> None:
        self._reading.text(text, page=self._page)
