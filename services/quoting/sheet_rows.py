"""In which rows of its sheets passages stand, as whoever shows the file counts them."""

from collections.abc import Callable
from dataclasses import replace

from records.errors import Refused, Unavailable
from records.revision import FileVersion, Revision
from services.finding.file_words import RowPlaces
from services.quoting.evidence import CellsOf, is_of_row
from services.searching.matches import Match
from services.searching.passages import Passages


def with_rows(
    found: Passages,
    revision: Revision,
    rows_of: Callable[[FileVersion], RowPlaces],
    cells_of: CellsOf,
) -> Passages:
    """The passages, those on sheets with their rows.

    `rows_of` gives the rows of a file in which the same words stand, `cells_of` the cells of one.
    No row is told where it counts other places on the sheet than the text of the file has
    (comments, boxes), where it reads otherwise than what is cited, and while the file cannot be
    drawn.
    """
    known: dict[str, RowPlaces] = {}

    def rows(part: str) -> RowPlaces:
        if part not in known:
            file = revision.file(part)
            try:
                known[part] = rows_of(file) if file else RowPlaces({})
            except (Unavailable, Refused):
                known[part] = RowPlaces({})
        return known[part]

    def told(match: Match) -> Match:
        if not match.places:
            return match
        counts = rows(match.part).counts
        on_sheet = [
            row for (sheet, row), n in counts.items() if sheet == match.page for _ in range(n)
        ]
        same = len(on_sheet) == match.places and match.nth >= 0
        row = on_sheet[match.nth] if same else None
        return replace(match, row=row) if row and reads(match, row) else match

    def reads(match: Match, row: int) -> bool:
        file = revision.file(match.part)
        if file is None or match.page is None:
            return False
        try:
            cells = cells_of(revision, file, sheet=match.page, row=row)
        except (Unavailable, Refused):
            return False
        return is_of_row(cells, match.sheet, match.quote)

    return replace(found, found=tuple(map(told, found.found)))
