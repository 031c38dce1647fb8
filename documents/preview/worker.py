"""The worker process of previews: one request, one JSON answer, then the bytes of a picture."""

from collections.abc import Callable, Mapping
from pathlib import Path

from documents.answering import Answered, Asked, answered
from documents.failing import Unshowable
from documents.ofd.preview import count_ofd_pages, draw_ofd_page
from documents.pictures import remake
from documents.preview.kind import Kind, kind_of, notices
from documents.preview.pdf_pages import count_pages, draw_page
from documents.preview.sheet_rows import sheet_names, sheet_rows
from documents.preview.word_html import word_html
from records.preview import Outline, PreviewKind
from sandbox.child import serve

_LARGEST_BYTES = 200 << 20
"""Only PDF may be larger: it is read in place, the others whole."""


def _outline(path: Path, asked: Asked) -> Answered:
    try:
        outline = _outlined(path, asked["name"])
    except Unshowable as failed:
        outline = Outline(kind=PreviewKind.NONE, pages=0, reason=failed.why)
    return {"outline": outline.model_dump(mode="json")}, b""


def _outlined(path: Path, name: str) -> Outline:
    kind = _kind(path, name)
    if kind is Kind.PDF:
        return Outline(kind=PreviewKind.PAGES, pages=count_pages(path))
    if kind is Kind.OFD:
        return Outline(kind=PreviewKind.PAGES, pages=count_ofd_pages(path))
    if kind is Kind.WORD:
        return Outline(kind=PreviewKind.HTML, pages=1, notices=notices(path))
    if kind is Kind.SHEETS:
        names = sheet_names(path)
        return Outline(kind=PreviewKind.TABLE, pages=len(names), names=names, notices=notices(path))
    if kind is Kind.UNKNOWN:
        return Outline(kind=PreviewKind.NONE, pages=0, reason="type")
    shown = PreviewKind.PICTURE if kind is Kind.PICTURE else PreviewKind.TEXT
    return Outline(kind=shown, pages=1)


def _page(path: Path, asked: Asked) -> Answered:
    kind = _kind(path, asked["name"])
    if kind is Kind.PDF:
        view = draw_page(path, asked["page"])
    elif kind is Kind.OFD:
        view = draw_ofd_page(path, asked["page"])
    else:
        raise Unshowable("type")
    return {"view": view.model_dump(mode="json", exclude={"picture"})}, view.picture


def _html(path: Path, asked: Asked) -> Answered:
    if _kind(path, asked["name"]) is not Kind.WORD:
        raise Unshowable("type")
    return {}, word_html(path).encode("utf-8", "replace")


def _table(path: Path, asked: Asked) -> Answered:
    if _kind(path, asked["name"]) is not Kind.SHEETS:
        raise Unshowable("type")
    sheet = sheet_rows(path, asked["sheet"], asked["first_row"])
    return {"sheet": sheet.model_dump(mode="json")}, b""


def _picture(path: Path, asked: Asked) -> Answered:
    if _kind(path, asked["name"]) is not Kind.PICTURE:
        raise Unshowable("type")
    made = remake(path)
    return {"picture": made.model_dump(mode="json", exclude={"body"})}, made.body


def _kind(path: Path, name: str) -> Kind:
    kind = kind_of(path, name)
    if kind is not Kind.PDF and path.stat().st_size > _LARGEST_BYTES:
        raise Unshowable("too_large")
    return kind


_DO: Mapping[str, Callable[[Path, Asked], Answered]] = {
    "outline": _outline,
    "page": _page,
    "html": _html,
    "table": _table,
    "picture": _picture,
}

if __name__ == "__main__":
    serve(answered(_DO))
