"""One's own particulars (LG-10): where one is reached, and the addresses that get codes."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from services.house import House
from services.people.caller import Caller

router = APIRouter(prefix="/api/v1/account", tags=["session"], route_class=BoundedRoute)


class ParticularsRequest(Wire):
    """Room and telephone of the office; empty for none."""

    room: str = Field(default="", max_length=200)
    telephone: str = Field(default="", max_length=200)


class AddressRequest(Wire):
    """An address to bind, and the own password."""

    channel: str = Field(max_length=20, examples=["sms"])
    address: str = Field(max_length=300)
    password: str = Field(max_length=1000)


class CodeRequest(Wire):
    """The code that came."""

    code: str = Field(max_length=100)


class ParticularsAnswer(BaseModel):
    """What a person told of himself; `bound` are the channels whose address he has shown."""

    room: str
    telephone: str
    mail: str
    sms: str
    bound: list[str]
    channels: list[str]
    """Ways on which codes can be sent here."""


@router.get("/particulars")
def show(caller: TheCaller, house: TheHouse) -> ParticularsAnswer:
    """One's own particulars."""
    return _answer(caller, house)


@router.put("/particulars")
def change(given: ParticularsRequest, caller: TheCaller, house: TheHouse) -> ParticularsAnswer:
    """Another room or telephone."""
    house.entry.particulars.change(caller, room=given.room, telephone=given.telephone)
    return _answer(caller, house)


@router.post("/addresses", status_code=202)
def begin(given: AddressRequest, request: Request, caller: TheCaller, house: TheHouse) -> None:
    """Send a code to an address; it is bound once the code comes back."""
    house.entry.particulars.begin_binding(
        caller,
        given.channel,
        given.address,
        password=given.password,
        origin=origin_of(request),
    )


@router.post("/addresses/code")
def bind(given: CodeRequest, caller: TheCaller, house: TheHouse) -> ParticularsAnswer:
    """Bind the address to which the code went."""
    house.entry.particulars.bind(caller, given.code)
    return _answer(caller, house)


def _answer(caller: Caller, house: House) -> ParticularsAnswer:
    book = house.entry.particulars
    now = book.of(caller.person.login)
    return ParticularsAnswer(
        room=now.room,
        telephone=now.telephone,
        mail=now.mail,
        sms=now.sms,
        bound=list(now.bound),
        channels=sorted(book.channels()),
    )
