"""Lists of a person over all kinds: 待办, 待阅, 已办, 我发起的, 跟踪, 即将到期, 超期 (GT-06)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import RecordId
from records.meaning import title_of
from services.finding.worklists import Worklist, WorkRow

router = APIRouter(prefix="/api/v1", tags=["tasks"], route_class=BoundedRoute)

ORDINARY = "一般"
Place = Annotated[str | None, Query(max_length=4_000, description="`next` of the page before")]


class TaskRow(Wire):
    """A record of a list as it concerns the caller.

    `step` is the label of his task, or of the state where he has none; `due_on` and `arrived_at`
    are those of the same task.
    """

    id: str
    kind: str
    title: str
    step: str
    urgency: str
    due_on: str | None
    arrived_at: datetime


class TaskList(Wire):
    """One page; `next` is null on the last one."""

    total: int
    tasks: list[TaskRow]
    next: str | None


class FollowShape(Wire):
    """Whether the caller follows the record."""

    followed: bool


@router.get("/tasks")
def tasks(
    caller: TheCaller,
    house: TheHouse,
    which: Annotated[Worklist, Query(alias="list")] = Worklist.WAITING,
    kind: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies it
    size: Annotated[int, Query(ge=1, le=100)] = 50,
    after: Place = None,
) -> TaskList:
    """A page of one of the lists.

    What waits (`todo`, `unread`, `soon`, `overdue`): 特急 before 加急 before 一般, then the earlier
    deadline, then what arrived last. The others: last changed first.
    """
    page = house.lists.of_work.page(caller, which, kinds=kind, size=size, after=after)
    return TaskList(total=page.total, tasks=list(map(_shape, page.rows)), next=page.following)


@router.put("/records/{record}/follow")
def follow(record: str, caller: TheCaller, house: TheHouse) -> FollowShape:
    """Put a record under 跟踪: it stands in the list `followed` until it is taken out."""
    found = house.browsing.open(caller, RecordId(record)).revision.record
    house.lists.followed.put(caller.person.login, found, caller.now.isoformat())
    return FollowShape(followed=True)


@router.delete("/records/{record}/follow")
def unfollow(record: str, caller: TheCaller, house: TheHouse) -> FollowShape:
    """Take a record out of 跟踪."""
    found = house.browsing.open(caller, RecordId(record)).revision.record
    house.lists.followed.remove(caller.person.login, found)
    return FollowShape(followed=False)


def _shape(row: WorkRow) -> TaskRow:
    return TaskRow(
        id=row.revision.record,
        kind=row.kind.kind,
        title=title_of(row.kind, row.revision),
        step=row.step,
        urgency=row.urgency or ORDINARY,
        due_on=row.due_on.isoformat() if row.due_on else None,
        arrived_at=row.arrived_at,
    )
