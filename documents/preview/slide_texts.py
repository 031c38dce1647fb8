"""The text and pictures of slides (pptx), each with its title and what the speaker notes."""

from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from zipfile import ZipFile

from documents.office_pictures import MOST_SLIDES, referred, slides_of
from documents.preview.inlined_pictures import InlinedPictures
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

_MOST_CHARACTERS = 1_000_000
_MOST_LEVELS = 20
_Drawn = Callable[[Element], Iterator[str]]
_TITLES = ("title", "ctrTitle")
_NO_TEXT = ("sldNum", "dt", "ftr", "sldImg", "hdr")
"""Placeholders that repeat what every slide has."""


def slide_texts(path: Path) -> Written:
    """The slides in the order of the show, hidden ones marked. Raises Unshowable."""
    sections: list[Section] = []
    characters = 0
    with opened_zip(path) as archive:
        pictures, slides = InlinedPictures(archive), slides_of(archive)
        for number, part in slides[:MOST_SLIDES]:
            body = read_part(archive, part)
            if body is None:
                continue
            section = _section(number, body, _Around(archive, part, pictures))
            characters += len(section.html) + len(section.notes)
            if characters - pictures.characters > _MOST_CHARACTERS:
                return Written(sections=tuple(sections), cut=True)
            sections.append(section)
    return Written(sections=tuple(sections), cut=len(slides) > MOST_SLIDES)


class _Around:
    """What a slide refers to: its pictures, and what the speaker notes."""

    def __init__(self, archive: ZipFile, part: str, pictures: InlinedPictures) -> None:
        self._archive = archive
        self._pictures = pictures
        self._related = targets(archive, part)

    def notes(self) -> bytes | None:
        """The part with the notes; None where there are none."""
        found = (to for how, to in self._related.values() if how == "notesSlide")
        notes = next(found, "")
        return read_part(self._archive, notes) if notes else None

    def picture(self, shape: Element) -> Iterator[str]:
        """The picture that a shape is, as an element."""
        for identifier in referred(shape):
            kind, member = self._related.get(identifier, ("", ""))
            if kind == "image":
                given = self._pictures.attributes(
                    partial(self._body, member), described=_described(shape), member=member
                )
                told = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
                yield f"<p><img{told}></p>"
                return

    def _body(self, member: str, _most: int) -> bytes:
        return read_part(self._archive, member) or b""


def _section(number: int, body: bytes, around: _Around) -> Section:
    slide, noted = parsed(body), around.notes()
    notes = "".join(_shapes(parsed(noted), _nothing)) if noted else ""
    return Section(
        number=number,
        html="".join(_shapes(slide, around.picture)),
        notes=notes,
        hidden=attribute(slide, "show") in ("0", "false"),
    )


def _nothing(_: Element) -> Iterator[str]:
    """Of a page of notes no picture is shown: it is the slide itself."""
    return iter(())


def _shapes(element: Element, picture: _Drawn, level: int = 0) -> Iterator[str]:
    """Fragments of HTML for the shapes within, in their order."""
    if level > _MOST_LEVELS:
        return
    for each in element:
        name = local(each)
        if name == "sp":
            yield from _shape(each)
        elif name == "pic":
            yield from picture(each)
        elif name == "tbl":
            yield _table(each)
        elif name == "AlternateContent":
            yield from _one_of(each, picture, level + 1)
        elif name not in ("", "txBody", "extLst"):
            yield from _shapes(each, picture, level + 1)


def _one_of(alternatives: Element, picture: _Drawn, level: int) -> list[str]:
    """The first form of a shape of which anything is shown (ECMA-376 part 3, 10.2)."""
    forms = (each for each in alternatives if local(each) in ("Choice", "Fallback"))
    made = (list(_shapes(form, picture, level)) for form in forms)
    return next(filter(None, made), [])


def _described(shape: Element) -> str:
    """What its author says of a picture."""
    return next((attribute(each, "descr") for each in shape.iter("{*}cNvPr")), "")


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
