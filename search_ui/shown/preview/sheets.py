"""Rows of a sheet as they look, with what the sheet hides told."""

from records.preview import Cell, Outline, Sheet
from search_ui.formats import count
from search_ui.shown.preview.marker import Marker
from search_ui.shown.preview.place import Place
from search_ui.shown.preview.place_bar import Places
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.texts import Texts
from search_ui.views import preview as views
from search_ui.views.shell import Tab

ROWS = 200
"""Rows that the previewer gives at once (records.ports.previewer)."""


def table_view(it: ShownFile, outline: Outline) -> views.TablePreview:
    """The rows that are asked for; else those where the words stand first on the sheet."""
    place = it.place
    rows = it.display.rows(it.revision, it.file, place.sought)
    found = Places(rows.counts, cut=rows.cut)
    sheet, first = begin = _asked(place, found, outline)
    given = it.display.table(it.revision, it.file, sheet=sheet, first_row=first)
    marker = Marker(it, found.index(place.at, begin))
    return views.TablePreview(
        sheets=tuple(
            Tab(
                it.texts("preview.hidden_sheet", name=name) if n in outline.hidden else name,
                it.href(sheet=n),
                current=n == sheet,
            )
            for n, name in enumerate(outline.names, 1)
        ),
        columns=tuple((each, each in given.hidden_columns) for each in given.columns),
        rows=tuple(
            views.TableRow(
                row.number, tuple(_cell(each, marker) for each in row.cells), hidden=row.hidden
            )
            for row in given.rows
        ),
        first=first,
        last=given.rows[-1].number if given.rows else 0,
        last_of_all=given.last_row,
        previous_href=it.href(sheet=sheet, row=max(1, first - ROWS)) if first > 1 else None,
        next_href=it.href(sheet=sheet, row=given.next_row) if given.next_row else None,
        notice=_notice(it.texts, given, outline, sheet),
        places=found.bar(place.at, begin, (sheet, first + ROWS), it.place_href),
    )


def _asked(place: Place, found: Places[tuple[int, int]], outline: Outline) -> tuple[int, int]:
    """The sheet and its first row that are shown."""
    stop = found.stop(place.at) if place.at else None
    sheet = min(max(place.page or place.sheet, 1), max(outline.pages, 1))
    if stop is None and place.row <= 1:
        on_sheet = [each for each in found.stops if each[0] == sheet]
        elsewhere = [] if place.page or place.sheet > 1 else list(found.stops)[:1]
        stop = next(iter(on_sheet or elsewhere), None)
    if stop is None:
        return sheet, max(place.row, 1)
    return stop[0], 1 + (stop[1] - 1) // ROWS * ROWS


def _cell(cell: Cell, marker: Marker) -> views.TableCell:
    return views.TableCell(
        marker.text(cell.text),
        number=cell.number,
        missing=cell.missing,
        across=cell.across,
        down=cell.down,
    )


def _notice(texts: Texts, given: Sheet, outline: Outline, sheet: int) -> str:
    hidden = [str(row.number) for row in given.rows if row.hidden]
    told = [texts(f"preview.notice.{notice}") for notice in outline.notices]
    if sheet in outline.hidden:
        told.append(texts("preview.sheet_hidden"))
    if hidden:
        told.append(texts("preview.rows_hidden", n=count(len(hidden))))
    if given.hidden_columns:
        told.append(texts("preview.columns_hidden", names="、".join(given.hidden_columns)))
    if given.wider:
        told.append(texts("preview.wider", n=count(len(given.columns)), last=given.columns[-1]))
    if given.unmerged:
        told.append(texts("preview.unmerged"))
    return "".join(told)
