"""回收站 (YP-05): what the caller deleted, brought back within thirty days or let go."""

from datetime import datetime

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.answers import Created
from api.requests import PageNumber, PageSize, Wire
from gate.bounded_request import BoundedRoute
from records.errors import NotFound
from records.identity import RecordId
from records.meaning import title_of

router = APIRouter(prefix="/api/v1/recycle-bin", tags=["records"], route_class=BoundedRoute)


class BinnedShape(Wire):
    """Something that was deleted, with how much went with it."""

    id: str
    kind: str
    title: str
    deleted_at: datetime
    restorable_until: datetime
    inside: int


@router.get("")
def listed(
    caller: TheCaller, house: TheHouse, page: PageNumber = 1, size: PageSize = 50
) -> list[BinnedShape]:
    """What the caller deleted in the last thirty days, the latest first, a page at a time."""
    return [
        BinnedShape(
            id=each.revision.record,
            kind=each.revision.kind,
            title=title_of(each.kind, each.revision),
            deleted_at=each.deleted_at,
            restorable_until=each.last_at,
            inside=each.inside,
        )
        for each in house.drive.bin.items(caller)[(page - 1) * size : page * size]
    ]


@router.post("/{record}/restore")
def restore(record: str, caller: TheCaller, house: TheHouse) -> list[Created]:
    """Bring it back, with all that went with it."""
    restored = house.drive.bin.restore(caller, RecordId(record))
    house.settle_all(restored)
    return [Created(id=each.record, revision=each.number) for each in restored]


@router.delete("/{record}", status_code=204)
def let_go(record: str, caller: TheCaller, house: TheHouse) -> None:
    """It cannot be restored any more."""
    if not house.drive.bin.let_go(caller, [RecordId(record)]):
        raise NotFound("not_in_bin", record=record)
