"""One record: its page, its actions, its download (SS-03, WJ-02, TZ-02)."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from records.content_disposition import content_disposition
from records.errors import Unavailable
from records.identity import RecordId
from records.revision import FileVersion
from records.rights.answering import wanted_of
from records.text import ExtractedText
from search_ui.desk import TheForm, TheVisitor, Visitor, texts_of, whole_number
from search_ui.failures import MENDABLE, status_of
from search_ui.receiving import places_of, received
from search_ui.routers.drive.ways import ways_of
from search_ui.routers.notifications import numbers
from search_ui.routers.preview.asked_place import ZOOM, ThePlace
from search_ui.routers.record_text import body_of
from search_ui.routers.trail import crumbs_to, with_way_kept
from search_ui.shown.action_reading import Attempt, chosen_tokens, read_action, typed_fields
from search_ui.shown.answers import AnswerShowing
from search_ui.shown.differences import Comparison
from search_ui.shown.drive.rows import folder_href
from search_ui.shown.form_fields import drawing_for
from search_ui.shown.preview.pane import PreviewPane
from search_ui.shown.preview.place import Place
from search_ui.shown.record import RecordShowing
from search_ui.shown.slip import document_of
from search_ui.shown.ties import alike_rows, tie_rows
from search_ui.shown.words import calendar_href, record_href, repeal_badge
from search_ui.views.record import RecordPage
from search_ui.views.shell import Badge
from services.finding.archive_shelves import SUPPLEMENT
from services.finding.bookings import calendar_kind_for
from services.finding.browse import OpenRecord
from services.finding.own_records import FOLDER
from services.receipts.receipt_roll import Which
from services.scanning.scan_state import ScanState

router = APIRouter(route_class=BoundedRoute)

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
def record_page(record: str, visitor: TheVisitor, place: ThePlace, do: str = "") -> Response:
    """The record, with one of its files in the preview pane; `do` opens an action's dialog.

    A folder is shown by what it holds.
    """
    number = place.revision
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record), number=number)
    if number is None and opened.revision.kind == FOLDER:
        return RedirectResponse(folder_href(record), status_code=303)
    view = page_of(visitor, opened, place)
    if do:
        dialogs = (replace(each, opened=each.name == do and each.allowed) for each in view.actions)
        view = replace(view, actions=tuple(dialogs))
    answer = with_way_kept(
        visitor, visitor.show("record", view, query=place.words), RecordId(record)
    )
    return ZOOM.remember(visitor.request, answer)


def page_of(
    visitor: Visitor,
    opened: OpenRecord,
    place: Place,
    attempt: Attempt | None = None,
    *,
    answering: Attempt | None = None,
) -> RecordPage:
    """An opened record with one of its files; a dialog open again after one that was refused.

    `answering` is an answer that was refused: its form is shown as it was filled in.
    """
    house, caller, t = visitor.desk.house, visitor.caller, visitor.desk.texts
    record = opened.revision.record
    shown = opened.revision.file(place.file) or document_of(opened.kind, opened.revision)
    pane = PreviewPane(visitor.desk.previewing, t)
    newest = opened.revision.number == opened.newest
    drawing = drawing_for(house, caller, t)
    links = house.search_aids.links.of(caller, opened.revision)
    view = RecordShowing(caller, t, drawing).page(
        opened,
        history=house.browsing.history(caller, opened),
        offers=house.acting.offers(caller, opened.kind, opened.latest) if newest else (),
        readers=house.browsing.readers(caller, opened),
        crumbs=crumbs_to(visitor, opened, words=place.words),
        body=body_of(visitor, opened, place.words, links),
        preview=pane.of(opened.revision, shown, place, links) if shown else None,
        file=shown.name if shown else "",
        words=place.words,
        extracted=_extracted(visitor, opened),
        scans=_scans(visitor, opened),
        receipts=_receipts(visitor, opened),
        idempotency_key=secrets.token_urlsafe(12),
        attempt=attempt,
        followed=house.lists.followed.has(caller.person.login, record),
        favourite=house.lists.favourites.find(caller.person.login, record) is not None,
    )
    ties = tie_rows(house.related.of(caller, opened), caller.organisation, t)
    calendar = calendar_kind_for(house.kinds, opened.kind.kind)
    state = opened.kind.state(opened.revision.state)
    open_still = state is not None and not state.done
    found = house.lists.duplicates.of(caller, opened.kind, opened.revision) if open_still else ()
    showing = AnswerShowing(opened, drawing, answering)
    badges = (*view.badges, *_repeal(visitor, opened))
    drawn = replace(view, badges=badges, **ways_of(visitor, opened))
    asked = urlencode({"q": place.words, "revision": opened.revision.number})
    return replace(
        drawn,
        ties=ties,
        alike=alike_rows(found),
        exchange_href=f"{record_href(record)}/exchange"
        if house.exchange.writes(caller, opened)
        else None,
        supplement_href=f"/records/new/{SUPPLEMENT}?{urlencode({'piece': record})}"
        if house.lists.archive.takes_supplement(caller, opened)
        else None,
        calendar_href=calendar_href(calendar, record) if calendar else None,
        answers=tuple(map(showing.slip, house.answers.slips(caller, opened))),
        receipts_href=f"{record_href(record)}/receipts" if view.receipts else None,
        cited_href=f"{record_href(record)}/citations",
        corrections_href=f"{record_href(record)}/corrections" if opened.may_edit else "",
        imprint_href=f"{record_href(record)}/imprint" if opened.may_edit else "",
        passages_href=f"{record_href(record)}/passages?{asked}" if place.words else "",
        opened_href=f"{record_href(record)}/opened"
        if house.browsing.is_news(caller, opened)
        else "",
    )


@router.post("/records/{record}/opened")
def opened(record: str, visitor: TheVisitor) -> Response:
    """Notes that the visitor has opened it (未读 → 已读), as its page asks once it stands.

    The answer is the numbers of the navigation; without JavaScript, the record.
    """
    browsing = visitor.desk.house.browsing
    found = browsing.open(visitor.caller, RecordId(record))
    browsing.noticed(visitor.caller, found)
    if "HX-Request" not in visitor.request.headers:
        return visitor.go(record_href(record))
    return numbers(visitor)


@router.post("/records/{record}/actions/{name}")
def act(record: str, name: str, visitor: TheVisitor, form: TheForm) -> Response:
    """Takes an action, the only way to change a state; then the record again.

    What is refused leads back to its dialog, with all that was filled in.
    """
    house, caller = visitor.desk.house, visitor.caller
    kind = house.browsing.open(caller, RecordId(record)).kind
    try:
        request = read_action(form, kind, name, caller.organisation)
        with received(house.staging, form, places_of(kind.action(name).files)) as files:
            request = replace(request, files=files)
            after = house.settle(house.acting.act(caller, RecordId(record), name, request))
    except MENDABLE as error:
        attempt = _attempt(visitor, RecordId(record), Attempt(name, form, error))
        opened = house.browsing.open(caller, RecordId(record))
        view = page_of(visitor, opened, Place(), attempt)
        return visitor.show("record", view, status=status_of(error))
    house.phrases.used(caller.person.login, texts_of(form, "phrase"))
    house.rosters.recent.chose(caller.person.login, chosen_tokens(kind, name, request))
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


def _attempt(visitor: Visitor, record: RecordId, attempt: Attempt) -> Attempt:
    """The attempt with what others changed since the page was shown on which it was filled in."""
    stale = attempt.error.reason == "stale_revision"
    on = whole_number(attempt.text("revision" if stale else "against"))
    if on is None:
        return attempt
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, record)
    typed = typed_fields(attempt.form, opened.kind, attempt.name, caller.organisation)
    compared = Comparison(
        house.browsing, caller, drawing_for(house, caller, visitor.desk.texts), on=on
    )
    differences, shown = compared.of(opened, typed)
    return replace(attempt, stale=differences, shown=shown)


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
        "Content-Disposition": content_disposition("attachment", stream.file.name),
        "Content-Length": str(stream.length),
    }
    return StreamingResponse(
        paced(stream.pieces), headers=headers, media_type="application/octet-stream"
    )


@router.get("/records/{record}/member")
def member(
    record: str,
    file: str,
    member: str,
    visitor: TheVisitor,
    revision: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """The bytes of what an archive or a mail holds, always as an attachment of no type."""
    house = visitor.desk.house
    opened = house.browsing.open(visitor.caller, RecordId(record), number=revision)
    fetched = house.members.fetch(opened.revision, opened.file(file), member)
    headers = {
        **USER_FILE_HEADERS,
        "Content-Disposition": content_disposition("attachment", fetched.name),
        "Content-Length": str(fetched.size_bytes),
    }
    return StreamingResponse(
        paced(fetched.pieces), headers=headers, media_type="application/octet-stream"
    )


def _repeal(visitor: Visitor, opened: OpenRecord) -> tuple[Badge, ...]:
    """By what it is repealed; a page opens all the same while the index is away."""
    try:
        told = visitor.desk.house.search_aids.repeals.told(visitor.caller, opened.revision)
    except Unavailable:
        return ()
    return repeal_badge(told)


def _extracted(visitor: Visitor, opened: OpenRecord) -> dict[str, ExtractedText]:
    """The text of each file; a file whose text is still read is left out."""

    def extracted(file: FileVersion) -> ExtractedText | None:
        return visitor.desk.previewing.words.extracted(opened.revision, file)

    found = {file.name: extracted(file) for file in opened.revision.files}
    return {name: text for name, text in found.items() if text is not None}


def _scans(visitor: Visitor, opened: OpenRecord) -> dict[str, ScanState]:
    """How far recognition is, of each file of which pages are pictures."""
    previewing, revision = visitor.desk.previewing, opened.revision
    found = {file.name: previewing.scanned(revision, file) for file in revision.files}
    return {name: state for name, state in found.items() if state is not None}


def _receipts(visitor: Visitor, opened: OpenRecord) -> tuple[tuple[str, int], ...]:
    """How many have read a published record, for those who took part in it."""
    desk, t = visitor.desk.house.receipts, visitor.desk.texts
    roll = desk.roll(visitor.caller, opened)
    total, read = len(roll.asked), roll.readers
    if not total:
        return ()
    wanted = wanted_of(opened.kind, opened.revision)
    shown = ((t("notice.read"), read), (t("notice.unread"), total - read))
    if wanted is None:
        return shown
    answered = (t("receipts.given", label=wanted.label), roll.count(Which.ANSWERED))
    late = (t("receipts.late"), roll.count(Which.LATE))
    return (*shown, answered, late) if late[1] else (*shown, answered)
