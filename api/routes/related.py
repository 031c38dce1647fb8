"""What a record came from and what came of it (M10)."""

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import RecordId

router = APIRouter(prefix="/api/v1/records/{record}", tags=["related"], route_class=BoundedRoute)


class RelatedShape(Wire):
    """The other end of a tie; its title is null for who may not read it."""

    id: str
    link: str
    is_parent: bool
    unit: str | None
    title: str | None
    state: str | None
    done: bool


@router.get("/related")
def related(record: str, caller: TheCaller, house: TheHouse) -> list[RelatedShape]:
    """The record it came from, then those that came of it, as far as the caller may see them."""
    opened = house.browsing.open(caller, RecordId(record))
    return [
        RelatedShape(
            id=each.record,
            link=each.link,
            is_parent=each.is_parent,
            unit=each.unit,
            title=each.title,
            state=each.state,
            done=each.is_done,
        )
        for each in house.related.of(caller, opened)
    ]
