"""Worker processes: limits, crashes, replacement, idleness."""

import errno
import gc
import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from records.errors import Unavailable
from sandbox.leftovers import FOLDER_PREFIX
from sandbox.limits import Limits
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending, WorkerProcess
from tests.waiting import until

_MIB = 1 << 20
MODULE = "tests.unit.sandbox.misbehaving"
LIMITS = Limits(
    data_bytes=200 * _MIB,
    resident_bytes=300 * _MIB,
    file_bytes=5 * _MIB,
    answer_bytes=20 * _MIB,
    cpu_s=1,
)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(MODULE, size=2, limits=LIMITS)
    yield pool
    pool.close()


def ask(pool: WorkerPool, request: str, *, wall_s: float = 20) -> tuple[Ending, bytes]:
    pieces: list[bytes] = []
    ending = pool.ask(request.encode(), wall_s=wall_s, take=pieces.append)
    return ending, b"".join(pieces)


def test_a_worker_answers_one_request_after_the_other(pool: WorkerPool) -> None:
    assert ask(pool, "echo 一") == (Ending.DONE, "一".encode())
    pids = pool.pids
    assert ask(pool, "echo 二") == (Ending.DONE, "二".encode())
    assert pool.pids == pids


def test_a_request_that_nobody_waits_for_any_more_is_given_up(pool: WorkerPool) -> None:
    asked = 0

    def wanted() -> bool:
        nonlocal asked
        asked += 1
        return asked < 3

    ending = pool.ask(b"hang", wall_s=60, take=lambda _: None, wanted=wanted)
    assert (ending, asked) == (Ending.UNWANTED, 3)
    assert pool.pids == ()
    assert ask(pool, "echo again") == (Ending.DONE, b"again")


def test_nothing_is_started_before_the_first_request(pool: WorkerPool) -> None:
    assert pool.pids == ()


def test_a_function_that_raises_ends_the_request_and_not_the_worker(pool: WorkerPool) -> None:
    ask(pool, "echo")
    pids = pool.pids
    assert ask(pool, "raise wrong")[0] is Ending.ERROR
    assert pool.pids == pids


def test_a_worker_that_dies_is_replaced_and_what_it_told_is_kept(pool: WorkerPool) -> None:
    ending, told = ask(pool, "die")
    assert ending is Ending.CRASH
    assert told == b"beforelast"
    assert pool.pids == ()
    assert ask(pool, "echo again") == (Ending.DONE, b"again")


@pytest.mark.parametrize(
    ("request_", "wall_s", "ending"),
    [
        ("hang", 0.3, Ending.TIMEOUT),
        ("spin", 20.0, Ending.TIMEOUT),
        ("eat", 20.0, Ending.MEMORY),
        ("flood", 20.0, Ending.FLOOD),
        ("lie", 20.0, Ending.CRASH),
    ],
)
def test_a_worker_beyond_its_limits_is_ended(
    pool: WorkerPool, request_: str, wall_s: float, ending: Ending
) -> None:
    assert ask(pool, request_, wall_s=wall_s)[0] is ending
    assert ask(pool, "echo fine") == (Ending.DONE, b"fine")


def test_memory_beyond_the_limit_is_refused_at_once(pool: WorkerPool) -> None:
    assert ask(pool, f"allocate {LIMITS.data_bytes // 4}") == (Ending.DONE, b"given")
    assert ask(pool, f"allocate {LIMITS.data_bytes}") == (Ending.DONE, b"refused")


def test_what_libraries_print_does_not_reach_the_answer(pool: WorkerPool) -> None:
    assert ask(pool, "print") == (Ending.DONE, b"clean")


def test_a_worker_sees_no_settings_of_ours(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENSHU_SECRET", "key")
    _, told = ask(pool, "environment")
    assert b"PATH" in told
    assert b"WENSHU" not in told


def test_a_file_beyond_the_limit_cannot_be_written(pool: WorkerPool) -> None:
    assert ask(pool, "write") == (Ending.DONE, str(errno.EFBIG).encode())


def test_the_folder_of_a_worker_goes_with_it(pool: WorkerPool) -> None:
    ask(pool, "echo")
    home, mine = Path(tempfile.gettempdir()), f"{FOLDER_PREFIX}{os.getpid()}-*"
    assert list(home.glob(mine))
    pool.close()
    assert not list(home.glob(mine))


def test_an_idle_worker_is_stopped() -> None:
    pool = WorkerPool(MODULE, size=1, limits=replace(LIMITS, idle_s=0.1))
    ask(pool, "echo")
    until(lambda: pool.pids == (), "an idle worker stays")
    assert ask(pool, "echo back") == (Ending.DONE, b"back")
    pool.close()


def test_a_worker_is_replaced_after_many_answers() -> None:
    pool = WorkerPool(MODULE, size=1, limits=replace(LIMITS, recycle_answers=2))
    ask(pool, "echo")
    first = pool.pids
    ask(pool, "echo")
    assert ask(pool, "echo third") == (Ending.DONE, b"third")
    assert pool.pids != first
    pool.close()


def test_a_worker_killed_while_idle_is_not_lent(pool: WorkerPool) -> None:
    ask(pool, "echo")
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    until(lambda: Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z", "it lives")
    assert ask(pool, "echo alive") == (Ending.DONE, b"alive")


def test_no_more_workers_run_than_the_pool_may_have(pool: WorkerPool) -> None:
    counts: list[int] = []
    answers: list[tuple[Ending, bytes]] = []

    def work(number: int) -> None:
        answers.append(ask(pool, f"echo {number}"))
        counts.append(len(pool.pids))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(counts) <= 2
    assert sorted(answers) == sorted((Ending.DONE, str(n).encode()) for n in range(16))


def test_a_worker_outlives_the_thread_that_first_asked(pool: WorkerPool) -> None:
    thread = threading.Thread(target=ask, args=(pool, "echo"))
    thread.start()
    thread.join()
    pids = pool.pids
    assert ask(pool, "echo still") == (Ending.DONE, b"still")
    assert pool.pids == pids


def test_closing_ends_what_is_under_way(pool: WorkerPool) -> None:
    endings: list[Ending] = []
    thread = threading.Thread(target=lambda: endings.append(ask(pool, "hang", wall_s=60)[0]))
    thread.start()
    until(lambda: len(pool.pids) == 1, "no single worker")
    pool.close()
    thread.join()
    assert endings == [Ending.CRASH]
    with pytest.raises(Unavailable):
        ask(pool, "echo")


def test_a_module_that_cannot_start_is_unavailable() -> None:
    pool = WorkerPool("sandbox.no_such_module", size=1, limits=LIMITS)
    with pytest.raises(Unavailable):
        ask(pool, "echo")
    pool.close()


def test_a_worker_that_is_forgotten_ends() -> None:
    worker = WorkerProcess(MODULE, LIMITS)
    pid = worker.pid
    del worker
    gc.collect()
    assert not Path(f"/proc/{pid}").exists()
