"""Connections are bounded: bytes of a head, headers, requests ahead, time, lines of one address."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from ipaddress import ip_network

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from gate.connections import BoundedHttp, ConnectionLimits
from tests.unit.gate.conversation import run

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

GET = b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n"
SMALL = ConnectionLimits(
    head_bytes=2_000, headers=20, cookie_bytes=500, head_s=60, ahead=3, each_address=2
)


class Answering:
    """A route that answers with the length of the body, at once or when it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.gone = 0
        self.waits_for_the_end = False
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        length, more = 0, True
        while more:
            message = await receive()
            length += len(message.get("body", b""))
            more = message.get("more_body", False)
        if self.waits_for_the_end and (await receive())["type"] == "http.disconnect":
            self.gone += 1
            return
        await self.may_answer.wait()
        body = str(length).encode()
        headers = [(b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def served(talk: Callable[[int, Answering], Awaitable[None]], limits: ConnectionLimits) -> None:
    """Talk to a server with these limits, at a port."""

    async def within() -> None:
        app = Answering()
        http = partial(BoundedHttp, limits=limits)
        config = uvicorn.Config(app, http=http, ws="none", lifespan="off", log_level="critical")  # type: ignore[arg-type]
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(
            lambda: config.http_protocol_class(  # type: ignore[call-arg]
                config=config, server_state=server.server_state, app_state={}
            ),
            "127.0.0.1",
            0,
        )
        try:
            await talk(listening.sockets[0].getsockname()[1], app)
        finally:
            listening.close()
            for each in list(server.server_state.connections):
                each.transport.abort()
            await asyncio.sleep(0)

    run(within)


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def said(port: int, *pieces: bytes, ends: bool = True) -> bytes:
    """What the server says to these bytes until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if ends:
            writer.write_eof()
        answer = await reader.read()
    except ConnectionError:
        pass
    finally:
        await _closed(writer)
    return answer


def test_an_honest_request_with_a_long_body_is_answered() -> None:
    async def talk(port: int, app: Answering) -> None:
        head = b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 500000\r\n\r\n"
        assert (await said(port, head, b"x" * 500_000)).endswith(b"\r\n\r\n500000")
        chunked = (
            b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        pieces = [b"3e8\r\n" + b"x" * 1000 + b"\r\n"] * 500
        assert (await said(port, chunked, *pieces, b"0\r\n\r\n")).endswith(b"\r\n\r\n500000")

    served(talk, SMALL)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /healthz HTTP/1.1\r\nhost: a\r\n" + b"x: y\r\n" * 21 + b"\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: a\r\nx: " + b"y" * 2_000 + b"\r\n\r\n",
        b"GET /" + b"y" * 2_000 + b" HTTP/1.1\r\nhost: a\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: a\r\ncookie: " + b"y" * 501 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\n" + (b"Cookie: " + b"y" * 300 + b"\r\n") * 2 + b"\r\n",
        b"GET /healthz HTTP/1.1\r\nhost: a\r\nx: " + b"y" * 3_000,
        b"GET /" + b"y" * 3_000,
        b"GET /healthz HTTP/1.1\r\nhost: a\r\n" + b"x" * 3_000,
    ],
)
def test_a_head_beyond_the_limit_is_refused_and_never_answered(head: bytes) -> None:
    async def talk(port: int, app: Answering) -> None:
        for size in (len(head), 700):
            pieces = [head[at : at + size] for at in range(0, len(head), size)]
            answer = await said(port, *pieces)
            assert not answer or answer.startswith(b"HTTP/1.1 431 ")
        assert app.asked == 0

    served(talk, SMALL)


def test_what_stands_behind_a_body_is_bounded_too() -> None:
    async def talk(port: int, app: Answering) -> None:
        app.may_answer.clear()
        head = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
        for trailer in (b"x: y\r\n" * 40, b"x: " + b"y" * 3_000):
            assert await said(port, head, trailer) == b""
        app.may_answer.set()

    served(talk, SMALL)


def test_a_body_in_crumbs_is_cut_off_however_many_come_in_one_packet() -> None:
    async def talk(port: int, app: Answering) -> None:
        head = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
        assert b"200 OK" not in await said(port, head + b"1\r\nx\r\n" * 1_000 + b"0\r\n\r\n")

    served(talk, SMALL)


def test_requests_ahead_of_the_first_answer_are_bounded() -> None:
    async def talk(port: int, app: Answering) -> None:
        last = GET.replace(b"host: a", b"host: a\r\nconnection: close")
        assert (await said(port, GET * 2 + last, ends=False)).count(b"200 OK") == 3
        app.may_answer.clear()
        assert await said(port, GET * 9, ends=False) == b""
        app.may_answer.set()

    served(talk, SMALL)


def test_a_line_may_bring_more_than_a_head_has_room_for_one_request_after_the_other() -> None:
    async def talk(port: int, app: Answering) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(SMALL.head_bytes // len(GET) + 2):
            writer.write(GET)
            assert b" 200 OK" in await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(1)  # the length of the body, 0
        await _closed(writer)

    served(talk, SMALL)


@pytest.mark.parametrize("ahead", [0, 2])
def test_whoever_is_at_work_learns_that_the_asker_has_gone_whatever_was_asked_ahead(
    ahead: int,
) -> None:
    async def talk(port: int, app: Answering) -> None:
        app.waits_for_the_end = True
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(GET * (1 + ahead))
        while app.asked == 0:
            await asyncio.sleep(0)
        await _closed(writer)
        while app.gone == 0:
            await asyncio.sleep(0)
        assert app.asked == 1

    served(talk, SMALL)


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\nhost: a\r\n"])
def test_whoever_does_not_finish_his_head_is_cut_off(begun: bytes) -> None:
    async def talk(port: int, app: Answering) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(begun)
        answer = await reader.read()
        assert b"HTTP/1.1 408 " in answer
        await _closed(writer)

    served(talk, ConnectionLimits(head_s=0.05))


def test_one_address_has_so_many_lines_and_a_proxy_as_many_as_it_needs() -> None:
    async def opened(port: int) -> list[bytes]:
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        for _, writer in lines:
            writer.write(GET.replace(b"host: a", b"host: a\r\nconnection: close"))
        answers = [(await reader.read())[9:12] for reader, _ in lines]
        for _, writer in lines:
            await _closed(writer)
        return answers

    async def stranger(port: int, app: Answering) -> None:
        assert sorted(await opened(port)) == [b"200", b"200", b"503"]

    async def proxy(port: int, app: Answering) -> None:
        assert await opened(port) == [b"200"] * 3

    served(stranger, SMALL)
    served(proxy, ConnectionLimits(each_address=2, trusted=(ip_network("127.0.0.1"),)))
