"""A page of a PDF or an OFD, with its marks, its neighbours in small, and its size."""

from records.preview import Mark, Outline, TextLine, marks
from search_ui.shown.preview.place import ZOOMS
from search_ui.shown.preview.place_bar import Places
from search_ui.shown.preview.shown_file import ShownFile
from search_ui.shown.words import record_href
from search_ui.views import preview as views
from search_ui.views.shell import Tab
from services.finding.previewing import MarkedPage

STRIP = 60
"""Pages shown in small beside the one that is read."""
MOST_PRINTED = 200
"""Pages of one file that are printed in one go."""
MOST_BY_MENU = 20
"""Pages that are printed by the menu of the browser, which asks for all of them at the same moment:
fewer than one person may ask for at once (`gate.lanes`, PREVIEW), so that none is refused."""

_PX_PER_POINT = 96 / 72
_PX_PER_MM = 96 / 25.4


def page_view(it: ShownFile, outline: Outline) -> views.PagePicture:
    """The page that is asked for; else the one where the words stand first, else the first."""
    place, words = it.place, it.place.sought
    found = Places(it.display.words.pages(it.revision, it.file, words))
    number = found.stop(place.at) or place.page or next(iter(found.stops), 1)
    number = min(max(number, 1), max(outline.pages, 1))
    drawn = it.display.page(it.revision, it.file, page=number, words=words)
    zoom = ZOOMS[0] if place.in_pane else place.zoom
    printed = outline.pages if 2 <= outline.pages <= MOST_BY_MENU and not place.in_pane else 0
    return views.PagePicture(
        image_href=it.drawn_href("page-picture", page=number),
        width=drawn.view.width,
        height=drawn.view.height,
        page=number,
        pages=outline.pages,
        marks=_boxes(drawn),
        at=_nearest(found.index(place.at, number), drawn),
        lines=tuple(_line(line) for line in drawn.view.lines if not line.vertical),
        links=_links(it, drawn),
        previous_href=it.href(page=number - 1) if number > 1 else None,
        next_href=it.href(page=number + 1) if number < outline.pages else None,
        places=found.bar(place.at, number, number + 1, it.place_href),
        zooms=_zooms(it, number),
        zoomed_px=_zoomed(drawn, zoom),
        strip=_strip(it, number, outline.pages),
        printed=tuple(it.drawn_href("page-picture", page=n) for n in range(1, printed + 1)),
        not_printed=_not_printed(it, number, outline.pages),
        place_fields=() if place.in_pane else it.fields,
        notice=_told(it, drawn),
    )


def recognised_view(it: ShownFile) -> views.PagePicture:
    """A picture on which text was recognised: one page, with the places of the words on it."""
    place, words = it.place, it.place.sought
    found = Places(it.display.words.pages(it.revision, it.file, words))
    drawn = it.display.picture_page(it.revision, it.file, words=words)
    return views.PagePicture(
        image_href=it.drawn_href("picture"),
        width=drawn.view.width,
        height=drawn.view.height,
        page=1,
        pages=1,
        marks=_boxes(drawn),
        at=_nearest(found.index(place.at, 1), drawn),
        lines=tuple(map(_line, drawn.view.lines)),
        links=_links(it, drawn),
        places=found.bar(place.at, 1, 2, it.place_href),
        notice=_told(it, drawn),
        left_href=it.href(turn=3),
        right_href=it.href(turn=1),
    )


def _not_printed(it: ShownFile, number: int, pages: int) -> str:
    if pages <= MOST_BY_MENU or it.place.in_pane:
        return ""
    told = "preview.printed_alone" if pages <= MOST_PRINTED else "preview.printed_alone_long"
    return it.texts(told, page=number, pages=pages, most=MOST_PRINTED)


def _told(it: ShownFile, page: MarkedPage) -> str:
    return it.texts("preview.recognised") if page.is_recognised else ""


def _strip(it: ShownFile, number: int, pages: int) -> tuple[views.SmallPage, ...]:
    if pages < 2 or it.place.in_pane:
        return ()
    first = max(1, min(number - STRIP // 2, pages - STRIP + 1))
    return tuple(
        views.SmallPage(n, it.href(page=n), it.drawn_href("thumbnail", page=n), current=n == number)
        for n in range(first, min(first + STRIP, pages + 1))
    )


def _zooms(it: ShownFile, number: int) -> tuple[Tab, ...]:
    """The sizes to choose from; beside hits a page is as wide as the pane."""
    return tuple(
        Tab(
            it.texts(f"preview.zoom_{each}"),
            it.href(page=number, zoom=each),
            current=each == it.place.zoom,
        )
        for each in (() if it.place.in_pane else ZOOMS)
    )


def _zoomed(page: MarkedPage, zoom: str) -> int:
    """Pixels across, 0 for the width of the pane; drawings are in millimetres, others in points."""
    if zoom == ZOOMS[0]:
        return 0
    unit = _PX_PER_MM if page.view.media_type == "image/svg+xml" else _PX_PER_POINT
    return round(page.view.width * unit * int(zoom) / 100)


def _nearest(index: int, page: MarkedPage) -> int:
    """A drawing may hold fewer places than the text that was counted."""
    return min(index, max((mark.place for mark in page.marks), default=0))


def _boxes(page: MarkedPage) -> tuple[views.Box, ...]:
    return tuple(map(_box, page.marks))


def _box(mark: Mark) -> views.Box:
    box = mark.box
    return views.Box(box.x, box.y, box.width, box.height, mark.transform, mark.place)


def _links(it: ShownFile, page: MarkedPage) -> tuple[views.LinkBox, ...]:
    """What the text of the page cites, where it stands on it."""
    found = it.links.of(page.view.text)
    covered = marks(page.view, [each.span for each in found])
    return tuple(
        views.LinkBox(
            record_href(each.to.record),
            each.to.title,
            tuple(_box(mark) for mark in covered if mark.place == number),
        )
        for number, each in enumerate(found)
    )


def _line(line: TextLine) -> views.TextLine:
    turn = f"rotate({line.rotation:g} {line.x:g} {line.y:g})" if line.rotation else ""
    return views.TextLine(line.x, line.y, line.height, line.width, line.text, turn)
