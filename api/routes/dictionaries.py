"""Dictionaries: what can be chosen from, and its changes by administrators (SY-09)."""

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.dictionaries import Dictionary
from records.errors import Refused
from records.identity import DictionaryName, Login
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
    """Add a word at the end; for administrators."""
    by = _administrator(caller)
    house.dictionaries.add(DictionaryName(name), given.word, by=by)
    return house.dictionaries.current().get(name)


@router.patch("/{name}")
def switch(name: str, given: SwitchRequest, caller: TheCaller, house: TheHouse) -> Dictionary:
    """Disable a word or enable it again; none is ever deleted. For administrators."""
    by = _administrator(caller)
    house.dictionaries.switch(DictionaryName(name), given.word, disabled=given.disabled, by=by)
    return house.dictionaries.current().get(name)


def _administrator(caller: Caller) -> Login:
    if not caller.has_role("administrator"):
        raise Refused("administrators_only")
    return caller.person.login
