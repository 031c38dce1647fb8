"""工作助手: notes, appointments and plans that the caller keeps for himself (GT-09)."""

from datetime import date, timedelta

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from services.people.planner import Wanted
from services.people.planner_item import PlannerItem

router = APIRouter(prefix="/api/v1/planner", tags=["session"], route_class=BoundedRoute)

_AHEAD = timedelta(days=31)
"""So far the list reaches where no last day is given."""


class ItemRequest(Wire):
    """What is to stand in an item; empty texts of a day or a time are none."""

    sort: str = Field(max_length=20, description="note, appointment or plan")
    text: str = Field(max_length=20_000, examples=["局长办公会"])
    on: str = Field(default="", max_length=10, description="YYYY-MM-DD; of a plan its last day")
    begins: str = Field(default="", max_length=5, description="HH:MM")
    ends: str = Field(default="", max_length=5, description="HH:MM")
    done: bool = Field(default=False, description="Of a plan")


class ChangedItemRequest(ItemRequest):
    """The same, and the version that was changed."""

    version: int = Field(ge=1, le=999_999_999)


@router.get("")
def items(
    caller: TheCaller,
    house: TheHouse,
    first: date | None = None,
    last: date | None = None,
    undated: bool = True,  # noqa: FBT001, FBT002 - a parameter of the address
) -> list[PlannerItem]:
    """The caller's of some days, by day and time; before them those without a day."""
    begin = first or caller.today
    end = last or min(begin, date.max - _AHEAD) + _AHEAD
    found = house.planner.between(caller.person.login, begin, end, undated=undated)
    return list(found)


@router.post("", status_code=201)
def add(given: ItemRequest, caller: TheCaller, house: TheHouse) -> PlannerItem:
    """A new one."""
    return house.planner.add(caller, Wanted(**given.model_dump()))


@router.put("/{item}")
def change(item: str, given: ChangedItemRequest, caller: TheCaller, house: TheHouse) -> PlannerItem:
    """Other words, day or times; refused where it was changed since `version`."""
    wanted = Wanted(**given.model_dump(exclude={"version"}))
    return house.planner.change(caller, item, given.version, wanted)


@router.delete("/{item}", status_code=204)
def drop(item: str, caller: TheCaller, house: TheHouse) -> None:
    """It goes."""
    house.planner.drop(caller.person.login, item)
