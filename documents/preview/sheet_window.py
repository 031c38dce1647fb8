"""Some rows of a sheet put together as they are given: from whatever file they were read."""

from collections.abc import Callable, Iterator, Sequence

from documents.preview.merged_cells import Merged, column_letters, laid_out
from documents.preview.sheet_cells import Row
from records.preview import Sheet, SheetRow

ROWS = 200


def window_of(
    name: str,
    first_row: int,
    rows: Sequence[Row],
    *,
    ranges: Iterator[Merged],
    hidden: Callable[[int], Sequence[int]],
    following: int | None,
    last: int,
) -> Sheet:
    """The sheet from `first_row` on, without the empty rows at its end.

    `hidden` tells which of the first so many columns are hidden, `following` is the number of the
    first row after these.
    """
    by_number = {row.number: row for row in rows}
    numbers = range(first_row, max(by_number) + 1) if by_number else range(0)
    columns = max((max(row.cells, default=0) for row in rows), default=0)
    cells = {number: row.cells for number, row in by_number.items()}
    laid, unmerged = laid_out(cells, numbers, columns, ranges)
    return Sheet(
        name=name,
        first_row=first_row,
        columns=tuple(column_letters(n) for n in range(1, columns + 1)),
        hidden_columns=tuple(map(column_letters, hidden(columns))),
        rows=tuple(
            SheetRow(number=n, hidden=n in by_number and by_number[n].hidden, cells=given)
            for n, given in zip(numbers, laid, strict=True)
        ),
        next_row=following,
        last_row=last,
        wider=any(row.wider for row in rows),
        unmerged=unmerged,
    )
