"""What the preview pane shows of a file, whatever its type."""

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from records.errors import Invalid, Refused, Unavailable
from records.preview import Outline, PreviewKind, TextLine
from records.revision import FileVersion, Revision
from search_ui.shown.marking import of_html, of_spans
from search_ui.shown.words import download_href, record_href
from search_ui.texts import Texts
from search_ui.views import preview as views
from search_ui.views.shell import Tab
from services.finding.previewing import FileDisplay, MarkedPage

SHOWN_CHARACTERS = 200_000
"""Text shown in the page; more is for the download."""

SHEET_ROWS = 200
"""Rows that the previewer gives at once (records.ports.previewer)."""


@dataclass(frozen=True, slots=True)
class Place:
    """What of a file is asked for: a page, a sheet and its first row, counted from 1."""

    file: str = ""
    page: int = 0
    sheet: int = 1
    row: int = 1
    words: str = ""
    revision: int | None = None
    in_pane: bool = False
    """Shown beside hits, where another place of the file takes the place of this one."""


class PreviewPane:
    """Makes the view of a file in a revision that its reader has opened."""

    def __init__(self, previewing: FileDisplay, texts: Texts) -> None:
        self._previewing = previewing
        self._t = texts

    def of(self, revision: Revision, file: FileVersion, place: Place) -> views.Preview:
        """The best that can be shown; a file that cannot be read is told so, in words."""
        try:
            outline = self._previewing.outline(revision, file)
            return self._shown(revision, file, place, outline)
        except Invalid as error:
            return views.NoPreview(self._reason(str(error.facts.get("why"))))
        except (Unavailable, Refused) as error:
            if error.reason not in {"busy", "too_many_at_once"}:
                raise
            return views.NoPreview("busy")

    def _shown(
        self, revision: Revision, file: FileVersion, place: Place, outline: Outline
    ) -> views.Preview:
        if outline.kind is PreviewKind.PAGES:
            return self._pages(revision, file, place, outline)
        if outline.kind is PreviewKind.HTML:
            # The previewer's HTML is made anew from a white list (documents.preview).
            made = self._previewing.html(revision, file)
            body = of_html(made, lambda text: self._previewing.cells([text], place.words)[0])
            bytes_at = download_href(revision.record, file.name, revision.number)
            return views.HtmlPreview(body, self._notice(outline), original_href=bytes_at)
        if outline.kind is PreviewKind.TABLE:
            return self._table(revision, file, place, outline)
        if outline.kind is PreviewKind.PICTURE:
            return self._picture(revision, file, place)
        if outline.kind is PreviewKind.TEXT:
            return self._text(revision, file, place)
        return views.NoPreview(self._reason(outline.reason))

    def _pages(
        self, revision: Revision, file: FileVersion, place: Place, outline: Outline
    ) -> views.PagePicture:
        hits = self._previewing.places(revision, file, place.words)
        number = place.page or next(iter(hits), 1)
        number = min(max(number, 1), max(outline.pages, 1))
        drawn = self._previewing.page(revision, file, page=number, words=place.words)

        def href(to: int | None) -> str | None:
            if to is None or not 1 <= to <= outline.pages:
                return None
            return _at(revision, file, place, page=to)

        before = max((hit for hit in hits if hit < number), default=None)
        after = min((hit for hit in hits if hit > number), default=None)
        at = {"file": file.name, "page": number, "revision": revision.number}
        return views.PagePicture(
            image_href=f"/records/{revision.record}/page-picture?{urlencode(at)}",
            width=drawn.view.width,
            height=drawn.view.height,
            page=number,
            pages=outline.pages,
            marks=_boxes(drawn),
            lines=tuple(_line(line) for line in drawn.view.lines if not line.vertical),
            previous_href=href(number - 1),
            next_href=href(number + 1),
            previous_hit_href=href(before),
            next_hit_href=href(after),
            places_before=sum(count for page, count in hits.items() if page < number),
            places=sum(hits.values()),
            notice=self._told(drawn),
        )

    def _picture(self, revision: Revision, file: FileVersion, place: Place) -> views.Preview:
        """As it is; one on which text was recognised like a page, with its marks."""
        at = {"file": file.name, "revision": revision.number}
        href = f"/records/{revision.record}/picture?{urlencode(at)}"
        state = self._previewing.scanned(revision, file)
        if state is None or not state.done:
            return views.PicturePreview(href, file.name)
        drawn = self._previewing.picture_page(revision, file, words=place.words)
        return views.PagePicture(
            image_href=href,
            width=drawn.view.width,
            height=drawn.view.height,
            page=1,
            pages=1,
            marks=_boxes(drawn),
            lines=tuple(map(_line, drawn.view.lines)),
            places=len({mark.place for mark in drawn.marks}),
            notice=self._told(drawn),
        )

    def _told(self, page: MarkedPage) -> str:
        return self._t("preview.recognised") if page.is_recognised else ""

    def _table(
        self, revision: Revision, file: FileVersion, place: Place, outline: Outline
    ) -> views.TablePreview:
        found = self._previewing.table(
            revision, file, sheet=place.sheet, first_row=max(place.row, 1)
        )

        def marked(row: tuple[str, ...]) -> tuple[Markup, ...]:
            spans = self._previewing.cells(list(row), place.words)
            return tuple(map(of_spans, row, spans))

        first = found.first_row
        earlier = max(1, first - SHEET_ROWS) if first > 1 else None
        later = first + len(found.rows) if found.more else None
        return views.TablePreview(
            sheets=tuple(
                Tab(name, _at(revision, file, place, sheet=n), current=n == place.sheet)
                for n, name in enumerate(outline.names, 1)
            ),
            rows=tuple(map(marked, found.rows)),
            first=first,
            previous_href=_at(revision, file, place, sheet=place.sheet, row=earlier)
            if earlier
            else None,
            next_href=_at(revision, file, place, sheet=place.sheet, row=later) if later else None,
        )

    def _text(self, revision: Revision, file: FileVersion, place: Place) -> views.Preview:
        found = self._previewing.text(revision, file, words=place.words, limit=SHOWN_CHARACTERS + 1)
        if found is None:
            return views.NoPreview("waiting")
        if not found.text:
            return views.NoPreview("unsupported")
        cut = len(found.text) > SHOWN_CHARACTERS
        return views.TextPreview(of_spans(found.text, found.spans, first=True), cut=cut)

    def _reason(self, why: str | None) -> str:
        known = {"encrypted": "encrypted", "too_large": "too_big", "bomb": "too_big"}
        broken = {"parse", "crash", "timeout", "memory"}
        return "failed" if why in broken else known.get(why or "", "unsupported")

    def _notice(self, outline: Outline) -> str:
        return "".join(self._t(f"preview.notice.{notice}") for notice in outline.notices)


def _boxes(page: MarkedPage) -> tuple[views.Box, ...]:
    return tuple(
        views.Box(
            mark.box.x, mark.box.y, mark.box.width, mark.box.height, mark.transform, mark.place
        )
        for mark in page.marks
    )


def _line(line: TextLine) -> views.TextLine:
    turn = f"rotate({line.rotation:g} {line.x:g} {line.y:g})" if line.rotation else ""
    return views.TextLine(line.x, line.y, line.height, line.width, line.text, turn)


def _at(revision: Revision, file: FileVersion, place: Place, **more: object) -> str:
    """The record's page at another place of the file."""
    href = record_href(
        revision.record, q=place.words, revision=place.revision, file=file.name, **more
    )
    return href.replace("/records/", "/search/pane/", 1) if place.in_pane else href
