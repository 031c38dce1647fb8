"""Dictionaries: what can be chosen from, and its changes by who keeps them (SY-09, DC-12)."""

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import DictionaryName, Login
from records.schema.dictionaries import Dictionary
from services.house import House
from services.people.caller import Caller

router = APIRouter(prefix="/api/v1/dictionaries", tags=["people"], route_class=BoundedRoute)


class WordRequest(Wire):
    """A word to add."""

    word: str = Field(max_length=200, examples=["重点工作"])


class SwitchRequest(Wire):
    """A word to disable, or to enable again."""

    word: str = Field(max_length=200)
    disabled: bool


@router.get("")
def show(_: TheCaller, house: TheHouse) -> list[Dictionary]:
    """All dictionaries with their words in order; disabled ones stand, and cannot be chosen."""
    return list(house.dictionaries.current())


@router.post("/{name}")
def add(name: str, given: WordRequest, caller: TheCaller, house: TheHouse) -> Dictionary:
    """Add a word at the end; for administrators, and for the posts that keep the dictionary."""
    by = _keeper(caller, house, name)
    house.dictionaries.add(DictionaryName(name), given.word, by=by)
    return house.dictionaries.current().get(name)


@router.patch("/{name}")
def switch(name: str, given: SwitchRequest, caller: TheCaller, house: TheHouse) -> Dictionary:
    """Disable a word or enable it again; none is ever deleted. For those who may add to it."""
    by = _keeper(caller, house, name)
    house.dictionaries.switch(DictionaryName(name), given.word, disabled=given.disabled, by=by)
    return house.dictionaries.current().get(name)


def _keeper(caller: Caller, house: House, name: str) -> Login:
    house.dictionaries.kept(caller, DictionaryName(name))
    return caller.person.login
