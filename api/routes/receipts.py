"""Receipts of what was delivered: 未读, 已读, 签收, 反馈, 退文 and 催办 (TZ-04, M12)."""

from fastapi import APIRouter, Query

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from services.after_commit.deliveries import Receipt

router = APIRouter(
    prefix="/api/v1/records/{record}/receipts", tags=["receipts"], route_class=BoundedRoute
)


class ReceiptShape(Wire):
    """One recipient; `opened_at` is null while unread; `given` says when he gave each receipt."""

    login: str
    name: str
    unit: str
    opened_at: str | None
    given: dict[Receipt, str]


class ReceiptCounts(Wire):
    """How many it was delivered to, and how many of them gave each receipt."""

    total: int
    given: dict[Receipt, int]


class UrgedAnswer(Wire):
    """How many owe the receipt; each of them is told once a day."""

    owing: int


@router.get("")
def listed(
    record: str,
    caller: TheCaller,
    house: TheHouse,
    owing: Receipt | None = None,
    offset: int = Query(default=0, ge=0, le=1_000_000),
    size: int = Query(default=200, ge=1, le=500),
) -> list[ReceiptShape]:
    """Recipients, unread first, or those who owe a receipt; for those who took part."""
    opened = house.browsing.open(caller, RecordId(record))
    rows = house.receipts.page(opened, caller.organisation, owing=owing, offset=offset, size=size)
    return [
        ReceiptShape(
            login=row.login,
            name=row.name,
            unit=row.unit,
            opened_at=row.given.get(Receipt.READ),
            given=dict(row.given),
        )
        for row in rows
    ]


@router.get("/counts")
def counts(record: str, caller: TheCaller, house: TheHouse) -> ReceiptCounts:
    """How many there are of each; nothing for who took no part."""
    total, given = house.receipts.counts(house.browsing.open(caller, RecordId(record)))
    return ReceiptCounts(total=total, given=dict(given))


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
