"""常用意见: phrases that a person keeps for his opinions (SW-04)."""

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from services.people.phrases import Phrase

router = APIRouter(prefix="/api/v1/phrases", tags=["actions"], route_class=BoundedRoute)


class PhraseRequest(Wire):
    """A phrase to keep."""

    text: str = Field(max_length=20_000, examples=["请按规定办理。"])


class PhraseShape(Wire):
    """A phrase; those of the house are not `own`. `used` counts how often the caller picked it."""

    id: str
    text: str
    own: bool
    used: int


@router.get("")
def phrases(caller: TheCaller, house: TheHouse) -> list[PhraseShape]:
    """The caller's own, then those of the house; of both the most used first."""
    return [_shape(each) for each in house.phrases.of(caller.person.login)]


@router.post("", status_code=201)
def keep(given: PhraseRequest, caller: TheCaller, house: TheHouse) -> PhraseShape:
    """Keep a phrase; one that is kept already is answered as it stands."""
    return _shape(house.phrases.keep(caller.person.login, given.text))


@router.post("/{phrase}/uses", status_code=204)
def used(phrase: str, caller: TheCaller, house: TheHouse) -> None:
    """The caller picked the phrase: it stands further up next time."""
    house.phrases.used(caller.person.login, [phrase])


@router.delete("/{phrase}", status_code=204)
def drop(phrase: str, caller: TheCaller, house: TheHouse) -> None:
    """Take one of the caller's own away."""
    house.phrases.drop(caller.person.login, phrase)


def _shape(phrase: Phrase) -> PhraseShape:
    return PhraseShape(id=phrase.id, text=phrase.text, own=phrase.own, used=phrase.used)
