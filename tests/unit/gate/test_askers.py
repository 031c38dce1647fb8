"""Who a request counts for: a person by his session, a stranger by his address."""

import asyncio
import threading

import pytest
from starlette.types import Receive, Scope, Send

from gate import askers
from gate.askers import KEPT, KEPT_S, KnownAskers, asker_of
from records.errors import Refused, Unavailable
from records.identity import Login
from services.asker import ASKER
from services.people.sessions import SESSION_COOKIE
from tests.unit.gate.conversation import Conversation, run, scope_of


class Store:
    """One session, of alice; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.down = False

    def find(self, secret: str) -> Login:
        self.asked += 1
        if self.down:
            raise Unavailable("store_fault")
        if secret != "right":
            raise Refused("session_expired")
        return Login("alice")


class Route:
    """Remembers for whom it was called."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert ASKER.get() is asker_of(scope)
        self.keys.append(asker_of(scope).key)


def cookie(secret: str) -> tuple[str, str]:
    return ("cookie", f"{SESSION_COOKIE}={secret}")


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (("authorization", "Bearer right"), "person:alice"),
        (("authorization", "bearer  right "), "person:alice"),
        (cookie("right"), "person:alice"),
        (("authorization", "Bearer wrong"), "address:10.0.0.1"),
        (("authorization", "Basic right"), "address:10.0.0.1"),
        (cookie(""), "address:10.0.0.1"),
        (("accept", "x"), "address:10.0.0.1"),
    ],
)
def test_a_live_session_counts_for_its_person_and_anything_else_for_the_address(
    header: tuple[str, str], key: str
) -> None:
    async def talk() -> None:
        route = Route()
        app = KnownAskers(route, find=Store().find)
        await Conversation(app, scope_of(headers=[header])).task
        assert route.keys == [key]

    run(talk)


@pytest.mark.parametrize(
    ("client", "key"),
    [
        ("10.0.0.7", "address:10.0.0.7"),
        ("::ffff:10.0.0.7", "address:10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "address:2001:db8:1:2::/64"),
        ("somebody", "address:somebody"),
    ],
)
def test_an_address_of_a_whole_network_counts_as_one_and_each_of_ipv4_for_itself(
    client: str, key: str
) -> None:
    async def talk() -> None:
        route = Route()
        app = KnownAskers(route, find=Store().find)
        await Conversation(app, scope_of(client=client)).task
        assert route.keys == [key]

    run(talk)


def test_the_store_is_asked_once_for_a_secret_and_again_after_a_while() -> None:
    async def talk() -> None:
        store, now = Store(), 0.0
        app = KnownAskers(Route(), find=store.find, now_s=lambda: now)
        for secret in ("right", "wrong"):
            before = store.asked
            for _ in range(3):
                await Conversation(app, scope_of(headers=[cookie(secret)])).task
            assert store.asked == before + 1
            now += KEPT_S + 1
            await Conversation(app, scope_of(headers=[cookie(secret)])).task
            assert store.asked == before + 2

    run(talk)


def test_a_store_that_is_down_makes_strangers_and_no_errors() -> None:
    async def talk() -> None:
        store, route = Store(), Route()
        store.down = True
        await Conversation(
            KnownAskers(route, find=store.find), scope_of(headers=[cookie("r")])
        ).task
        assert route.keys == ["address:10.0.0.1"]

    run(talk)


def test_whoever_was_known_is_no_stranger_while_the_store_is_down() -> None:
    async def talk() -> None:
        store, route, now = Store(), Route(), 0.0
        app = KnownAskers(route, find=store.find, now_s=lambda: now)
        for down in (False, True):
            store.down = down
            await Conversation(app, scope_of(headers=[cookie("right")])).task
            now += KEPT_S + 1
        assert route.keys == ["person:alice"] * 2

    run(talk)


def test_invented_secrets_are_not_kept_for_ever() -> None:
    async def talk() -> None:
        app = KnownAskers(Route(), find=Store().find)
        for start in range(0, KEPT + 200, 200):
            await asyncio.gather(
                *(
                    Conversation(app, scope_of(headers=[cookie(f"x{start + n}")])).task
                    for n in range(200)
                )
            )
        assert len(app._kept) == KEPT

    run(talk)


def test_a_store_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(askers, "LOOK_S", 0.05)
    answers = threading.Event()

    def hangs(secret: str) -> Login:
        answers.wait(30)
        return Store().find(secret)

    async def talk() -> None:
        route = Route()
        app = KnownAskers(route, find=hangs)
        await Conversation(app, scope_of(headers=[cookie("right")])).task
        assert route.keys == ["address:10.0.0.1"]
        answers.set()
        await Conversation(app, scope_of(headers=[cookie("right")])).task
        assert route.keys[1:] == ["person:alice"]

    run(talk)
