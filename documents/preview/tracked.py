"""Tracked changes of a docx as styles of runs, so that both states of it can be drawn.

What was put in or moved here is marked, what was taken out or moved away as well (ECMA-376 part 1,
17.13.5); without `changes` the latter goes.
"""

import io
import re
import zipfile
from pathlib import Path

from lxml import etree

from documents.failing import Unshowable
from documents.preview.zipped_xml import Element, parsed, read_part

INSERTED, DELETED = "WenshuInserted", "WenshuDeleted"
"""Identifiers of styles by which the marked runs are known."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[\s/>]")
_MOST_BYTES = 200 << 20


def is_tracked(path: Path) -> bool:
    """Whether the text of a docx holds tracked changes. Raises Unshowable."""
    with _opened(path) as package:
        return _TRACKED.search(read_part(package, _MAIN) or b"") is not None


def with_changes_as_styles(path: Path, *, changes: bool) -> io.BytesIO:
    """The package with runs that are styled instead of tracked. Raises Unshowable."""
    out = io.BytesIO()
    with _opened(path) as package, zipfile.ZipFile(out, "w") as made:
        if sum(member.file_size for member in package.infolist()) > _MOST_BYTES:
            raise Unshowable("bomb")
        for member in package.infolist():
            body = read_part(package, member.filename) or b""
            made.writestr(
                member.filename,
                _styled(body, changes=changes) if member.filename == _MAIN else body,
            )
    out.seek(0)
    return out


def _styled(body: bytes, *, changes: bool) -> bytes:
    root = parsed(body)
    if changes:
        for row in _marked_rows(root, "ins"):
            _mark(row, INSERTED)
    for name, style in (
        ("ins", INSERTED), ("moveTo", INSERTED), ("del", DELETED), ("moveFrom", DELETED),
    ):  # fmt: skip
        for each in list(root.iter(f"{_W}{name}")):
            if each.find(f".//{_W}r") is None:
                continue  # the mark of a paragraph or a row
            if style == DELETED and not changes:
                _drop(each)
                continue
            each.tag = f"{_W}ins"
            if changes:
                _mark(each, style)
    for row in _marked_rows(root, "del"):
        if changes:
            _mark(row, DELETED)
        else:
            _drop_row(row)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _marked_rows(root: Element, name: str) -> list[Element]:
    """Rows of tables that were put in or taken out as a whole, their marks taken off."""
    marked: list[Element] = []
    for row in root.iter(f"{_W}tr"):
        marks = row.findall(f"{_W}trPr/{_W}{name}")
        for each in marks:
            _drop(each)
        marked.extend([row] if marks else [])
    return marked


def _mark(change: Element, style: str) -> None:
    for run in change.iter(f"{_W}r"):
        look = run.find(f"{_W}rPr")
        if look is None:
            look = etree.Element(f"{_W}rPr")
            run.insert(0, look)
        for old in look.findall(f"{_W}rStyle"):
            look.remove(old)
        look.insert(0, etree.Element(f"{_W}rStyle", {f"{_W}val": style}))
        for text in run.findall(f"{_W}delText"):
            text.tag = f"{_W}t"


def _drop_row(row: Element) -> None:
    """The row goes, and with its last row the table."""
    table = row.getparent()
    _drop(row)
    if table is not None and table.find(f"{_W}tr") is None:
        _drop(table)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unshowable("parse") from error
