"""Rows and cells of OpenDocument sheets, read (ODF 1.3 part 3, 9.1)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.preview.merged_cells import Merged
from documents.preview.sheet_cells import MOST_CHARACTERS, MOST_COLUMNS
from documents.preview.zipped_xml import Element, attribute, attributes, local
from records.preview import Cell

_LAST = 1_048_576
_NUMBERS = ("float", "percentage", "currency", "date", "time")
_RESULTS = ("value", "date-value", "time-value", "boolean-value", "string-value")
_MOST_SPACES = 100
_MOST_DEPTH = 20
_WHITE = re.compile("[ \t\r\n]+")
_NOT_SHOWN = ("annotation", "ruby-text", "note")
_BETWEEN = {"tab": "\t", "line-break": "\n"}


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that was read. Columns count from 1."""

    hidden: bool
    cells: dict[int, Cell]
    """Those that show something."""
    wider: bool


def open_row(row: Element) -> OpenRow:
    """A row as its element tells it."""
    cells: dict[int, Cell] = {}
    wider = False
    for column, count, each, told in _placed(row):
        cell = _cell(each, told)
        if cell.text or cell.missing:
            cells |= dict.fromkeys(range(column, min(column + count, MOST_COLUMNS + 1)), cell)
            wider = wider or column + count - 1 > MOST_COLUMNS
    return OpenRow(
        hidden=attribute(row, "visibility") in ("collapse", "filter"), cells=cells, wider=wider
    )


def shows_something(row: Element) -> bool:
    """Whether any cell of a row does: without reading those behind the first that does."""
    cells = (_cell(each, told) for _, _, each, told in _placed(row))
    return any(cell.text or cell.missing for cell in cells)


def merged_from(row: Element, number: int) -> Iterator[Merged]:
    """The ranges that begin in the row, which has this number."""
    for column, _, _, told in _placed(row):
        across = times(told.get("number-columns-spanned", ""))
        down = times(told.get("number-rows-spanned", ""))
        if (across, down) != (1, 1) and column <= MOST_COLUMNS:
            yield Merged(number, column, number + down - 1, column + across - 1)


def hidden_columns(told: Iterable[tuple[int, bool]], columns: int) -> tuple[int, ...]:
    """Which of the first so many are hidden, of columns told as counts."""
    hidden: list[int] = []
    at = 1
    for count, is_hidden in told:
        if at > columns:
            break
        hidden += range(at, min(at + count, columns + 1)) if is_hidden else ()
        at += count
    return tuple(hidden)


def repeated(element: Element, name: str) -> int:
    """How many times, or over how many; 1 where it is not said or makes no sense."""
    return times(attribute(element, name))


def times(told: str) -> int:
    """A count as it is written; 1 for what is none."""
    count = int(told[:9]) if told.isascii() and told.isdigit() else 1
    return min(max(count, 1), _LAST)


def _placed(row: Element) -> Iterator[tuple[int, int, Element, dict[str, str]]]:
    """Of each cell its first column, how many times it stands, its element and attributes."""
    column = 1
    for each in row:
        if local(each) not in ("table-cell", "covered-table-cell"):
            continue
        told = attributes(each)
        count = times(told.get("number-columns-repeated", ""))
        yield column, count, each, told
        column = min(column + count, _LAST)


def _cell(element: Element, told: dict[str, str]) -> Cell:
    lines = (_shown(each, 0) for each in element if local(each) == "p")
    text = "\n".join(lines)[:MOST_CHARACTERS]
    kind = told.get("value-type", "")
    missing = bool(told.get("formula")) and not text and not (kind and any(map(told.get, _RESULTS)))
    return Cell(text=text, number=kind in _NUMBERS, missing=missing and kind != "string")


def _shown(element: Element, depth: int) -> str:
    """The text of a paragraph or of what stands in it."""
    told = [_collapsed(element.text)]
    for each in element if depth < _MOST_DEPTH else ():
        name = local(each)
        if name == "s":
            told.append(" " * min(repeated(each, "c"), _MOST_SPACES))
        elif name in _BETWEEN:
            told.append(_BETWEEN[name])
        elif name and name not in _NOT_SHOWN:
            told.append(_shown(each, depth + 1))
        told.append(_collapsed(each.tail))
    return "".join(told)


def _collapsed(text: str | None) -> str:
    """White space in the file is one space (ODF 1.3 part 3, 6.1.2); more are elements."""
    return _WHITE.sub(" ", text or "")
