"""委托代办: one's own, and those of others for administrators (SY-10)."""

from datetime import date

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import Login
from records.people.delegation import Delegation
from services.people.delegations import Wanted

router = APIRouter(prefix="/api/v1/delegations", tags=["people"], route_class=BoundedRoute)


class DelegationRequest(Wire):
    """Who acts for whom on which days; `of` is the caller unless an administrator names another."""

    to: str = Field(max_length=60, examples=["clerk1"])
    from_on: date
    until_on: date
    kinds: list[str] = Field(default_factory=list, max_length=100, description="None is all")
    reason: str = Field(default="", max_length=500)
    of: str | None = Field(default=None, max_length=60)


class DelegationsAnswer(Wire):
    """What is handed over, and what others have handed over to the caller; newest first."""

    given: list[Delegation]
    taken: list[Delegation]


@router.get("")
def show(caller: TheCaller, house: TheHouse, of: str | None = None) -> DelegationsAnswer:
    """The caller's delegations; those that somebody else has given, for administrators."""
    given = house.delegations.given_by(caller, Login(of) if of else caller.person.login)
    return DelegationsAnswer(given=list(given), taken=list(house.delegations.taken_by(caller)))


@router.post("")
def set_up(given: DelegationRequest, caller: TheCaller, house: TheHouse) -> Delegation:
    """Let somebody act on one's tasks, those that wait already included.

    From the first to the last day, both included, for some kinds of record or all. One level: the
    deputy's own deputy gets nothing of it.
    """
    wanted = Wanted(
        of=Login(given.of) if given.of else caller.person.login,
        to=Login(given.to),
        from_on=given.from_on,
        until_on=given.until_on,
        kinds=tuple(given.kinds),
        reason=given.reason,
    )
    return house.delegations.set_up(caller, wanted)


@router.post("/{number}/end")
def end(number: int, caller: TheCaller, house: TheHouse) -> Delegation:
    """End one now, before its last day."""
    return house.delegations.end(caller, number)
