"""The text of slides (pptx), each with its title, its tables and what the speaker notes."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from documents.failing import Unshowable
from documents.preview.zipped_xml import (
    Element,
    attribute,
    local,
    parsed,
    read_part,
    targets,
)
from documents.zips import opened_zip
from records.preview import Section, Written

PRESENTATION = "ppt/presentation.xml"
_MOST_SLIDES = 500
_MOST_CHARACTERS = 1_000_000
_MOST_LEVELS = 20
_TITLES = ("title", "ctrTitle")
_NO_TEXT = ("sldNum", "dt", "ftr", "sldImg", "hdr")
"""Placeholders that repeat what every slide has."""


def slide_texts(path: Path) -> Written:
    """The slides in the order of the show, hidden ones marked. Raises Unshowable."""
    sections: list[Section] = []
    left = _MOST_CHARACTERS
    with opened_zip(path) as archive:
        data = read_part(archive, PRESENTATION)
        if data is None:
            raise Unshowable("parse")
        related = targets(archive, PRESENTATION)
        asked = [related.get(_relation(each), ("", "")) for each in parsed(data).iter("{*}sldId")]
        for number, (kind, part) in enumerate(asked[:_MOST_SLIDES], 1):
            body = read_part(archive, part) if kind == "slide" else None
            if body is None:
                continue
            notes = next(
                (to for how, to in targets(archive, part).values() if how == "notesSlide"), ""
            )
            noted = read_part(archive, notes) if notes else None
            section = _section(number, body, noted)
            left -= len(section.html) + len(section.notes)
            if left < 0:
                return Written(sections=tuple(sections), cut=True)
            sections.append(section)
    return Written(sections=tuple(sections), cut=len(asked) > _MOST_SLIDES)


def _section(number: int, body: bytes, noted: bytes | None) -> Section:
    slide = parsed(body)
    notes = "".join(_shapes(parsed(noted))) if noted else ""
    return Section(
        number=number,
        html="".join(_shapes(slide)),
        notes=notes,
        hidden=attribute(slide, "show") in ("0", "false"),
    )


def _relation(element: Element) -> str:
    """The identifier of what is referred to: ``id`` alone is another one."""
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).endswith("}id")),
        "",
    )


def _shapes(element: Element, level: int = 0) -> Iterator[str]:
    """Fragments of HTML for the shapes within, in their order."""
    if level > _MOST_LEVELS:
        return
    for each in element:
        name = local(each)
        if name == "sp":
            yield from _shape(each)
        elif name == "tbl":
            yield _table(each)
        elif name not in ("", "txBody", "extLst"):
            yield from _shapes(each, level + 1)


def _shape(shape: Element) -> Iterator[str]:
    holder = next(shape.iter("{*}ph"), None)
    kind = attribute(holder, "type") if holder is not None else ""
    if kind in _NO_TEXT:
        return
    for paragraph in shape.iterfind("{*}txBody/{*}p"):
        text = _text(paragraph)
        if text.strip():
            tag = "h3" if kind in _TITLES else "p"
            yield f"<{tag}>{escape(text)}</{tag}>"


def _table(table: Element) -> str:
    rows = (
        "".join(
            f"<td>{'<br>'.join(escape(_text(p)) for p in cell.iter('{*}p'))}</td>"
            for cell in row.iterfind("{*}tc")
        )
        for row in table.iterfind("{*}tr")
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _text(paragraph: Element) -> str:
    pieces = (
        " " if local(each) == "br" else each.text or "" for each in paragraph.iter("{*}t", "{*}br")
    )
    return "".join(pieces)
