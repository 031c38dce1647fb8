"""Reader of pptx: slides in the order of the show, each with its notes, charts and comments."""

from indexers.extraction.ooxml import OfficePackage, local
from indexers.extraction.reading import Exhausted, Reading

_WITH_SLIDE = frozenset({"notesSlide", "comments", "chart", "diagramData"})
_TEXT_TAGS = frozenset({"t", "v", "text"})
_PARAGRAPHS = frozenset({"p", "pt", "cm"})


def read_pptx(reading: Reading) -> None:
    """One page for each slide."""
    with OfficePackage(reading.path, reading.limits) as package:
        main = package.main_part("ppt/presentation.xml")
        targets = {key: part for key, kind, part in package.related(main) if kind == "slide"}
        slides = [targets[key] for key in _order(package, main) if key in targets]
        for number, slide in enumerate(slides or targets.values(), 1):
            if number > reading.limits.pages:
                raise Exhausted("too_many_pages")
            _text(reading, package, slide, page=number)
            for _, kind, part in package.related(slide):
                if kind in _WITH_SLIDE:
                    _text(reading, package, part, page=number)


def _order(package: OfficePackage, main: str) -> list[str]:
    return [
        value
        for event, element in package.walk(main, forget="sldIdLst")
        if event == "start" and local(element) == "sldId"
        for name, value in element.attrib.items()
        if name.endswith("}id")
    ]


def _text(reading: Reading, package: OfficePackage, part: str, *, page: int) -> None:
    inside_fallback = 0
    for event, element in package.walk(part, forget="p"):
        tag = local(element)
        if tag == "Fallback":
            inside_fallback += 1 if event == "start" else -1
        elif event == "start" or inside_fallback:
            continue
        elif tag in _TEXT_TAGS:
            reading.text(element.text or "", page=page)
        elif tag in _PARAGRAPHS or tag == "br":
            reading.text("\n", page=page)
        elif tag == "tc":
            reading.text("\t", page=page)
