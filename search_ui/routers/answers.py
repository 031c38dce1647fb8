"""反馈 and 回执: a recipient's form, and the publisher's table of all (TZ-04, TZ-07, DC-11)."""

from typing import Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.errors import tell
from languages.receipts import RECEIPT_WORDS
from records.content_disposition import content_disposition
from records.errors import Refused
from records.identity import Recipient, RecordId
from records.meaning import title_of
from records.rights.answering import wanted_of
from records.times.deadlines import is_over
from search_ui.desk import TheForm, TheVisitor, Visitor, text_of, texts_of, whole_number
from search_ui.failures import MENDABLE, status_of
from search_ui.receiving import received
from search_ui.routers.record import USER_FILE_HEADERS, page_of
from search_ui.shown.action_reading import Attempt
from search_ui.shown.answers import FILES, PREFIX, AnswerShowing
from search_ui.shown.form_fields import drawing_for
from search_ui.shown.form_reading import read_form
from search_ui.shown.preview.place import Place
from search_ui.shown.words import record_href
from search_ui.views.answers import ReceiptsPage
from search_ui.views.shell import Crumb, Pager, Tab
from services.after_commit.deliveries import Receipt
from services.finding.browse import OpenRecord
from services.receipts.answer_desk import GivenAnswer
from services.receipts.receipt_desk import ReceiptCounts
from services.receipts.receipt_roll import Which
from services.receipts.receipt_table import table_of

router = APIRouter(route_class=BoundedRoute)

SHOWN = 50


@router.post("/records/{record}/answers")
def give(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """The recipient answers; what is refused leads back to the form, with all that was typed."""
    house, caller = visitor.desk.house, visitor.caller
    opened = house.browsing.open(caller, RecordId(record))
    recipient = text_of(form, "recipient")
    wanted = wanted_of(opened.kind, opened.revision)
    fields = wanted.fields if wanted is not None else {}
    try:
        with received(house.staging, form, {FILES: None}) as files:
            given = GivenAnswer(
                number=whole_number(text_of(form, "number")) or 0,
                fields=read_form(fields, form, caller.organisation, prefix=PREFIX).sound(),
                recipient=Recipient(recipient) if recipient else None,
                files=files,
                removed=texts_of(form, "removed"),
                key=text_of(form, "idempotency_key") or None,
            )
            answer = house.answers.give(caller, opened, given)
    except MENDABLE as error:
        attempt = Attempt(recipient, form, error)
        again = house.browsing.open(caller, RecordId(record))
        view = page_of(visitor, again, Place(), answering=attempt)
        return visitor.show("record", view, status=status_of(error))
    t = visitor.desk.texts
    told = "answer.sent_late" if answer.late else "answer.sent"
    label = wanted.label if wanted is not None else ""
    return visitor.go(record_href(record), told=t(told, label=label))


@router.get("/records/{record}/answers/{recipient}/files/{name}")
def download(record: str, recipient: str, name: str, visitor: TheVisitor) -> Response:
    """A file that came with an answer, always as an attachment."""
    house = visitor.desk.house
    opened = house.browsing.open(visitor.caller, RecordId(record))
    stream = house.answers.file(visitor.caller, opened, Recipient(recipient), name)
    headers = {
        **USER_FILE_HEADERS,
        "Content-Disposition": content_disposition("attachment", stream.file.name),
        "Content-Length": str(stream.length),
    }
    return StreamingResponse(
        paced(stream.pieces), headers=headers, media_type="application/octet-stream"
    )


@router.get("/records/{record}/receipts")
def receipts(
    record: str,
    visitor: TheVisitor,
    which: Which = Which.ALL,
    first: int = Query(default=1, ge=1, le=1_000_000),
) -> HTMLResponse:
    """Who has read and answered, and who owes it; for those who took part."""
    house, caller = visitor.desk.house, visitor.caller
    opened = _taken_part(visitor, record)
    roll = house.receipts.roll(caller, opened)
    counts = house.receipts.counts(opened, roll)
    rows = house.receipts.page(opened, roll, which=which, offset=first - 1, size=SHOWN)
    showing = AnswerShowing(opened, drawing_for(house, caller, visitor.desk.texts))
    href = f"{record_href(record)}/receipts"
    due = showing.due_on
    owes = Receipt.ANSWERED if showing.label else Receipt.READ
    view = ReceiptsPage(
        title=title_of(opened.kind, opened.revision),
        label=showing.label,
        crumbs=_crumbs(visitor, opened, record),
        tabs=_tabs(visitor, counts, which, href, label=showing.label),
        choices=tuple(counts.choices.items()) if showing.label else (),
        rows=tuple(map(showing.row, rows)),
        pager=_pager(counts, which, first, len(rows), href),
        export_xlsx_href=f"{href}/export?format=xlsx",
        export_csv_href=f"{href}/export?format=csv",
        urge_href=f"{href}/urge",
        owing=counts.of.get(Which.OWING if showing.label else Which.UNREAD, 0),
        owes=owes,
        due_on=due,
        overdue=is_over(due, caller.today),
    )
    return visitor.show("receipts", view)


@router.post("/records/{record}/receipts/urge")
def urge(record: str, visitor: TheVisitor, form: TheForm) -> Response:
    """催办: everyone who owes it is told, once a day."""
    house, t = visitor.desk.house, visitor.desk.texts
    opened = _taken_part(visitor, record)
    owes = Receipt.ANSWERED if text_of(form, "owes") == Receipt.ANSWERED else Receipt.READ
    try:
        owing = house.receipts.urge(visitor.caller, opened, owes)
    except MENDABLE as error:
        return visitor.go(record_href(record), told=str(tell(error)), tone="warning")
    return visitor.go(f"{record_href(record)}/receipts", told=t("receipts.urged", n=owing))


@router.get("/records/{record}/receipts/export")
def export(
    record: str,
    visitor: TheVisitor,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name the API has
) -> Response:
    """Every recipient with what came back, as a file."""
    house, caller = visitor.desk.house, visitor.caller
    opened = _taken_part(visitor, record)
    writer = visitor.desk.tables[format]
    rows = house.receipts.all(opened, house.receipts.roll(caller, opened))
    table = table_of(opened, rows, caller.organisation, RECEIPT_WORDS)
    name = f"{table.title}.{writer.suffix}"
    return StreamingResponse(
        paced(writer.write(table.title, table.header, rows=table.rows)),
        media_type=writer.media_type,
        headers={"Content-Disposition": content_disposition("attachment", name)},
    )


def _taken_part(visitor: Visitor, record: str) -> OpenRecord:
    """The record, for who took part in it. Raises Refused (``not_yours``) for its readers."""
    opened = visitor.desk.house.browsing.open(visitor.caller, RecordId(record))
    if not opened.took_part:
        raise Refused("not_yours", action=visitor.desk.texts("record.receipts"))
    return opened


def _crumbs(visitor: Visitor, opened: OpenRecord, record: str) -> tuple[Crumb, ...]:
    title = title_of(opened.kind, opened.revision)
    return (Crumb(title, record_href(record)), Crumb(visitor.desk.texts("record.receipts")))


def _tabs(
    visitor: Visitor, counts: ReceiptCounts, which: Which, href: str, *, label: str
) -> tuple[Tab, ...]:
    shown = [*Which] if label else [Which.ALL, Which.UNREAD, Which.SILENT]
    t = visitor.desk.texts
    return tuple(
        Tab(
            t(
                f"receipts.{each}" if label or each is not Which.SILENT else "receipts.read",
                label=label,
            ),
            f"{href}?which={each}",
            current=each is which,
            count=counts.of.get(each, 0) + (counts.joined if each is Which.ALL else 0),
        )
        for each in shown
    )


def _pager(counts: ReceiptCounts, which: Which, first: int, rows: int, href: str) -> Pager:
    total = counts.of.get(which, 0) + (counts.joined if which is Which.ALL else 0)

    def at(number: int) -> str:
        return f"{href}?{urlencode({'which': which, 'first': number})}"

    return Pager(
        total=total,
        first=first if rows else 0,
        last=first + rows - 1 if rows else 0,
        previous_href=at(max(1, first - SHOWN)) if first > 1 else None,
        next_href=at(first + SHOWN) if first + rows <= total and rows else None,
    )
