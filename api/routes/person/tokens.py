"""应用令牌: for programs that work in the caller's name; made and revoked by who signs in."""

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import Field

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.identity import Login
from services.people.app_tokens import AppToken, Scope

router = APIRouter(prefix="/api/v1/tokens", tags=["tokens"], route_class=BoundedRoute)


class TokenRequest(Wire):
    """A token to make; it is good to the end of `last_on`."""

    name: str = Field(max_length=200)
    scopes: list[Scope]
    last_on: date


class TokenShape(Wire):
    """A token; its secret is told once, when it is made."""

    id: str
    owner: str
    name: str
    scopes: list[Scope]
    made_at: datetime
    last_on: date


class TokenMade(TokenShape):
    """A new token with its secret, for ``Authorization: Bearer``."""

    token: str


@router.get("")
def listed(caller: TheCaller, house: TheHouse, of: str | None = None) -> list[TokenShape]:
    """The caller's tokens, or for administrators somebody else's."""
    return [_shape(each) for each in house.app_tokens.of(caller, _owner(caller.person.login, of))]


@router.post("", status_code=201)
def make(given: TokenRequest, caller: TheCaller, house: TheHouse) -> TokenMade:
    """Make a token."""
    token, secret = house.app_tokens.make(
        caller, name=given.name, scopes=given.scopes, last_on=given.last_on
    )
    return TokenMade(token=secret, **_shape(token).model_dump())


@router.delete("/{number}", status_code=204)
def revoke(number: str, caller: TheCaller, house: TheHouse, of: str | None = None) -> None:
    """End a token now; for administrators somebody else's too."""
    house.app_tokens.revoke(caller, _owner(caller.person.login, of), number)


def _owner(own: Login, of: str | None) -> Login:
    return own if of is None else Login(of)


def _shape(token: AppToken) -> TokenShape:
    return TokenShape(
        id=token.id,
        owner=token.login,
        name=token.name,
        scopes=list(token.scopes),
        made_at=token.made_at,
        last_on=token.last_on,
    )
