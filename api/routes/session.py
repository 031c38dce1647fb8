"""Signing in and out, and the own password."""

from fastapi import APIRouter, Request

from api.access import TheHouse, TheSecret, TheSession
from api.answers import SignInAnswer
from api.requests import PasswordRequest, SignInRequest
from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from records.identity import Login

router = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=BoundedRoute)


@router.post("")
def sign_in(given: SignInRequest, request: Request, house: TheHouse) -> SignInAnswer:
    """A token for login and password; too many failures make one wait (LG-01, LG-13)."""
    account = house.accounts.verify(
        Login(given.login), given.password, house.book.current(), origin=origin_of(request)
    )
    client = request.headers.get("User-Agent", "API")
    token = house.sessions.open(account.login, client=client, restricted=account.must_change)
    return SignInAnswer(token=token, must_set_password=account.must_change)


@router.delete("", status_code=204)
def sign_out(secret: TheSecret, house: TheHouse) -> None:
    """End this session."""
    house.sessions.end(secret)


@router.post("/password")
def set_password(
    given: PasswordRequest, request: Request, session: TheSession, house: TheHouse
) -> SignInAnswer:
    """Another password; all sessions end and a new one begins (LG-04, LG-06)."""
    house.accounts.change(
        session.login, given.old, given.new, house.book.current(), origin=origin_of(request)
    )
    house.sessions.end_others(session.login, keep=None)
    client = request.headers.get("User-Agent", "API")
    token = house.sessions.open(session.login, client=client, restricted=False)
    return SignInAnswer(token=token, must_set_password=False)
