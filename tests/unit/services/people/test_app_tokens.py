"""App tokens: whose they are, how long they last, who may end them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.errors import Invalid, NotFound, Refused
from records.identity import Login
from records.parameters.catalogue import TOKEN_DAYS
from services.people.app_tokens import MOST, AppTokens, Scope
from services.people.caller import Caller
from storage.claims import StoredClaims
from storage.memory_store import MemoryObjectStore
from tests.clocks import SetClock
from tests.matters import LI, NOW, OFFICE, TODAY, WANG
from wenshu.system.identities import RandomIdentities


def caller(login: Login, *roles: str) -> Caller:
    person = OFFICE.person(login).model_copy(update={"roles": roles})
    return replace(Caller(person, OFFICE.reader(login, TODAY), OFFICE, NOW))


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def store() -> MemoryObjectStore:
    return MemoryObjectStore()


@pytest.fixture
def tokens(store: MemoryObjectStore, clock: SetClock) -> AppTokens:
    return AppTokens(StoredClaims(store), RandomIdentities(), clock)


@pytest.mark.feature("LG-13")
def test_a_token_is_good_to_the_end_of_its_last_day(tokens: AppTokens, clock: SetClock) -> None:
    last = TODAY + timedelta(days=3)
    made, secret = tokens.make(caller(LI), name=" 收文  接口 ", scopes=[Scope.READ], last_on=last)
    assert (made.name, made.login, tokens.find(secret)) == ("收文 接口", LI, made)
    clock.at = NOW + timedelta(days=3)
    assert tokens.find(secret) == made
    clock.at = NOW + timedelta(days=4)
    with pytest.raises(Refused, match="token_expired"):
        tokens.find(secret)


def test_the_store_does_not_hold_the_secret(tokens: AppTokens, store: MemoryObjectStore) -> None:
    _, secret = tokens.make(caller(LI), name="a", scopes=[Scope.READ], last_on=TODAY)
    kept = [store.read(stat.key) for stat in store.list("", after="")]
    chance = secret.rpartition(".")[2].encode()
    assert kept
    assert not any(chance in value for value in kept)


def test_another_secret_of_the_same_token_opens_nothing(tokens: AppTokens) -> None:
    _, secret = tokens.make(caller(LI), name="a", scopes=[Scope.READ], last_on=TODAY)
    for wrong in (f"{secret[:-1]}_", secret.replace("wst.", "wss."), "", "wst.a.b.c", "wst...x"):
        with pytest.raises(Refused, match="token_expired"):
            tokens.find(wrong)


def test_a_revoked_token_is_over_at_once(tokens: AppTokens) -> None:
    made, secret = tokens.make(caller(LI), name="a", scopes=[Scope.ACT], last_on=TODAY)
    with pytest.raises(Refused, match="not_your_token"):
        tokens.revoke(caller(WANG), LI, made.id)
    tokens.revoke(caller(WANG, "administrator"), LI, made.id)
    with pytest.raises(Refused, match="token_expired"):
        tokens.find(secret)
    with pytest.raises(NotFound, match="unknown_token_id"):
        tokens.revoke(caller(LI), LI, made.id)


def test_others_tokens_are_listed_for_administrators_alone(tokens: AppTokens) -> None:
    for login in (LI, WANG):
        tokens.make(caller(login), name="a", scopes=[Scope.READ], last_on=TODAY)
    assert [each.login for each in tokens.of(caller(LI), LI)] == [LI]
    with pytest.raises(Refused, match="not_your_token"):
        tokens.of(caller(LI), WANG)
    with pytest.raises(Refused, match="administrators_only"):
        tokens.all(caller(LI))
    assert {each.login for each in tokens.all(caller(WANG, "administrator"))} == {LI, WANG}


@pytest.mark.parametrize(
    ("name", "scopes", "days", "reason"),
    [
        (" ", [Scope.READ], 1, "token_without_name"),
        ("a" * 61, [Scope.READ], 1, "token_without_name"),
        ("a", [], 1, "token_without_scope"),
        ("a", [Scope.READ], -1, "token_days"),
        ("a", [Scope.READ], TOKEN_DAYS.default + 1, "token_days"),
    ],
)
def test_what_is_asked_for_wrongly_makes_no_token(
    tokens: AppTokens, name: str, scopes: list[Scope], days: int, reason: str
) -> None:
    last = TODAY + timedelta(days=days)
    with pytest.raises(Invalid, match=reason):
        tokens.make(caller(LI), name=name, scopes=scopes, last_on=last)
    assert tokens.of(caller(LI), LI) == []


def test_nobody_has_more_than_so_many(tokens: AppTokens) -> None:
    for _ in range(MOST):
        tokens.make(caller(LI), name="a", scopes=[Scope.READ], last_on=TODAY)
    with pytest.raises(Refused, match="too_many_tokens"):
        tokens.make(caller(LI), name="a", scopes=[Scope.READ], last_on=TODAY)
