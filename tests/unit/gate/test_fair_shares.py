"""Requests are let in by turns; who has no place is told, who hangs up is dropped."""

import asyncio

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gate.fair_shares import FairShares
from gate.lanes import Lane, lane_of
from services.turns import Share, Turns
from tests.unit.gate.conversation import Conversation, run, scope_of, settled, tell

FORM = [("content-type", "multipart/form-data; boundary=b")]


class Work:
    """A route: reads what it is sent, then works until it is let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.bodies: list[bytes] = []
        self.may_end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        self.begun.append(scope["state"]["asker"].key)
        await self.may_end.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})


def shares(
    app: ASGIApp, lane: Lane, share: Share, *, stalled_s: float = 60, patience_s: float = 60
) -> FairShares:
    return FairShares(
        app, turns={lane: Turns(share)}, tell=tell, refused=lambda *_: None, stalled_s=stalled_s
    )


@pytest.mark.parametrize(
    ("method", "path", "content_type", "lane"),
    [
        ("GET", "/healthz", "", None),
        ("GET", "/readyz", "", None),
        ("GET", "/static/app.css", "", None),
        ("POST", "/sign-in", "", Lane.SIGN_IN),
        ("POST", "/api/v1/session", "application/json", Lane.SIGN_IN),
        ("POST", "/api/v1/session/password", "", Lane.SIGN_IN),
        ("POST", "/account/password", "", Lane.SIGN_IN),
        ("POST", "/set-password", "multipart/form-data", Lane.SIGN_IN),
        ("GET", "/sign-in", "", Lane.READ),
        ("GET", "/sign-in/unified", "", Lane.OUTSIDE),
        ("GET", "/sign-in/unified/back", "", Lane.OUTSIDE),
        ("DELETE", "/api/v1/session", "", Lane.CHANGE),
        ("GET", "/", "", Lane.SEARCH),
        ("GET", "/search", "", Lane.SEARCH),
        ("GET", "/search/facet", "", Lane.SEARCH),
        ("GET", "/search/export", "", Lane.DOWNLOAD),
        ("GET", "/api/v1/suggest", "", Lane.SEARCH),
        ("GET", "/records/1/page-picture", "", Lane.PREVIEW),
        ("GET", "/records/1/picture", "", Lane.PREVIEW),
        ("GET", "/records/1/thumbnail", "", Lane.PREVIEW),
        ("GET", "/records/1/comparison", "", Lane.PREVIEW),
        ("GET", "/api/v1/records/1/comparison", "", Lane.PREVIEW),
        ("GET", "/records/1/member", "", Lane.PREVIEW),
        ("GET", "/api/v1/records/1/files/a.zip/members/b/c.txt", "", Lane.PREVIEW),
        ("GET", "/records/1", "", Lane.READ),
        ("GET", "/records/1/download", "", Lane.DOWNLOAD),
        ("GET", "/api/v1/records/1/files/a.pdf", "", Lane.DOWNLOAD),
        ("GET", "/api/v1/records/1", "", Lane.READ),
        ("POST", "/upload", "Multipart/Form-Data; boundary=b", Lane.UPLOAD),
        ("POST", "/api/v1/people", "multipart/form-data", Lane.PEOPLE),
        ("POST", "/records/1/actions/x", "application/x-www-form-urlencoded", Lane.CHANGE),
        ("PATCH", "/api/v1/records/1", "application/json", Lane.CHANGE),
    ],
)
def test_a_request_belongs_to_the_lane_of_what_it_costs(
    method: str, path: str, content_type: str, lane: Lane | None
) -> None:
    assert lane_of(method, path, content_type) is lane


def test_a_request_waits_for_its_turn_and_takes_no_route_meanwhile() -> None:
    async def talk() -> None:
        work = Work()
        app = shares(work, Lane.READ, Share(1, 1, 9, 9))
        talks = [Conversation(app, scope_of(asker=a)).sends() for a in ("a", "b")]
        await settled()
        assert work.begun == ["a"]
        work.may_end.set()
        await asyncio.gather(*(each.task for each in talks))
        assert work.begun == ["a", "b"]
        assert [each.status for each in talks] == [200, 200]

    run(talk)


@pytest.mark.feature("AQ-08")
def test_one_beyond_the_share_is_told_at_once() -> None:
    async def talk() -> None:
        work = Work()
        app = shares(work, Lane.READ, Share(1, 1, 2, 2))
        first = Conversation(app, scope_of(asker="a")).sends()
        await settled()
        Conversation(app, scope_of(asker="a")).sends()
        await settled()
        mine = Conversation(app, scope_of(asker="a")).sends()
        await mine.task
        assert mine.answer[1]["body"] == b"too_many_at_once"
        Conversation(app, scope_of(asker="b")).sends()
        await settled()
        full = Conversation(app, scope_of(asker="b")).sends()
        await full.task
        assert full.answer[1]["body"] == b"busy"
        work.may_end.set()
        await first.task
        assert first.status == 200

    run(talk)


def test_whoever_waits_too_long_for_his_turn_is_told() -> None:
    async def talk() -> None:
        work = Work()
        app = shares(work, Lane.READ, Share(1, 1, 9, 9), patience_s=0.05)
        first = Conversation(app, scope_of(asker="a")).sends()
        await settled()
        late = Conversation(app, scope_of(asker="b")).sends()
        await late.task
        assert late.answer[1]["body"] == b"busy"
        work.may_end.set()
        await first.task
        assert (first.status, work.begun) == (200, ["a"])

    run(talk)


def test_whoever_hangs_up_while_he_waits_is_never_worked_for() -> None:
    async def talk() -> None:
        work = Work()
        app = shares(work, Lane.READ, Share(1, 1, 9, 9))
        first = Conversation(app, scope_of(asker="a")).sends()
        await settled()
        gone = Conversation(app, scope_of(asker="b")).sends()
        await settled()
        gone.hangs_up()
        await gone.task
        assert gone.answer == []
        last = Conversation(app, scope_of(asker="c")).sends()
        work.may_end.set()
        await asyncio.gather(first.task, last.task)
        assert work.begun == ["a", "c"]

    run(talk)


def test_work_under_way_is_told_that_its_asker_has_gone() -> None:
    async def talk() -> None:
        work = Work()
        scope = scope_of(asker="a")
        talking = Conversation(shares(work, Lane.READ, Share(1, 1, 9, 9)), scope).sends()
        await settled()
        assert not scope["state"]["asker"].gone.is_set()
        talking.hangs_up()
        await settled()
        assert scope["state"]["asker"].gone.is_set()
        work.may_end.set()
        await talking.task

    run(talk)


def test_a_body_that_is_still_on_its_way_holds_no_turn_and_comes_whole() -> None:
    async def talk() -> None:
        work = Work()
        work.may_end.set()
        app = shares(work, Lane.CHANGE, Share(1, 1, 9, 9))
        slow = Conversation(app, scope_of("POST", asker="a")).sends(b"1", more=True)
        await settled()
        quick = Conversation(app, scope_of("POST", asker="b")).sends(b"x")
        await quick.task
        assert work.begun == ["b"]
        slow.sends(b"2", more=True).sends(b"3")
        await slow.task
        assert work.bodies == [b"x", b"123"]

    run(talk)


def test_an_upload_is_streamed_and_has_its_turn_when_it_is_there() -> None:
    async def talk() -> None:
        work = Work()
        app = shares(work, Lane.UPLOAD, Share(1, 1, 2, 2))
        first = Conversation(app, scope_of("POST", asker="a", headers=FORM)).sends(b"1")
        second = Conversation(app, scope_of("POST", asker="b", headers=FORM)).sends(b"2", more=True)
        await settled()
        second.sends(b"3")
        full = Conversation(app, scope_of("POST", asker="b", headers=FORM)).sends(b"4")
        await full.task
        assert full.answer[1]["body"] == b"busy"
        assert work.begun == ["a"]
        work.may_end.set()
        await asyncio.gather(first.task, second.task)
        assert work.bodies == [b"1", b"23"]

    run(talk)


async def answer_of_two_pieces(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"1", "more_body": True})
    await send({"type": "http.response.body", "body": b"2"})


class Unread(Conversation):
    """A client that reads nothing behind the head of its answer, until it is told to."""

    async def _send(self, message: Message) -> None:
        await super()._send(message)
        if message["type"] == "http.response.body":
            await self.scope["may_read"].wait()


def test_a_reader_who_takes_his_time_holds_his_place_and_nobodys_turn() -> None:
    async def talk() -> None:
        may_read = asyncio.Event()
        app = shares(answer_of_two_pieces, Lane.READ, Share(1, 1, 9, 1))
        slow = Unread(app, {**scope_of(asker="a"), "may_read": may_read}).sends()
        await settled()
        other = Conversation(app, scope_of(asker="b")).sends()
        await other.task
        assert other.status == 200
        again = Conversation(app, scope_of(asker="a")).sends()
        await again.task
        assert again.answer[1]["body"] == b"too_many_at_once"
        may_read.set()
        await slow.task
        again = Conversation(app, scope_of(asker="a")).sends()
        await again.task
        assert again.status == 200

    run(talk)


def test_a_reader_who_reads_nothing_is_cut_off() -> None:
    async def talk() -> None:
        app = shares(answer_of_two_pieces, Lane.READ, Share(1, 1, 9, 1), stalled_s=0.05)
        scope = {**scope_of(asker="a"), "may_read": asyncio.Event()}
        stalled = Unread(app, scope).sends()
        await stalled.task
        assert [message.get("body") for message in stalled.answer] == [None, b"1"]
        assert scope["state"]["asker"].gone.is_set()
        again = Conversation(app, scope_of(asker="a")).sends()
        await again.task
        assert again.status == 200

    run(talk)


def test_a_route_that_fails_gives_its_turn_back() -> None:
    async def fails(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    async def talk() -> None:
        app = shares(fails, Lane.READ, Share(1, 1, 1, 1))
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await Conversation(app, scope_of(asker="a")).sends().task

    run(talk)
