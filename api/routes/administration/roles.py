"""角色: what each may, for who keeps people (SY-04, SY-05)."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.access import TheCaller, TheHouse
from gate.bounded_request import BoundedRoute

router = APIRouter(prefix="/api/v1/people", tags=["people"], route_class=BoundedRoute)


class RoleAnswer(BaseModel):
    """A role; `own` where the installation declares it, `given_by` unit or system."""

    role: str
    title: str
    own: bool
    given_by: str
    may: list[str]
    kinds: list[str]
    holders: int


@router.get("/roles")
def roles(caller: TheCaller, house: TheHouse) -> list[RoleAnswer]:
    """What each role may, who gives it, which kinds name it, how many hold it."""
    return [
        RoleAnswer(
            role=each.role.role,
            title=each.role.title,
            own=each.is_own,
            given_by=each.role.given_by,
            may=[power.value for power in each.role.may],
            kinds=list(each.kinds),
            holders=each.holders,
        )
        for each in house.administration.roles.all(caller)
    ]
