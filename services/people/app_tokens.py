"""应用令牌: secrets for programs that work in a person's name, narrower than he is (LG-13).

A token may do what its scopes allow, of what its owner may at that moment, until the end of its
last day. It never reaches accounts: passwords, sessions, people, delegations and tokens are for
whoever signs in himself. It is kept under the digest of its secret, ``app-token/{login}/{id}``.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, ValidationError

from records.errors import Invalid, NotFound, Refused
from records.identity import Login, is_identifier
from records.parameters.catalogue import TOKEN_DAYS
from records.people.organisation import LOGIN
from records.people.roles import Power
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.identities import Identities
from records.times.office_time import office_day
from services.people.caller import Caller
from services.people.handed_out import handed_out, whose

TOKEN_MARK = "wst"  # noqa: S105 - what every secret of this sort begins with
MOST = 20
"""Tokens that a person may have at a time."""

_PREFIX = "app-token/"


class Scope(StrEnum):
    """What a token is good for; each alone, and none contains another."""

    READ = "read"
    """检索、读取、下载"""
    WRITE = "write"
    """新建、修改、上传、删除"""
    ACT = "act"
    """办理"""


class AppToken(BaseModel):
    """A token as it is kept; the secret is not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    login: Login
    digest: str
    name: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    last_on: date


class AppTokens:
    """Makes, finds and revokes tokens."""

    def __init__(self, claims: Claims, identities: Identities, clock: Clock) -> None:
        self._claims = claims
        self._identities = identities
        self._clock = clock

    def make(
        self, caller: Caller, *, name: str, scopes: Collection[Scope], last_on: date
    ) -> tuple[AppToken, str]:
        """A new token of the caller and its secret, which is told this once.

        Raises Invalid (``token_without_name``, ``token_without_scope``, ``token_days``), Refused
        (``too_many_tokens``).
        """
        login, today = caller.person.login, office_day(self._clock.now())
        name = " ".join(name.split())
        if not 1 <= len(name) <= 60:
            raise Invalid("token_without_name", field="name")
        if not scopes:
            raise Invalid("token_without_scope", field="scopes", allowed=tuple(Scope))
        most = caller.parameters[TOKEN_DAYS]
        if not today <= last_on <= today + timedelta(days=most):
            raise Invalid("token_days", field="last_on", most=most)
        if len(self.of(caller, login)) >= MOST:
            raise Refused("too_many_tokens", most=MOST)
        number = self._identities.record_id()
        secret = handed_out(TOKEN_MARK, login, number, self._identities.secret())
        token = AppToken(
            id=number,
            login=login,
            digest=_digest(secret),
            name=name,
            scopes=tuple(sorted(set(scopes))),
            made_at=self._clock.now(),
            last_on=last_on,
        )
        self._claims.take(f"{_PREFIX}{login}/{number}", token.model_dump_json().encode())
        return token, secret

    def is_one(self, secret: str) -> bool:
        """Whether a secret is of this sort, and not that of a session."""
        return secret.startswith(f"{TOKEN_MARK}.")

    def find(self, secret: str) -> AppToken:
        """The token of a secret, on its days. Raises Refused (``token_expired``)."""
        told = whose(secret, mark=TOKEN_MARK)
        token = self._read(*told) if told is not None else None
        if (
            token is None
            or not hmac.compare_digest(token.digest, _digest(secret))
            or token.last_on < office_day(self._clock.now())
        ):
            raise Refused("token_expired")
        return token

    def of(self, caller: Caller, login: Login) -> list[AppToken]:
        """Somebody's tokens, the newest first; one's own, or anybody's to administrators.

        Raises Refused (``not_your_token``).
        """
        _refuse_strangers(caller, login)
        return list(self._listed(f"{_PREFIX}{login}/"))

    def all(self, caller: Caller) -> list[AppToken]:
        """Everybody's. Raises Refused (``administrators_only``)."""
        if not caller.may(Power.TOKENS):
            raise Refused("administrators_only")
        return list(self._listed(_PREFIX))

    def revoke(self, caller: Caller, login: Login, number: str) -> None:
        """End a token now. Raises Refused (``not_your_token``), NotFound (``unknown_token_id``)."""
        _refuse_strangers(caller, login)
        if self._read(login, number) is None:
            raise NotFound("unknown_token_id")
        self._claims.free(f"{_PREFIX}{login}/{number}")

    def end_all(self, login: Login) -> None:
        """End all of a person's: he left, or somebody else had to set his password."""
        for name in list(self._claims.names(f"{_PREFIX}{login}/")):
            self._claims.free(name)

    def _listed(self, prefix: str) -> Iterator[AppToken]:
        for name in sorted(self._claims.names(prefix), reverse=True):
            login, _, number = name.removeprefix(_PREFIX).partition("/")
            token = self._read(Login(login), number)
            if token is not None:
                yield token

    def _read(self, login: Login, number: str) -> AppToken | None:
        if not LOGIN.fullmatch(login) or not is_identifier(number):
            return None
        value = self._claims.read(f"{_PREFIX}{login}/{number}")
        try:
            return None if value is None else AppToken.model_validate_json(value)
        except ValidationError:
            return None


def _refuse_strangers(caller: Caller, login: Login) -> None:
    if login != caller.person.login and not caller.may(Power.TOKENS):
        raise Refused("not_your_token")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
