"""正文著录: what the text of a record says of itself, for whoever may take it into the fields."""

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.imprint import PARTICULARS
from records.identity import RecordId

router = APIRouter(prefix="/api/v1/records/{record}", tags=["related"], route_class=BoundedRoute)


class ImprintShape(Wire):
    """One particular that the record does not have so, and where it was read.

    `field` is what it would go into by PATCH, null for the level; `now` what stands there.
    """

    what: str
    label: str
    value: str
    field: str | None
    now: str
    file: str
    page: int | None
    line: str


@router.get("/imprint")
def imprint(record: str, caller: TheCaller, house: TheHouse) -> list[ImprintShape]:
    """Number, issuer, title, date, urgency and level as 版头 and 版记 say, where they differ."""
    opened = house.browsing.open(caller, RecordId(record))
    return [
        ImprintShape(
            what=each.sighting.what,
            label=PARTICULARS[each.sighting.what],
            value=each.sighting.value,
            field=each.field,
            now=each.now,
            file=each.file,
            page=each.sighting.page,
            line=each.sighting.line,
        )
        for each in house.search_aids.imprints.of(opened)
    ]
