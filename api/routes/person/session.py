"""Signing in and out, and the own password."""

from typing import Literal

from fastapi import APIRouter, BackgroundTasks, Request
from pydantic import Field

from api.access import TheHouse, TheSecret, TheSession
from api.answers import SignInAnswer
from api.requests import PasswordRequest, SignInRequest, Wire
from gate.askers import origin_of
from gate.bounded_request import BoundedRoute
from records.identity import Login
from services.house import House

router = APIRouter(prefix="/api/v1/session", tags=["session"], route_class=BoundedRoute)


class CodeRequest(Wire):
    """Whose address a code shall go to, and on which way."""

    login: str = Field(max_length=200)
    channel: Literal["mail", "sms"] = "sms"


class CodeSignInRequest(Wire):
    """The code that came."""

    login: str = Field(max_length=200)
    code: str = Field(max_length=100)


class RecoveryCodeRequest(Wire):
    """The code that came, and the new password."""

    login: str = Field(max_length=200)
    code: str = Field(max_length=100)
    new: str = Field(max_length=1000)


@router.post("")
def sign_in(given: SignInRequest, request: Request, house: TheHouse) -> SignInAnswer:
    """A token for login and password; too many failures make one wait (LG-01, LG-13)."""
    account = house.accounts.verify(
        Login(given.login), given.password, house.book.current(), origin=origin_of(request)
    )
    return _entered(request, house, account.login, must_set=account.must_change)


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
    return _entered(request, house, session.login)


@router.post("/recovery", status_code=202)
def ask_for_code(
    given: CodeRequest, request: Request, house: TheHouse, beside: BackgroundTasks
) -> None:
    """Have a code sent to an address that the person has bound (LG-07).

    The answer is the same, and as fast, whether there is such an account or not.
    """
    codes, origin = house.entry.codes, origin_of(request)
    codes.ask("recovery", Login(given.login), origin)
    beside.add_task(codes.send, "recovery", Login(given.login), given.channel, origin)


@router.post("/recovery/code", status_code=204)
def recover(given: RecoveryCodeRequest, request: Request, house: TheHouse) -> None:
    """Another password for the right code, where it was asked for; sessions and tokens end."""
    origin = origin_of(request)
    house.entry.recovery.reset(Login(given.login), given.code, given.new, origin=origin)


@router.post("/codes", status_code=202)
def ask_for_sign_in_code(
    given: CodeRequest, request: Request, house: TheHouse, beside: BackgroundTasks
) -> None:
    """Have a code sent that signs in, to an address that the person has bound (LG-09).

    The answer is the same, and as fast, whether there is such an account or not.
    """
    way, origin = house.entry.by_code, origin_of(request)
    way.ask(Login(given.login), origin)
    beside.add_task(way.send, Login(given.login), given.channel, origin)


@router.post("/by-code")
def sign_in_by_code(given: CodeSignInRequest, request: Request, house: TheHouse) -> SignInAnswer:
    """A token for the right code, where it was asked for."""
    login = house.entry.by_code.enter(Login(given.login), given.code, origin=origin_of(request))
    return _entered(request, house, login)


def _entered(
    request: Request, house: House, login: Login, *, must_set: bool = False
) -> SignInAnswer:
    """A new session; whoever must set his password may do nothing else with it."""
    client = request.headers.get("User-Agent", "API")
    token = house.sessions.open(login, client=client, restricted=must_set)
    return SignInAnswer(token=token, must_set_password=must_set)
