"""通讯录: the directory, one's own contacts, corrections asked and decided (TX)."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.people.contact import Contact
from records.people.organisation import Person
from services.directory import DirectoryEntry, OwnContact
from services.directory.corrections import Correction, seen_of

router = APIRouter(prefix="/api/v1/directory", tags=["people"], route_class=BoundedRoute)


class EntryShape(Wire):
    """A person; of a mobile that is not for the caller `mobile_hidden` is true."""

    login: str
    name: str
    unit: str
    unit_name: str
    posts: list[str]
    phone: str
    mobile: str
    mail: str
    room: str
    mobile_hidden: bool


class DirectoryAnswer(Wire):
    """One page of people in office."""

    total: int
    people: list[EntryShape]


class ContactRequest(Wire):
    """A contact of one's own; with `id` it takes the place of that one."""

    id: str = Field(default="", max_length=40)
    name: str = Field(max_length=200)
    organisation: str = Field(default="", max_length=400)
    phone: str = Field(default="", max_length=100)
    mobile: str = Field(default="", max_length=100)
    mail: str = Field(default="", max_length=300)
    note: str = Field(default="", max_length=800)


class CorrectionRequest(Wire):
    """How one is reached, all of it as it shall stand, and why."""

    phone: str = Field(default="", max_length=100)
    mobile: str = Field(default="", max_length=100)
    mail: str = Field(default="", max_length=300)
    room: str = Field(default="", max_length=100)
    note: str = Field(default="", max_length=800)


class CorrectionShape(Wire):
    """What waits for who keeps that person; `seen` is handed back with the decision.

    `contact` is what would stand: what stands now with what was to be put right.
    """

    login: str
    name: str
    contact: Contact
    note: str
    seen: str


class DecisionRequest(Wire):
    """What becomes of one; a refusal has a reason."""

    confirmed: bool
    reason: str = Field(default="", max_length=800)
    seen: str = Field(max_length=40)


Words = Annotated[str, Query(max_length=200)]


@router.get("")
def people(
    caller: TheCaller,
    house: TheHouse,
    unit: Annotated[str, Query(max_length=60)] = "",
    q: Words = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 30,
) -> DirectoryAnswer:
    """People of a unit with all below it, or by name, pinyin, number, room or post."""
    found = house.rosters.directory.page(caller, unit=unit, typed=q, page=page, size=size)
    return DirectoryAnswer(total=found.total, people=[_shape(each) for each in found.rows])


@router.get("/contacts")
def contacts(caller: TheCaller, house: TheHouse, q: Words = "") -> list[OwnContact]:
    """One's own contacts by name."""
    return list(house.rosters.contacts.of(caller, q))


@router.post("/contacts")
def keep(given: ContactRequest, caller: TheCaller, house: TheHouse) -> OwnContact:
    """A new one, or another in the place of the one with this `id`."""
    return house.rosters.contacts.keep(caller, OwnContact(**given.model_dump()))


@router.delete("/contacts/{contact}", status_code=204)
def drop(contact: str, caller: TheCaller, house: TheHouse) -> None:
    """One goes."""
    house.rosters.contacts.drop(caller, contact)


@router.post("/corrections", status_code=201)
def ask(given: CorrectionRequest, caller: TheCaller, house: TheHouse) -> CorrectionShape:
    """Ask for what stands of oneself to be put right; one that waits is replaced."""
    told = given.model_dump(exclude={"note"})
    asked = house.administration.corrections.ask(caller, told, given.note)
    return _correction(caller.person, asked)


@router.get("/corrections")
def waiting(caller: TheCaller, house: TheHouse) -> list[CorrectionShape]:
    """What waits for the caller's decision, the oldest first."""
    return [
        _correction(person, asked)
        for person, asked in house.administration.corrections.waiting(caller)
    ]


@router.post("/corrections/{login}", status_code=204)
def decide(login: str, given: DecisionRequest, caller: TheCaller, house: TheHouse) -> None:
    """Have it stand, or leave what stands with a reason."""
    desk = house.administration.corrections
    if given.confirmed:
        desk.confirm(caller, login, was=given.seen)
    else:
        desk.refuse(caller, login, given.reason, was=given.seen)


@router.get("/{login}")
def card(login: str, caller: TheCaller, house: TheHouse) -> EntryShape:
    """One person in office."""
    return _shape(house.rosters.directory.card(caller, login))


def _correction(person: Person, asked: Correction) -> CorrectionShape:
    return CorrectionShape(
        login=asked.login,
        name=person.name,
        contact=asked.on(person.contact or Contact()),
        note=asked.note,
        seen=seen_of(asked, person),
    )


def _shape(entry: DirectoryEntry) -> EntryShape:
    return EntryShape(
        login=entry.login,
        name=entry.name,
        unit=entry.unit,
        unit_name=entry.unit_name,
        posts=list(entry.posts),
        phone=entry.phone,
        mobile=entry.mobile,
        mail=entry.mail,
        room=entry.room,
        mobile_hidden=entry.mobile_hidden,
    )
