"""Bodies that are too long or too slow are refused while they come."""

import pytest
from starlette.types import Receive, Scope, Send

from gate.body_limit import (
    FREE_PIECES,
    PEOPLE_BYTES,
    PLAIN_BYTES,
    PLAIN_S,
    SLOWEST_BYTES_S,
    SMALL_BYTES,
    SMALLEST_BYTES,
    BodyLimit,
)
from records.errors import WenshuError
from tests.unit.gate.conversation import Conversation, run, scope_of, settled, tell

UPLOAD = ("content-type", "multipart/form-data; boundary=b")
MOST = 10_000_000


class Taking:
    """Takes a body; what refused it, if anything did."""

    def __init__(self) -> None:
        self.taken = 0
        self.refused = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        more = True
        try:
            while more:
                message = await receive()
                self.taken += len(message.get("body", b""))
                more = message.get("more_body", False)
        except WenshuError as error:
            self.refused = error.reason


@pytest.mark.parametrize(
    ("asker", "path", "upload", "limit", "reason"),
    [
        ("address:1", "/api/v1/session", False, SMALL_BYTES, "body_too_large"),
        ("address:1", "/upload", True, SMALL_BYTES, "not_signed_in"),
        ("person:a", "/api/v1/records", False, PLAIN_BYTES, "body_too_large"),
        ("person:a", "/api/v1/people", False, PEOPLE_BYTES, "body_too_large"),
        ("person:a", "/upload", True, MOST, "too_large"),
        ("person:a", "/sign-in", True, SMALL_BYTES, "body_too_large"),
    ],
)
def test_so_much_is_taken_and_not_a_byte_more(
    asker: str, path: str, *, upload: bool, limit: int, reason: str
) -> None:
    async def talk() -> None:
        for more, expected in ((0, ""), (1, reason)):
            taking = Taking()
            app = BodyLimit(taking, max_bytes=MOST, tell=tell)
            headers = [UPLOAD] if upload else []
            scope = scope_of("POST", path, asker=asker, headers=headers)
            talking = Conversation(app, scope).sends(b"x" * limit, more=True).sends(b"x" * more)
            await talking.task
            assert taking.refused == expected
            assert taking.taken == limit

            announced = [*headers, ("content-length", str(limit + more))]
            scope = scope_of("POST", path, asker=asker, headers=announced)
            talking = Conversation(BodyLimit(Taking(), max_bytes=MOST, tell=tell), scope).sends()
            await talking.task
            assert [m.get("body") for m in talking.answer[1:]] == ([reason.encode()] * more)

    run(talk)


@pytest.mark.parametrize("path", ["/records/1", "/search", "/records/1/picture", "/healthz"])
def test_what_is_only_read_has_a_small_body_whatever_it_is_called(path: str) -> None:
    async def talk() -> None:
        taking = Taking()
        scope = scope_of("GET", path, asker="person:a", headers=[UPLOAD])
        app = BodyLimit(taking, max_bytes=MOST, tell=tell)
        await Conversation(app, scope).sends(b"x" * SMALL_BYTES, more=True).sends(b"x").task
        assert (taking.taken, taking.refused) == (SMALL_BYTES, "body_too_large")

    run(talk)


@pytest.mark.parametrize("length", ["-1", "x", "²", "9" * 5_000, ""])
def test_a_length_that_is_none_is_not_believed(length: str) -> None:
    async def talk() -> None:
        taking = Taking()
        scope = scope_of("POST", asker="person:a", headers=[("content-length", length)])
        talking = Conversation(BodyLimit(taking, max_bytes=MOST, tell=tell), scope)
        await talking.sends(b"x").task
        assert (taking.taken == 1) is (length != "9" * 5_000)

    run(talk)


def test_a_body_that_brings_nothing_is_given_up() -> None:
    async def talk() -> None:
        taking = Taking()
        app = BodyLimit(taking, max_bytes=MOST, tell=tell, silence_s=0)
        talking = Conversation(app, scope_of("POST", asker="person:a"))
        await talking.task
        assert taking.refused == "too_slow"

    run(talk)


@pytest.mark.parametrize(("upload", "slow"), [(False, True), (True, False)])
def test_a_trickle_is_given_up_and_a_slow_upload_is_not(*, upload: bool, slow: bool) -> None:
    async def talk() -> None:
        now, taking = 0.0, Taking()
        app = BodyLimit(taking, max_bytes=MOST, tell=tell, now_s=lambda: now)
        scope = scope_of("POST", asker="person:a", headers=[UPLOAD] if upload else [])
        talking = Conversation(app, scope)
        await settled()
        for _ in range(10):
            now += PLAIN_S / 5
            talking.sends(b"x" * int(SLOWEST_BYTES_S * PLAIN_S / 5 + 1), more=True)
            await settled()
        talking.sends()
        await talking.task
        assert (taking.refused == "too_slow") is slow

    run(talk)


def test_an_upload_slower_than_any_line_is_given_up() -> None:
    async def talk() -> None:
        now, taking = 0.0, Taking()
        app = BodyLimit(taking, max_bytes=MOST, tell=tell, now_s=lambda: now)
        talking = Conversation(app, scope_of("POST", asker="person:a", headers=[UPLOAD]))
        await settled()
        now = PLAIN_S + 1
        talking.sends(b"x", more=True)
        await talking.task
        assert taking.refused == "too_slow"

    run(talk)


@pytest.mark.parametrize(("size", "refused"), [(SMALLEST_BYTES, ""), (1, "too_slow")])
def test_a_long_body_does_not_come_in_crumbs(size: int, refused: str) -> None:
    async def talk() -> None:
        taking = Taking()
        scope = scope_of("POST", "/api/v1/records", asker="person:a")
        talking = Conversation(BodyLimit(taking, max_bytes=MOST, tell=tell), scope)
        for _ in range(FREE_PIECES + 1):
            talking.sends(b"x" * size, more=True)
        await talking.sends(b"x").task
        assert taking.refused == refused

    run(talk)
