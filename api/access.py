"""Who is calling: the session behind ``Authorization: Bearer``."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from api.token_scope import refuse_beyond
from records.errors import Refused
from records.ports.table_writer import TableWriter
from services.house import House
from services.people.caller import Caller
from services.people.sessions import Session


async def house_of(request: Request) -> House:
    """The use cases that the application was built with.

    It waits for nothing; as a plain function it would cost each request a change of threads.
    """
    house = request.app.state.house
    assert isinstance(house, House)  # noqa: S101 - set by create_app
    return house


TheHouse = Annotated[House, Depends(house_of)]


async def tables_of(request: Request) -> Mapping[str, TableWriter]:
    """Writers of exported tables, by the name of their format."""
    tables: Mapping[str, TableWriter] = request.app.state.tables
    return tables


TheTables = Annotated[Mapping[str, TableWriter], Depends(tables_of)]


def secret_of(request: Request) -> str:
    """The secret that came with the request. Raises Refused (``not_signed_in``)."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Refused("not_signed_in")
    return secret.strip()


def session_secret_of(request: Request, house: TheHouse) -> str:
    """The secret of a session that came with the request.

    Raises Refused (``not_signed_in``; ``not_for_tokens`` for that of an app token).
    """
    secret = secret_of(request)
    if house.app_tokens.is_one(secret):
        raise Refused("not_for_tokens")
    return secret


def session_of(request: Request, house: TheHouse) -> Session:
    """The live session. Raises Refused as `session_secret_of`, and ``session_expired``."""
    return house.sessions.find(session_secret_of(request, house))


def caller_of(request: Request, house: TheHouse) -> Caller:
    """The person calling, as he stands now; by his session, or by a token of his.

    Raises Refused: as `session_of`, ``must_set_password``; of a token ``token_expired`` and what
    `api.token_scope` says.
    """
    secret = secret_of(request)
    if house.app_tokens.is_one(secret):
        token = house.app_tokens.find(secret)
        refuse_beyond(token, request.method, request.url.path)
        return house.book.caller(token.login)
    session = session_of(request, house)
    if session.restricted:
        raise Refused("must_set_password")
    return house.book.caller(session.login)


TheCaller = Annotated[Caller, Depends(caller_of)]
TheSession = Annotated[Session, Depends(session_of)]
TheSecret = Annotated[str, Depends(session_secret_of)]
