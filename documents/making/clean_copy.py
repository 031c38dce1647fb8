"""清稿: a docx with every tracked change accepted and its comments gone (FW-16, MB-08).

Word's accepted view (ECMA-376, part 1, 17.13): what was deleted or moved away goes, what was
inserted or moved here stays without its mark, what formats were before is forgotten; a paragraph
whose mark was deleted runs on into the next. Only parts of text are written anew; every other part
of the package is taken over byte for byte.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from documents.failing import Unshowable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_COMMENTS = re.compile(r"word/comments\w*\.xml")
_GONE = tuple(
    _W + name
    for name in (
        *("del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"),
        *("tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("commentRangeStart", "commentRangeEnd", "cellIns", "cellMerge"),
    )
)
_KEPT_INSIDE = (_W + "ins", _W + "moveTo")
_MOST_BYTES = 200 << 20


def clean_copy(path: Path) -> bytes | None:
    """The package with the accepted view; None when nothing of it is tracked or commented.

    Raises Unshowable (``parse``, ``bomb``) for what is no sound docx.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _cleaned(package)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, RuntimeError) as error:
        raise Unshowable("parse") from error


def _cleaned(package: zipfile.ZipFile) -> bytes | None:
    if sum(member.file_size for member in package.infolist()) > _MOST_BYTES:
        raise Unshowable("bomb")
    changed = False
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in package.infolist():
            body = package.read(member)
            if _TEXTS.fullmatch(member.filename):
                accepted = _accepted(body, comments=bool(_COMMENTS.fullmatch(member.filename)))
                changed |= accepted is not None
                body = body if accepted is None else accepted
            made.writestr(_undated(member), body)
    return out.getvalue() if changed else None


def _undated(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same of the same: no time of making stands in what is made."""
    info = zipfile.ZipInfo(member.filename, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _accepted(body: bytes, *, comments: bool) -> bytes | None:
    """A part with its changes accepted; None when it has none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(body, parser)
    tracked = [root.iter(*_GONE), root.iter(*_KEPT_INSIDE), root.iter(_W + "commentReference")]
    if comments:
        tracked.append(root.iter(_W + "comment"))
    if not any(True for found in tracked for _ in found):
        return None
    if comments:
        root[:] = []
    _take_rows_away(root)
    joined = list(_deleted_marks(root))
    for element in list(root.iter(_W + "commentReference")):
        _remove(_run_of(element))
    for element in list(root.iter(*_GONE)):
        _remove(element)
    for element in list(root.iter(*_KEPT_INSIDE)):
        _unwrap(element)
    for paragraph in reversed(joined):
        _join_with_next(paragraph)
    told = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(told)


def _take_rows_away(root: etree._Element) -> None:
    """Rows of tables that were deleted as a whole, and cells."""
    for row in list(root.iter(_W + "tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            _remove(row)
    for cell in list(root.iter(_W + "tc")):
        if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
            _remove(cell)


def _deleted_marks(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs whose end was deleted or moved away."""
    for paragraph in root.iter(_W + "p"):
        mark = paragraph.find(f"{_W}pPr/{_W}rPr")
        if mark is not None and (
            mark.find(_W + "del") is not None or mark.find(_W + "moveFrom") is not None
        ):
            yield paragraph


def _join_with_next(paragraph: etree._Element) -> None:
    """What is left of it stands before the next paragraph's text; alone at the end it stays."""
    following = paragraph.getnext()
    if following is None or following.tag != _W + "p":
        if _is_empty(paragraph) and following is not None:
            _remove(paragraph)
        return
    at = 1 if following.find(_W + "pPr") is not None else 0
    for child in [each for each in paragraph if each.tag != _W + "pPr"]:
        following.insert(at, child)
        at += 1
    _remove(paragraph)


def _is_empty(paragraph: etree._Element) -> bool:
    return all(child.tag == _W + "pPr" for child in paragraph)


def _run_of(reference: etree._Element) -> etree._Element:
    parent = reference.getparent()
    return parent if parent is not None and parent.tag == _W + "r" else reference


def _unwrap(element: etree._Element) -> None:
    """Its children stand in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
