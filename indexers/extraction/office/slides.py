"""Reader of pptx: slides in the order of the show, each with its notes, charts and comments."""

from indexers.extraction.office.drawing import DrawingText, read_drawings
from indexers.extraction.office.markup import Attributes, MarkupTaker
from indexers.extraction.office.package import OfficePackage
from indexers.extraction.office.parts import OfficeParts
from indexers.extraction.office.properties import read_properties
from indexers.extraction.reading import Exhausted, Reading

_WITH_SLIDE = ("notesSlide", "comments")
_BESIDE_SLIDES = ("notesMaster", "handoutMaster")
_AUTHORS = ("commentAuthors", "authors")
_BENEATH_SLIDE = ("slideLayout", "slideMaster")


def read_pptx(reading: Reading) -> None:
    """One page for each slide; what masters show stands on the first slide that shows it."""
    with OfficePackage(reading) as package:
        parts = OfficeParts(package, reading)
        main = parts.main("ppt/presentation.xml")
        shown = _Order()
        parts.must_read(main, shown)
        targets = {each.key: each.part for each in parts.related(main) if each.kind == "slide"}
        for page, key in enumerate(shown.keys or targets, 1):
            if page > reading.limits.pages:
                raise Exhausted("too_many_pages")
            if key in targets:
                _read_slide(parts, targets[key], page)
            else:
                parts.miss()
        for each in parts.related(main):
            if each.kind in _BESIDE_SLIDES:
                parts.read(each.part, DrawingText(reading, placeholders=False))
            elif each.kind in _AUTHORS:
                parts.read(each.part, _Authors(reading))
        read_properties(parts)
        parts.embedded(main)
        parts.finish()


def _read_slide(parts: OfficeParts, slide: str, page: int) -> None:
    parts.must_read(slide, DrawingText(parts.reading, page=page))
    read_drawings(parts, slide, page=page)
    parts.embedded(slide)
    for each in parts.related(slide):
        if each.kind in _WITH_SLIDE:
            parts.read(each.part, DrawingText(parts.reading, page=page))
            read_drawings(parts, each.part, page=page)
            parts.embedded(each.part)
    beneath = slide
    for kind in _BENEATH_SLIDE:
        found = [each.part for each in parts.related(beneath) if each.kind == kind]
        if found:
            beneath = found[0]
            parts.read(beneath, DrawingText(parts.reading, page=page, placeholders=False))
            read_drawings(parts, beneath, page=page)
            parts.embedded(beneath)


class _Order(MarkupTaker):
    """Takes the identifiers of the slides as they are shown."""

    tags = frozenset({"sldId"})

    def __init__(self) -> None:
        self.keys: list[str] = []

    def start(self, _tag: str, attributes: Attributes, /) -> None:
        if "r:id" in attributes:  # sections name slides as well, by another identifier
            self.keys.append(attributes["r:id"])


class _Authors(MarkupTaker):
    """Takes the names of those who comment."""

    tags = frozenset({"cmAuthor", "author"})

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def start(self, _tag: str, attributes: Attributes, /) -> None:
        self._reading.text(f"{attributes.get('name', '')}\n")
