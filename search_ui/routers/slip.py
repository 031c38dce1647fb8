"""The paper form of a record, and 一键打印: form, body and attachments in one go (FW-13, CX-04)."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from records.errors import Invalid, Refused, Unavailable
from records.identity import RecordId
from records.meaning import number_of, title_of
from records.preview import PreviewKind
from records.revision import FileVersion
from search_ui.desk import TheVisitor, Visitor
from search_ui.routers.record_text import body_of
from search_ui.shown.form_fields import drawing_for
from search_ui.shown.marking import of_html
from search_ui.shown.preview.pages import MOST_PRINTED
from search_ui.shown.record import organ_name
from search_ui.shown.slip import SlipShowing, document_of, printed_parts
from search_ui.shown.words import record_href
from search_ui.views.slip import PrintedFile, PrintPage
from services.finding.browse import OpenRecord
from services.relations.citation_links import CitationLinks

router = APIRouter(route_class=BoundedRoute)

MOST_CHARACTERS = 200_000
"""Of a plain text: some hundred pages."""

_AS_TEXT = (PreviewKind.TEXT, PreviewKind.TABLE, PreviewKind.MAIL, PreviewKind.SLIDES)
"""What is printed by its words alone."""


@router.get("/records/{record}/slip")
def slip(record: str, visitor: TheVisitor, whole: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002 - a parameter of the address
    """The form; `whole` with body and attachments, and the browser asked to print."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, RecordId(record))
    showing = SlipShowing(caller, drawing_for(house, caller, t).related, t)
    files = tuple(_files(visitor, opened)) if whole else ()
    view = showing.page(opened, opened.kind.slip, files, printing=whole)
    return visitor.show("slip", view)


@router.get("/records/{record}/print")
def print_document(record: str, visitor: TheVisitor, file: str = "") -> HTMLResponse:
    """The document and nothing around it: the text of the record, or the file that is named.

    Of a paper that was laid out (制版), that; no draft is printed in its place.
    """
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    revision, kind = opened.revision, opened.kind
    body = () if file else body_of(visitor, opened, "", CitationLinks())
    held = opened.file(file) if file else document_of(kind, revision)
    view = PrintPage(
        title=title_of(kind, revision),
        back_href=record_href(record, file=file),
        organ=organ_name(revision, visitor.caller.organisation),
        number=number_of(kind, revision),
        body=body,
        file=_printable(visitor, opened, held) if held is not None and not body else None,
        slip=kind.slip.title if kind.slip is not None else "",
        slip_href=f"{record_href(record)}/slip",
    )
    return visitor.show("print", view)


def _printable(visitor: Visitor, opened: OpenRecord, file: FileVersion) -> PrintedFile:
    try:
        return _printed(visitor, opened, "", file)
    except (Invalid, Refused, Unavailable):
        return PrintedFile("", file.name, left_out=visitor.desk.texts("slip.not_printed"))


def _files(visitor: Visitor, opened: OpenRecord) -> Iterator[PrintedFile]:
    for part, file in printed_parts(opened.kind, opened.revision):
        yield replace(_printable(visitor, opened, file), part=part)


def _printed(visitor: Visitor, opened: OpenRecord, part: str, file: FileVersion) -> PrintedFile:
    display, revision, t = visitor.desk.previewing, opened.revision, visitor.desk.texts
    outline = display.outline(revision, file)
    if outline.kind is PreviewKind.PAGES:
        base = f"/records/{revision.record}/page-picture?"
        at = {"file": file.name, "revision": revision.number}
        shown = min(outline.pages, MOST_PRINTED)
        pages = tuple(base + urlencode({**at, "page": n}) for n in range(1, shown + 1))
        more = t("slip.more_pages", n=outline.pages - shown) if outline.pages > shown else ""
        return PrintedFile(part, file.name, pages=pages, left_out=more)
    if outline.kind is PreviewKind.HTML:
        written = display.written(revision, file)
        html = "".join(section.html for section in written.sections)
        return PrintedFile(part, file.name, body=of_html(html, lambda _: ()))
    if outline.kind is PreviewKind.PICTURE:
        at = {"file": file.name, "revision": revision.number}
        href = f"/records/{revision.record}/picture?{urlencode(at)}"
        return PrintedFile(part, file.name, pages=(href,))
    if outline.kind in _AS_TEXT:
        text = display.words.text(revision, file)
        if text:
            return PrintedFile(part, file.name, text=text[:MOST_CHARACTERS])
    return PrintedFile(part, file.name, left_out=t("slip.not_printed"))
