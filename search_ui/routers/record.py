"""One record: its page, its actions, its download (SS-03, WJ-02, TZ-02)."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from markupsafe import Markup

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.disposition import disposition
from records.errors import Conflict, Invalid, Refused
from records.identity import RecordId
from records.revision import FileVersion
from records.text import ExtractedText
from search_ui.desk import TheForm, TheVisitor, Visitor
from search_ui.failures import status_of
from search_ui.shown.action_reading import Attempt, read_action
from search_ui.shown.form_fields import drawing_for
from search_ui.shown.marking import of_spans
from search_ui.shown.previews import Place, PreviewPane
from search_ui.shown.record import RecordShowing
from search_ui.shown.ties import tie_rows
from search_ui.shown.words import record_href
from search_ui.views.record import RecordPage
from services.after_commit.deliveries import Receipt
from services.finding.browse import OpenRecord
from services.finding.rooms import ROOM

router = APIRouter(route_class=BoundedRoute)

MENDABLE = (Invalid, Refused, Conflict)
"""Errors after which an action's dialog is shown again."""

USER_FILE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""For every answer that carries what users handed in: harmless even when it is opened alone."""


@router.get("/records/{record}")
def record_page(
    record: str,
    visitor: TheVisitor,
    revision: Annotated[int | None, Query(ge=1)] = None,
    file: str = "",
    page: int = 0,
    sheet: int = 1,
    row: int = 1,
    q: str = "",
) -> HTMLResponse:
    """The record, with one of its files in the preview pane."""
    place = Place(file=file, page=page, sheet=sheet, row=row, words=q, revision=revision)
    return visitor.show("record", _page(visitor, RecordId(record), place), query=q)


def _page(
    visitor: Visitor, record: RecordId, place: Place, attempt: Attempt | None = None
) -> RecordPage:
    """The record with one of its files; a dialog open again after an attempt that was refused."""
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    opened = house.browsing.open(caller, record, number=place.revision)
    house.browsing.noticed(caller, record)
    shown = opened.revision.file(place.file) or next(iter(opened.revision.files), None)
    pane = PreviewPane(visitor.desk.previewing, t)
    newest = opened.revision.number == opened.newest
    view = RecordShowing(caller, t, drawing_for(house, caller, t)).page(
        opened,
        history=house.browsing.history(caller, record),
        offers=house.acting.offers(caller, record) if newest else (),
        readers=house.browsing.readers(caller, record),
        body=_body(visitor, opened, place.words),
        preview=pane.of(opened.revision, shown, place) if shown else None,
        file=shown.name if shown else "",
        words=place.words,
        extracted=_extracted(visitor, opened),
        receipts=_receipts(visitor, opened),
        idempotency_key=secrets.token_urlsafe(12),
        attempt=attempt,
        followed=house.lists.followed.has(caller.person.login, opened.revision.record),
    )
    ties = tie_rows(house.related.of(caller, opened), caller.organisation, t)
    calendar = f"/rooms?room={record}" if opened.kind.kind == ROOM else None
    return replace(view, ties=ties, calendar_href=calendar)


@router.post("/records/{record}/actions/{name}")
def act(record: str, name: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Takes an action, the only way to change a state; then the record again.

    What is refused leads back to its dialog, with all that was filled in.
    """
    house, caller = visitor.desk.house, visitor.caller
    kind = house.browsing.open(caller, RecordId(record)).kind
    try:
        request = read_action(form, kind, name, caller.organisation)
        after = house.settle(house.acting.act(caller, RecordId(record), name, request))
    except MENDABLE as error:
        view = _page(visitor, RecordId(record), Place(), Attempt(name, form, error))
        return visitor.show("record", view, status=status_of(error))
    label = house.kinds.of(after).action(name).label
    organisation = caller.organisation
    holders = [
        person.name
        for task in after.holding_tasks
        if not task.blocked and task.opened_at == after.event.at
        for person in organisation.holders(task.holder)
    ]
    t = visitor.desk.texts
    told = t("record.done", label=label)
    if holders:
        told = t("record.sent", label=label, who="、".join(dict.fromkeys(holders)))
    return visitor.go(record_href(record), told=told)


@router.get("/records/{record}/download")
def download(
    record: str,
    file: str,
    visitor: TheVisitor,
    revision: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """The bytes of a file, always as an attachment of no particular type."""
    stream = visitor.desk.house.browsing.stream(
        visitor.caller, RecordId(record), file, number=revision
    )
    headers = {
        **USER_FILE_HEADERS,
        "Content-Disposition": disposition("attachment", stream.file.name),
        "Content-Length": str(stream.length),
    }
    return StreamingResponse(
        paced(stream.pieces), headers=headers, media_type="application/octet-stream"
    )


def _body(visitor: Visitor, opened: OpenRecord, words: str) -> tuple[Markup, ...]:
    """Paragraphs of the text that a record of a flow carries itself, with marks."""
    name = opened.kind.meaning.body
    if name is None or not opened.kind.has_flow:
        return ()
    lines = str(opened.revision.fields.get(name) or "").split("\n")
    lines = [line for line in lines if line.strip()]
    return tuple(map(of_spans, lines, visitor.desk.previewing.cells(lines, words)))


def _extracted(visitor: Visitor, opened: OpenRecord) -> dict[str, ExtractedText]:
    """The text of each file; a file whose text is still read is left out."""

    def extracted(file: FileVersion) -> ExtractedText | None:
        return visitor.desk.previewing.extracted(opened.revision, file)

    found = {file.name: extracted(file) for file in opened.revision.files}
    return {name: text for name, text in found.items() if text is not None}


def _receipts(visitor: Visitor, opened: OpenRecord) -> tuple[tuple[str, int], ...]:
    """How many have read a published record, for those who took part in it."""
    total, given = visitor.desk.house.receipts.counts(opened)
    if not total:
        return ()
    read, t = given[Receipt.READ], visitor.desk.texts
    return ((t("notice.read"), read), (t("notice.unread"), total - read))
