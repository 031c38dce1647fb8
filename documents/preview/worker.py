"""The worker process of previews: one request, one JSON answer, then the bytes of a picture."""

from collections.abc import Callable, Mapping
from pathlib import Path

from documents.answering import Answered, Asked, answered
from documents.failing import NoSuchPage, Unshowable
from documents.ofd.preview import count_ofd_pages, draw_ofd_page
from documents.pictures import measure, remake
from documents.preview.csv_rows import csv_rows, csv_words
from documents.preview.kind import Kind, kind_of, notices
from documents.preview.mail_page import mail_page
from documents.preview.old_sheets import old_row_words, old_sheet_names, old_sheet_rows
from documents.preview.open_sheets import open_row_words, open_sheet_names, open_sheet_rows
from documents.preview.outlook_page import outlook_page
from documents.preview.pdf_pages import count_pages, draw_page, encoded, small_page
from documents.preview.sheet_rows import row_words, sheet_names, sheet_rows
from documents.preview.slide_texts import slide_texts
from documents.preview.small_drawing import small_drawing
from documents.preview.word_html import word_html
from records.preview import Outline, Picture, PreviewKind
from sandbox.child import serve

_SMALL_SIDE = 256
"""Pixels of the longer side of a page in small: twice what is seen, for fine screens."""

_LARGEST_BYTES = 200 << 20
"""Only PDF may be larger: it is read in place, the others whole."""


_SHEET_ROWS = {
    Kind.SHEETS: sheet_rows,
    Kind.OLD_SHEETS: old_sheet_rows,
    Kind.OPEN_SHEETS: open_sheet_rows,
}
_ROW_WORDS = {
    Kind.SHEETS: row_words,
    Kind.OLD_SHEETS: old_row_words,
    Kind.OPEN_SHEETS: open_row_words,
    Kind.VALUES: csv_words,
}
_OF_OTHER_OFFICES = {Kind.OLD_SHEETS: old_sheet_names, Kind.OPEN_SHEETS: open_sheet_names}
_WHOLE = {
    Kind.VALUES: PreviewKind.TABLE,
    Kind.PICTURE: PreviewKind.PICTURE,
    Kind.TEXT: PreviewKind.TEXT,
    Kind.MAIL: PreviewKind.MAIL,
    Kind.HOLDINGS: PreviewKind.HOLDINGS,
}


def _outline(path: Path, asked: Asked) -> Answered:
    try:
        outline = _outlined(path, asked["name"])
    except Unshowable as failed:
        outline = Outline(kind=PreviewKind.NONE, pages=0, reason=failed.why)
    return {"outline": outline.model_dump(mode="json")}, b""


def _outlined(path: Path, name: str) -> Outline:
    kind = _kind(path, name)
    if kind in (Kind.PDF, Kind.OFD):
        counted = count_pages if kind is Kind.PDF else count_ofd_pages
        return Outline(kind=PreviewKind.PAGES, pages=counted(path))
    if kind is Kind.SHEETS:
        return _table_of(sheet_names(path), notices(path))
    if kind in _OF_OTHER_OFFICES:
        return _table_or_text(path, _OF_OTHER_OFFICES[kind])
    if kind in (Kind.WORD, Kind.SLIDES):
        shown = PreviewKind.HTML if kind is Kind.WORD else PreviewKind.SLIDES
        return Outline(kind=shown, pages=1, notices=notices(path))
    if kind is Kind.UNKNOWN:
        return Outline(kind=PreviewKind.NONE, pages=0, reason="type")
    if kind is Kind.PICTURE:
        measure(path)
    return Outline(kind=_WHOLE[kind], pages=1)


def _table_or_text(path: Path, names: Callable[[Path], tuple[tuple[str, bool], ...]]) -> Outline:
    """As a table, or by what extraction read of it."""
    try:
        return _table_of(names(path), ())
    except Unshowable:
        return Outline(kind=PreviewKind.TEXT, pages=1)


def _table_of(sheets: tuple[tuple[str, bool], ...], notices: tuple[str, ...]) -> Outline:
    return Outline(
        kind=PreviewKind.TABLE,
        pages=len(sheets),
        names=tuple(name for name, _ in sheets),
        hidden=tuple(number for number, (_, hidden) in enumerate(sheets, 1) if hidden),
        notices=notices,
    )


def _page(path: Path, asked: Asked) -> Answered:
    kind = _kind(path, asked["name"])
    if kind is Kind.PDF:
        view = draw_page(path, asked["page"])
    elif kind is Kind.OFD:
        view = draw_ofd_page(path, asked["page"])
    else:
        raise Unshowable("type")
    return {"view": view.model_dump(mode="json", exclude={"picture"})}, view.picture


def _written(path: Path, asked: Asked) -> Answered:
    kind, name = _kind(path, asked["name"]), asked["name"]
    if kind is Kind.WORD:
        made = word_html(path, changes=bool(asked["changes"]))
    elif kind is Kind.MAIL:
        made = outlook_page(path) if name.lower().endswith(".msg") else mail_page(path)
    elif kind is Kind.SLIDES:
        made = slide_texts(path)
    else:
        raise Unshowable("type")
    return {}, made.model_dump_json().encode("utf-8", "replace")


def _table(path: Path, asked: Asked) -> Answered:
    kind, number, first_row = _kind(path, asked["name"]), asked["sheet"], asked["first_row"]
    if kind is Kind.VALUES:
        if number != 1:
            raise NoSuchPage
        sheet = csv_rows(path, first_row)
    elif kind in _SHEET_ROWS:
        sheet = _SHEET_ROWS[kind](path, number, first_row)
    else:
        raise Unshowable("type")
    return {"sheet": sheet.model_dump(mode="json", exclude_defaults=True)}, b""


def _words(path: Path, asked: Asked) -> Answered:
    kind = _kind(path, asked["name"])
    if kind not in _ROW_WORDS:
        raise Unshowable("type")
    return {}, _ROW_WORDS[kind](path).model_dump_json().encode("utf-8", "replace")


def _picture(path: Path, asked: Asked) -> Answered:
    if _kind(path, asked["name"]) is not Kind.PICTURE:
        raise Unshowable("type")
    return _given(remake(path, turns=asked["turns"]))


def _thumbnail(path: Path, asked: Asked) -> Answered:
    kind = _kind(path, asked["name"])
    if kind is Kind.PDF:
        return _given(small_page(path, asked["page"], most_side=_SMALL_SIDE))
    if kind is Kind.OFD:
        drawing = draw_ofd_page(path, asked["page"]).picture
        return _given(
            encoded(
                small_drawing(drawing, most_side=_SMALL_SIDE), has_pictures=b"<image " in drawing
            )
        )
    if kind is Kind.PICTURE:
        return _given(remake(path, most_side=_SMALL_SIDE))
    raise Unshowable("type")


def _given(picture: Picture) -> Answered:
    return {"picture": picture.model_dump(mode="json", exclude={"body"})}, picture.body


def _kind(path: Path, name: str) -> Kind:
    kind = kind_of(path, name)
    if kind is not Kind.PDF and path.stat().st_size > _LARGEST_BYTES:
        raise Unshowable("too_large")
    return kind


_DO: Mapping[str, Callable[[Path, Asked], Answered]] = {
    "outline": _outline,
    "page": _page,
    "written": _written,
    "table": _table,
    "words": _words,
    "picture": _picture,
    "thumbnail": _thumbnail,
}

if __name__ == "__main__":
    serve(answered(_DO))
