"""Choice among servers: room, rest after failures, patience in the dark."""

import threading
import time

import pytest

from indexers.tika.options import TikaOptions
from indexers.tika.servers import Server, Servers
from records.errors import Unavailable

QUICK = TikaOptions(first_rest_s=0.02, longest_rest_s=0.05, patience_s=0.2)


def lent(servers: Servers, *, alone: bool = False) -> Server:
    with servers.lend(alone=alone) as server:
        assert server is not None
        return server


def test_files_are_spread_over_the_servers() -> None:
    servers = Servers(["a", "b", "c"], TikaOptions())
    with servers.lend(alone=False) as first, servers.lend(alone=False) as second:
        assert first is not second
    assert {lent(servers).address for _ in range(3)} == {"a", "b", "c"}


def test_no_server_gets_more_files_than_allowed() -> None:
    servers = Servers(["a"], TikaOptions(files_per_server=2))
    together, most = 0, 0
    lock = threading.Lock()

    def borrow() -> None:
        nonlocal together, most
        for _ in range(20):
            with servers.lend(alone=False):
                with lock:
                    together += 1
                    most = max(most, together)
                with lock:
                    together -= 1

    threads = [threading.Thread(target=borrow) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 2


def test_a_server_that_failed_is_left_alone_until_the_others_failed_too() -> None:
    servers = Servers(["a", "b"], TikaOptions(first_rest_s=60))
    first = lent(servers)
    servers.failed(first, answered=False)
    assert {lent(servers) is first for _ in range(5)} == {False}


def test_a_server_comes_back_after_its_rest_and_rests_longer_each_time() -> None:
    servers = Servers(["a"], TikaOptions(first_rest_s=0.02, waiting_rest_s=0.05))
    for rest_s in (0.02, 0.04, 0.05, 0.05):
        server = lent(servers)
        before = time.monotonic()
        servers.failed(server, answered=False)
        after = time.monotonic()
        assert before + rest_s <= server.rests_until <= after + rest_s
        lent(servers)
    servers.well(server)
    assert server.failures == 0


def test_files_wait_for_a_server_that_starts() -> None:
    servers = Servers(["a"], QUICK)
    servers.failed(lent(servers), answered=False)
    assert lent(servers).address == "a"


def test_in_the_dark_nobody_waits_longer_than_the_patience() -> None:
    servers = Servers(["a", "b"], TikaOptions(first_rest_s=60, longest_rest_s=60, patience_s=0.1))
    for _ in range(2):
        servers.failed(lent(servers), answered=False)
    began = time.monotonic()
    with servers.lend(alone=False) as server:
        assert server is None
    assert time.monotonic() - began < 30
    # It has become dark long ago for the next files; one of them may meet a busy machine.
    waited_s = []
    for _ in range(5):
        began = time.monotonic()
        with servers.lend(alone=False) as server:
            assert server is None
        waited_s.append(time.monotonic() - began)
    assert min(waited_s) < 0.1


def test_a_server_lost_over_a_file_begins_the_patience_anew() -> None:
    servers = Servers(["a"], QUICK)
    server = lent(servers)
    for _ in range(6):
        servers.failed(server, answered=False)
    servers.failed(server, answered=True)
    assert server.failures == 1


def test_a_suspect_is_read_alone() -> None:
    servers = Servers(["a"], TikaOptions(files_per_server=2))
    got, left = threading.Event(), threading.Event()

    def suspect() -> None:
        with servers.lend(alone=True) as server:
            assert server is not None
            assert server.files == 1
            got.set()
            left.wait(10)

    thread = threading.Thread(target=suspect)
    with servers.lend(alone=False):
        thread.start()
        assert not got.wait(0.1)
    assert got.wait(10)
    third = threading.Thread(target=lent, args=[servers])
    third.start()
    third.join(0.1)
    assert third.is_alive()
    left.set()
    thread.join(10)
    third.join(10)
    assert not third.is_alive()


def test_a_closed_one_lends_nothing_and_wakes_who_waits() -> None:
    servers = Servers(["a"], TikaOptions(first_rest_s=60))
    servers.failed(lent(servers), answered=False)
    closing = threading.Timer(0.05, servers.close)
    closing.start()
    with pytest.raises(Unavailable), servers.lend(alone=False):
        pass
    closing.join()
