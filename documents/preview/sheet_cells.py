"""Rows of a sheet as cells: what each shows, and whether it is a number."""

import re

from documents.failing import Unshowable
from documents.preview.merged_cells import column_number
from documents.preview.workbook import YES, Workbook, string_of
from documents.preview.zipped_xml import Element, local, parsed
from records.preview import Cell

MOST_COLUMNS = 100
MOST_CHARACTERS = 2_000
"""Of one cell."""
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true|on)["']""")
_FROM = re.compile(rb"""\smin\s*=\s*["'](\d{1,6})["']""")
_TO = re.compile(rb"""\smax\s*=\s*["'](\d{1,6})["']""")


class Row:
    """One row as read: cells by their column; `wider` when there are more than are shown."""

    def __init__(self, number: int, cells: dict[int, Cell], *, hidden: bool, wider: bool) -> None:
        self.number = number
        self.cells = cells
        self.hidden = hidden
        self.wider = wider


def read_rows(book: Workbook, head: bytes, pieces: list[tuple[int, bytes]]) -> list[Row]:
    """Pieces of `row_pieces` as rows, with the head of their sheet. Raises Unshowable."""
    if not pieces:
        return []
    root = parsed(_fragment(head, b"".join(piece for _, piece in pieces)))
    found = [(int(n), row) for (n, _), row in zip(pieces, root.iter("{*}row"), strict=False)]
    return [_row(book, number, row) for number, row in found]


def _row(book: Workbook, number: int, row: Element) -> Row:
    cells: dict[int, Cell] = {}
    at, wider = 0, False
    for each in row:
        if local(each) != "c":
            continue
        letters = each.get("r", "").rstrip("0123456789")
        at = column_number(letters) if letters.isalpha() and letters.isascii() else at + 1
        cell = _cell(book, each)
        if cell.text or cell.missing:
            if 1 <= at <= MOST_COLUMNS:
                cells[at] = cell
            else:
                wider = True
    return Row(number, cells, hidden=row.get("hidden") in YES, wider=wider)


def _cell(book: Workbook, element: Element) -> Cell:
    kind, value = element.get("t", "n"), _value(element)
    if kind == "inlineStr":
        inline = element.find("{*}is")
        return Cell(text=string_of(inline) if inline is not None else "")
    if kind == "s":
        at = value.strip()
        return Cell(text=book.text(int(at)) if at.isdecimal() and len(at) < 10 else "")
    if not value.strip():
        computed = kind != "str" and element.find("{*}f") is not None
        return Cell(missing=computed)
    if kind == "b":
        return Cell(text="TRUE" if value.strip() in ("1", "true") else "FALSE")
    if kind == "n":
        text = book.shown(value, element.get("s", ""))
        return Cell(text=text[:MOST_CHARACTERS], number=True)
    return Cell(text=value[:MOST_CHARACTERS])


def _value(cell: Element) -> str:
    for each in cell:
        if local(each) == "v":
            return each.text or ""
    return ""


def _fragment(head: bytes, rows: bytes) -> bytes:
    """Rows as a document of their own, with the names that the head of the sheet declares."""
    begin = max(head.rfind(b"<worksheet"), head.rfind(b":worksheet"))
    begin = head.rfind(b"<", 0, begin + 1)
    opened = head[begin : head.find(b">", begin) + 1]
    tag = opened[1:].split(None, 1)[0].rstrip(b">")
    prefix = tag[: -len(b"worksheet")]
    if not tag.endswith(b"worksheet") or len(opened) > 1 << 16:
        raise Unshowable("parse")
    end = rows.rfind(b"</" + prefix + b"sheetData")
    inner = rows[:end] if end >= 0 else rows
    return opened + inner + b"</" + tag + b">"


def hidden_columns(head: bytes, columns: int) -> tuple[int, ...]:
    """Which of the first so many columns the sheet hides, from 1."""
    hidden: set[int] = set()
    for tag in _COLUMN.findall(head):
        first, last = _FROM.search(tag), _TO.search(tag)
        if _HIDDEN.search(tag) and first and last:
            hidden.update(range(max(int(first[1]), 1), min(int(last[1]), columns) + 1))
    return tuple(sorted(hidden))
