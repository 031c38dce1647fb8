"""Cells that a sheet shows as one, laid over the rows that are given."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from records.preview import Cell

_RANGE = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7}):"""
    rb"""\$?([A-Za-z]{1,3})\$?(\d{1,7})["']"""
)
_MOST_RANGES = 100_000
_MOST_CLAIMED = 400_000
"""Cells that all ranges of a window claim together: twenty times those that it has."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of cells, rows and columns from 1, both ends within."""

    top: int
    left: int
    bottom: int
    right: int


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def merged_ranges(tail: bytes, first: int, last: int) -> Iterator[Merged]:
    """The ranges told after the rows of a sheet that reach into these rows."""
    for count, found in enumerate(_RANGE.finditer(tail)):
        if count >= _MOST_RANGES:
            return
        rows = sorted((int(found[2]), int(found[4])))
        columns = sorted((column_number(found[1].decode()), column_number(found[3].decode())))
        if rows[0] <= last and rows[1] >= first and rows[0] >= 1:
            yield Merged(rows[0], columns[0], rows[1], columns[1])


def laid_out(
    cells: Mapping[int, Mapping[int, Cell]],
    numbers: Sequence[int],
    columns: int,
    ranges: Iterator[Merged],
) -> tuple[list[tuple[Cell, ...]], bool]:
    """The rows of these numbers with a cell in every column that none beside or above covers.

    Ranges are cut at the rows and columns that are shown; of two that overlap the first counts.
    And whether some were left out, for they claim too many cells.
    """
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    left = _MOST_CLAIMED
    for each in ranges if numbers else ():
        top, bottom = max(each.top, numbers[0]), min(each.bottom, numbers[-1])
        right = min(each.right, columns)
        left -= max((bottom - top + 1) * (right - each.left + 1), 1)
        if left < 0:
            break
        places = {(r, c) for r in range(top, bottom + 1) for c in range(each.left, right + 1)}
        if len(places) < 2 or places & covered:
            continue
        covered |= places
        anchors[top, each.left] = (right - each.left + 1, bottom - top + 1)
    laid = [
        tuple(
            _spread(cells.get(row, {}).get(column) or Cell(), anchors.get((row, column)))
            for column in range(1, columns + 1)
            if (row, column) not in covered or (row, column) in anchors
        )
        for row in numbers
    ]
    return laid, left < 0


def _spread(cell: Cell, over: tuple[int, int] | None) -> Cell:
    if over is None:
        return cell
    return cell.model_copy(update={"across": over[0], "down": over[1]})
