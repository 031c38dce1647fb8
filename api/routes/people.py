"""The organisation, for those who keep it."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.access import TheCaller, TheHouse
from gate.bounded_request import BoundedRoute
from records.identity import Login
from records.people.people_rows import PeopleRows

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
    """Add or update units and people; for administrators, each within what he keeps (SY-02).

    Changes of rights and passwords are told to the person and to the security officers. A password
    given here is good for setting another.
    """
    loaded = house.people.load_for(caller, PeopleRows(given.units, given.people))
    return PeopleAnswer(
        units=loaded.units,
        people=loaded.people,
        codes=dict(loaded.codes),
        unknown_posts=list(loaded.unknown_posts),
        unknown_profiles=list(loaded.unknown_profiles),
    )


class ResetAnswer(BaseModel):
    """A one-time code in the place of a password, told once."""

    code: str


@router.post("/{login}/reset")
def reset(login: str, caller: TheCaller, house: TheHouse) -> ResetAnswer:
    """A one-time code for somebody whom the caller keeps; sessions and tokens end (LG-07)."""
    return ResetAnswer(code=house.administration.people.reset(caller, Login(login)))
