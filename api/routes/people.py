"""The organisation, for those who keep it."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.access import TheCaller, TheHouse
from gate.bounded_request import BoundedRoute
from records.errors import Refused
from records.people_rows import PeopleRows

router = APIRouter(prefix="/api/v1/people", tags=["people"], route_class=BoundedRoute)


class PeopleRequest(BaseModel):
    """Units and people to add or to update, as in a people file."""

    units: list[dict[str, Any]] = Field(default_factory=list)
    people: list[dict[str, Any]] = Field(default_factory=list)


class PeopleAnswer(BaseModel):
    """What was loaded; one-time codes by login, for new accounts without a password.

    Posts and flow profiles that their dictionaries do not have are taken, and named: no flow uses
    them.
    """

    units: int
    people: int
    codes: dict[str, str]
    unknown_posts: list[str] = []
    unknown_profiles: list[str] = []


@router.post("")
def load(given: PeopleRequest, caller: TheCaller, house: TheHouse) -> PeopleAnswer:
    """Add or update units and people; for administrators (SY-01, SY-02).

    Changes of rights and passwords are told to the person and to the security officers. A password
    given here is good for setting another.
    """
    if not caller.has_role("administrator"):
        raise Refused("administrators_only")
    loaded = house.people.load(PeopleRows(given.units, given.people), by=caller.person.login)
    return PeopleAnswer(
        units=loaded.units,
        people=loaded.people,
        codes=loaded.codes,
        unknown_posts=list(loaded.unknown_posts),
        unknown_profiles=list(loaded.unknown_profiles),
    )
