"""权限说明: which rule opens a record to somebody."""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from api.access import TheCaller, TheHouse
from gate.bounded_request import BoundedRoute
from records.identity import Login, RecordId, Token

router = APIRouter(prefix="/api/v1/records", tags=["records"], route_class=BoundedRoute)


class RuleAnswer(BaseModel):
    """A rule of the record: `carried` when it names the person, `over` when its day has passed."""

    source: str
    to: Token
    until: date | None
    carried: bool
    over: bool


class AccessAnswer(BaseModel):
    """Whether the record is open to the person; level and clearance decide as well.

    `clearance` is null but for security officers.
    """

    open: bool
    level: str
    clearance: str | None
    deleted: bool
    rules: list[RuleAnswer]


@router.get("/{record}/access/{login}")
def explain(record: str, login: str, caller: TheCaller, house: TheHouse) -> AccessAnswer:
    """For the owner of the record and for security officers; for others there is none."""
    found = house.administration.access.explain(caller, RecordId(record), Login(login))
    told = found.explanation
    return AccessAnswer(
        open=told.is_open,
        level=told.level.label,
        clearance=found.clearance.label if found.clearance else None,
        deleted=told.deleted,
        rules=[
            RuleAnswer(
                source=rule.source,
                to=rule.token,
                until=rule.until,
                carried=rule.carried,
                over=rule.over,
            )
            for rule in told.rules
        ],
    )
