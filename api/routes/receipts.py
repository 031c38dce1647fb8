"""Receipts of what was delivered: 未读, 已读, 签收, 反馈, 退文, 逾期 and 催办 (TZ-04, M12)."""

from typing import Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.access import TheCaller, TheHouse, TheTables
from api.requests import Wire
from api.routes.answers import AnswerShape, answer_shape
from gate.bounded_request import BoundedRoute
from gate.downloads import paced
from languages.receipts import RECEIPT_WORDS
from records.content_disposition import content_disposition
from records.identity import RecordId
from services.after_commit.deliveries import Receipt
from services.receipts.receipt_desk import ReceiptRow
from services.receipts.receipt_roll import Which
from services.receipts.receipt_table import table_of

router = APIRouter(
    prefix="/api/v1/records/{record}/receipts", tags=["receipts"], route_class=BoundedRoute
)


class ReceiptShape(Wire):
    """One recipient; `opened_at` is null while unread; `given` says when he gave each receipt.

    Where units answer, `login` is empty, `recipient` is ``unit:CODE`` and `read` says how many of
    its people have read it, of how many. `joined`: came later, `gone`: can answer no more; both owe
    nothing.
    """

    recipient: str
    login: str
    name: str
    unit: str
    opened_at: str | None
    given: dict[Receipt, str]
    late: bool
    joined: bool
    gone: bool
    read: tuple[int, int] | None
    answer: AnswerShape | None


class ReceiptCounts(Wire):
    """How many were asked, and how many of them gave what; `choices` counts 参加, 请假, 替会."""

    total: int
    given: dict[Receipt, int]
    of: dict[Which, int]
    choices: dict[str, int]
    joined: int


class UrgedAnswer(Wire):
    """How many owe the receipt; each of them is told once a day."""

    owing: int


@router.get("")
def listed(
    record: str,
    caller: TheCaller,
    house: TheHouse,
    which: Which = Which.ALL,
    owing: Receipt | None = None,
    offset: int = Query(default=0, ge=0, le=1_000_000),
    size: int = Query(default=200, ge=1, le=500),
) -> list[ReceiptShape]:
    """Recipients, unread first, or those of one sort; for those who took part."""
    opened = house.browsing.open(caller, RecordId(record))
    roll = house.receipts.roll(caller, opened)
    rows = house.receipts.page(opened, roll, which=which, owing=owing, offset=offset, size=size)
    return [_shape(row) for row in rows]


@router.get("/counts")
def counts(record: str, caller: TheCaller, house: TheHouse) -> ReceiptCounts:
    """How many there are of each; nothing for who took no part."""
    opened = house.browsing.open(caller, RecordId(record))
    found = house.receipts.counts(opened, house.receipts.roll(caller, opened))
    shape: dict[str, Any] = {
        "total": found.total,
        "given": found.given,
        "of": found.of,
        "choices": found.choices,
        "joined": found.joined,
    }
    return ReceiptCounts(**shape)


@router.get("/export", response_class=StreamingResponse)
def export(
    record: str,
    caller: TheCaller,
    house: TheHouse,
    tables: TheTables,
    format: Literal["xlsx", "csv"] = "xlsx",  # noqa: A002 - the name outside programs use
) -> StreamingResponse:
    """Every recipient with what came back, as a file; for those who took part."""
    opened = house.browsing.open(caller, RecordId(record))
    writer = tables[format]
    rows = house.receipts.all(opened, house.receipts.roll(caller, opened))
    table = table_of(opened, rows, caller.organisation, RECEIPT_WORDS)
    pieces = writer.write(table.title, table.header, rows=table.rows)
    return StreamingResponse(
        paced(pieces),
        media_type=writer.media_type,
        headers={
            "Content-Disposition": content_disposition(
                "attachment", f"{table.title}.{writer.suffix}"
            )
        },
    )


@router.post("/urge")
def urge(
    record: str, caller: TheCaller, house: TheHouse, owing: Receipt = Receipt.READ
) -> UrgedAnswer:
    """催办: tell everyone who owes the receipt; for those who took part."""
    opened = house.browsing.open(caller, RecordId(record))
    return UrgedAnswer(owing=house.receipts.urge(caller, opened, owing))


@router.post("/{receipt}", status_code=204)
def give(record: str, receipt: Receipt, caller: TheCaller, house: TheHouse) -> None:
    """The caller gives a receipt of what was delivered to him; a second time changes nothing."""
    opened = house.browsing.open(caller, RecordId(record))
    house.receipts.give(caller, opened, receipt)


def _shape(row: ReceiptRow) -> ReceiptShape:
    return ReceiptShape(
        recipient=row.recipient,
        login="" if row.read else row.recipient,
        name=row.name,
        unit=row.unit,
        opened_at=row.given.get(Receipt.READ),
        given=dict(row.given),
        late=row.late,
        joined=row.joined,
        gone=row.gone,
        read=row.read,
        answer=answer_shape(row.answer) if row.answer else None,
    )
