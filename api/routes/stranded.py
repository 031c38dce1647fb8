"""Tasks that nobody in office holds, for administrators, and handing them over (TRF-17)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from languages.errors import tell
from records.identity import Login, RecordId, Token
from services.flow.stranding import StrandedTask, TaskName

router = APIRouter(prefix="/api/v1/stranded", tags=["people"], route_class=BoundedRoute)


class VacancyShape(Wire):
    """Somebody who left (``person:LOGIN``), or a post, role or unit that nobody is of.

    ``post:UNIT/NAME``, ``role:NAME``, ``unit:CODE``; those too whose people may not open it.
    """

    holder: str
    name: str
    records: int


class TaskNameShape(Wire):
    """A task of a record, at the revision at which it was seen."""

    record: str = Field(max_length=40)
    revision: int = Field(ge=1)
    task: int = Field(ge=1)


class StrandedShape(Wire):
    """A task; `title` is null where the caller may not open the record."""

    record: str
    revision: int
    task: int
    kind: str
    label: str
    holder: str
    unit: str
    arrived_at: datetime
    due_on: str | None
    title: str | None


class EstateShape(Wire):
    """What they held: at most 500 tasks of `total` records.

    `unread` were sent to be read and hold nothing up; `deputies` acted for somebody until he left.
    """

    holders: list[str]
    total: int
    tasks: list[StrandedShape]
    unread: int
    deputies: list[str]


class HandOverCall(Wire):
    """Tasks to give to one person; the same key again gives the same answers."""

    tasks: list[TaskNameShape] = Field(max_length=1_000)
    to: str = Field(max_length=200)
    reason: str = Field(max_length=5_000)
    idempotency_key: str = Field(min_length=1, max_length=100)


class HandedOverShape(Wire):
    """What became of one task."""

    record: str
    task: int
    done: bool
    reason: str | None
    why_not: str | None


@router.get("")
def vacancies(caller: TheCaller, house: TheHouse) -> list[VacancyShape]:
    """Who left and which posts are vacant while something waits for them; for administrators."""
    return [
        VacancyShape(
            holder=each.holder,
            name=caller.organisation.describe(each.holder),
            records=each.records,
        )
        for each in house.stranding.vacancies(caller, house.post_words)
    ]


@router.get("/tasks")
def estate(
    caller: TheCaller,
    house: TheHouse,
    holder: Annotated[list[str], Query(min_length=1, max_length=50)],
) -> EstateShape:
    """What these hold; with a person also the posts that nobody has since he left."""
    found = house.stranding.estate(caller, [Token(each) for each in holder])
    return EstateShape(
        holders=list(found.holders),
        total=found.total,
        tasks=list(map(_shape, found.tasks)),
        unread=found.unread,
        deputies=list(found.deputies),
    )


@router.post("/hand-over")
def hand_over(given: HandOverCall, caller: TheCaller, house: TheHouse) -> list[HandedOverShape]:
    """Give tasks that nobody holds to somebody, each answered for itself; for administrators."""
    names = [TaskName(RecordId(e.record), e.revision, e.task) for e in given.tasks]
    outcomes = house.stranding.hand_over(
        caller, names, to=Login(given.to), reason=given.reason, key=given.idempotency_key
    )
    return [
        HandedOverShape(
            record=each.name.record,
            task=each.name.task,
            done=each.refusal is None,
            reason=each.refusal.reason if each.refusal else None,
            why_not=str(tell(each.refusal)) if each.refusal else None,
        )
        for each in outcomes
    ]


def _shape(task: StrandedTask) -> StrandedShape:
    return StrandedShape(
        record=task.name.record,
        revision=task.name.revision,
        task=task.name.task,
        kind=task.kind.kind,
        label=task.label,
        holder=task.holder,
        unit=task.unit,
        arrived_at=task.opened_at,
        due_on=task.due_on.isoformat() if task.due_on else None,
        title=task.title,
    )
