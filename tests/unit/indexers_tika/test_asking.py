"""A server that keeps us waiting is cut off, however its answer is framed."""

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from indexers.tika.asking import Asking
from indexers.tika.faults import FileFault, ServerFault
from indexers.tika.options import TikaOptions
from tests.servers.lying import lying

OPTIONS = TikaOptions(least_reading_s=0.1, most_reading_s=0.1, grace_s=0.2)
LONG_S = 30.0
"""The server gives up after so long, so that a client that hangs fails and does not stay."""

FRAMES = [
    {"Connection": "close"},
    {"Connection": "close", "Content-Length": "1000"},
    {"Content-Length": "1000"},
    {"Connection": "close", "Transfer-Encoding": "chunked"},
]


def stalling(
    headers: dict[str, str], begun: threading.Event, done: threading.Event
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Sends the head of an answer and then nothing, until the test is done."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        begun.set()
        done.wait(LONG_S)

    return answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7")
    return file


@pytest.mark.parametrize("headers", FRAMES, ids=str)
def test_a_stalling_answer_ends_with_the_time_that_was_granted(
    path: Path, headers: dict[str, str]
) -> None:
    begun, done = threading.Event(), threading.Event()
    began = time.monotonic()
    with lying(stalling(headers, begun, done)) as address:
        try:
            with pytest.raises(FileFault, match="timeout"):
                Asking(OPTIONS).read(address, path, name="a.pdf")
        finally:
            done.set()
    assert time.monotonic() - began < LONG_S / 2


@pytest.mark.parametrize("headers", FRAMES, ids=str)
def test_closing_cuts_off_a_stalling_answer(path: Path, headers: dict[str, str]) -> None:
    begun, done = threading.Event(), threading.Event()
    asking = Asking(TikaOptions())

    def close() -> None:
        begun.wait(LONG_S)
        asking.close()

    closing = threading.Thread(target=close)
    began = time.monotonic()
    with lying(stalling(headers, begun, done)) as address:
        closing.start()
        try:
            with pytest.raises((FileFault, ServerFault)):
                asking.read(address, path, name="a.pdf")
        finally:
            done.set()
            closing.join()
    assert time.monotonic() - began < LONG_S / 2
