"""账号申请: handed in by newcomers, decided by who keeps the people of the unit (LG-03)."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.access import TheCaller, TheHouse
from api.requests import PageNumber, PageSize, Wire
from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from services.administration.applications import Decision, Wanted

router = APIRouter(prefix="/api/v1/applications", tags=["people"], route_class=BoundedRoute)


class ApplicationRequest(Wire):
    """What a newcomer tells of himself; mobile or mail, one of them."""

    name: str = Field(max_length=200)
    login: str = Field(max_length=200)
    unit: str = Field(max_length=300)
    sms: str = Field(default="", max_length=100)
    mail: str = Field(default="", max_length=300)
    reason: str = Field(max_length=1000)


class StateRequest(Wire):
    """The code that came back when the application was handed in."""

    code: str = Field(max_length=200)


class RefusalRequest(Wire):
    """Why no account is opened; the applicant reads it."""

    reason: str = Field(max_length=1000)


class HandedIn(BaseModel):
    """The code by which its state is found; told once."""

    code: str


class StateAnswer(BaseModel):
    """``waiting``, ``opened`` with the login, or ``refused`` with the reason."""

    state: str
    login: str = ""
    reason: str = ""


class ApplicationAnswer(BaseModel):
    """An application that waits."""

    id: str
    name: str
    login: str
    unit: str
    sms: str
    mail: str
    reason: str
    at: datetime


@router.post("", status_code=201)
def apply(given: ApplicationRequest, request: Request, house: TheHouse) -> HandedIn:
    """Apply for an account; no sign-in is needed."""
    wanted = Wanted(**given.model_dump())
    return HandedIn(code=house.entry.applications.ask(wanted, origin_of(request)))


@router.post("/state")
def state(given: StateRequest, house: TheHouse) -> StateAnswer:
    """What became of an application, by its code; no sign-in is needed."""
    found = house.entry.applications.state(given.code)
    if not isinstance(found, Decision):
        return StateAnswer(state="waiting")
    if found.opened:
        return StateAnswer(state="opened", login=found.login)
    return StateAnswer(state="refused", reason=found.reason)


@router.get("")
def waiting(
    caller: TheCaller, house: TheHouse, page: PageNumber = 1, size: PageSize = 50
) -> list[ApplicationAnswer]:
    """What waits for the caller's decision, a page at a time; nothing for who keeps nobody."""
    return [
        ApplicationAnswer(**each.model_dump(include=set(ApplicationAnswer.model_fields)))
        for each in house.entry.applications.waiting(caller)[(page - 1) * size : page * size]
    ]


@router.post("/{number}/refuse", status_code=204)
def refuse(number: str, given: RefusalRequest, caller: TheCaller, house: TheHouse) -> None:
    """Refuse one, with a reason. One is opened by adding the person."""
    house.entry.applications.decide(caller, number, opened=False, reason=given.reason)
