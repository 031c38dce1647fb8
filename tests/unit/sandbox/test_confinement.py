"""A worker that was taken over sees its one file, and reaches nothing else."""

import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.landlock import landlock_version
from sandbox.leftovers import FOLDER_PREFIX
from sandbox.limits import Limits
from sandbox.worker_folder import COPIED_BYTES, GIVEN
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending, WorkerProcess
from tests.waiting import until

MODULE = "tests.unit.sandbox.escaping"
ELSEWHERE = "/var/tmp"  # noqa: S108 - on purpose
"""Not in /tmp, where a worker sees its own folder anyway."""

needs_landlock = pytest.mark.skipif(landlock_version() == 0, reason="a kernel without Landlock")

Attempt = Callable[..., str]


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(MODULE, size=1, limits=Limits())
    yield pool
    pool.close()


@pytest.fixture
def attempt(pool: WorkerPool) -> Attempt:
    """What a deed gives, or the name of the error that stops it."""

    def attempt(deed: str, argument: object = "", *, given: Path | None = None) -> str:
        pieces: list[bytes] = []
        request = json.dumps([deed, argument]).encode()
        ending = pool.ask(request, given=given, wall_s=20, take=pieces.append)
        return b"".join(pieces).decode() or ending.value

    return attempt


@pytest.fixture
def ours() -> Iterator[Path]:
    """A file of the server's."""
    with tempfile.NamedTemporaryFile("w", dir=ELSEWHERE, suffix=".json") as file:
        file.write("机密")
        file.flush()
        yield Path(file.name)


@pytest.fixture
def large() -> Iterator[Path]:
    """A file too large to be copied, outside /tmp."""
    with tempfile.NamedTemporaryFile(dir=ELSEWHERE) as file:
        os.truncate(file.name, COPIED_BYTES + 1)
        yield Path(file.name)


def test_a_worker_reads_the_file_that_it_is_given(attempt: Attempt, tmp_path: Path) -> None:
    for text in ("一", "二"):
        (tmp_path / text).write_text(text)
        assert attempt("read", "given", given=tmp_path / text) == text


def test_nothing_of_a_file_stays_for_the_next_request(attempt: Attempt, ours: Path) -> None:
    assert attempt("read", "given", given=ours) == "机密"
    assert attempt("list", ".") == "[]"


@needs_landlock
@pytest.mark.parametrize("deed", ["read", "overwrite", "overwrite_in_place"])
def test_a_file_of_ours_cannot_be_opened(attempt: Attempt, ours: Path, deed: str) -> None:
    assert attempt(deed, str(ours)) == "EACCES"
    assert ours.read_text() == "机密"


@needs_landlock
def test_a_folder_of_ours_cannot_be_listed(attempt: Attempt, ours: Path) -> None:
    assert attempt("list", str(ours.parent)) == "EACCES"


def test_a_store_in_the_temporary_folder_cannot_be_reached(
    attempt: Attempt, tmp_path: Path
) -> None:
    (tmp_path / "record").write_text("机密")
    assert attempt("read", str(tmp_path / "record")) in {"ENOENT", "EACCES"}


@pytest.mark.parametrize("deed", ["chmod", "link"])
def test_a_file_cannot_be_given_another_mode_or_name(
    attempt: Attempt, ours: Path, deed: str
) -> None:
    assert attempt(deed, str(ours)) == "ENOSYS"


def test_what_a_worker_does_to_its_file_is_done_to_a_copy(attempt: Attempt, tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.write_text("原件")
    assert attempt("overwrite", "given", given=original) == "written"
    assert original.read_text() == "原件"


@needs_landlock
def test_a_large_file_is_read_where_it_is_and_cannot_be_written(
    attempt: Attempt, large: Path
) -> None:
    assert attempt("size", "given", given=large) == str(COPIED_BYTES + 1)
    assert attempt("overwrite_in_place", "given", given=large) == "EACCES"
    assert large.read_bytes()[:4] == bytes(4)


def test_a_worker_for_a_large_file_takes_no_other(
    attempt: Attempt, pool: WorkerPool, large: Path
) -> None:
    attempt("size", "given", given=large)
    assert pool.pids == ()
    assert attempt("list", ".") == "[]"


def test_a_link_laid_for_the_next_file_is_not_followed(
    attempt: Attempt, ours: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_text("公开")
    assert attempt("linger", str(ours)) == "lurking"
    (folder,) = Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}{os.getpid()}-*")
    until((folder / GIVEN).is_symlink, "no link is laid")
    assert attempt("read", "given", given=other) == Ending.CRASH.value
    assert ours.read_text() == "机密"


def test_no_connection_can_be_made(attempt: Attempt, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert attempt("connect", server.getsockname()[1]) == "ENOSYS"


def test_no_socket_of_the_machine_can_be_reached(attempt: Attempt) -> None:
    with tempfile.TemporaryDirectory(dir=ELSEWHERE) as folder, socket.socket(1) as server:
        server.bind(f"{folder}/s")
        server.listen()
        assert attempt("connect_unix", f"{folder}/s") == "ENOSYS"


def test_no_other_process_can_be_signalled_or_traced(attempt: Attempt) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert attempt("kill", other.pid) == "ENOSYS"
        assert attempt("trace", other.pid) == "ENOSYS"
        assert other.poll() is None
        other.communicate(b"\n")
    assert other.returncode == 0


@pytest.mark.parametrize("deed", ["run", "fork", "become", "mount"])
def test_no_program_process_or_mount_can_be_made(attempt: Attempt, deed: str) -> None:
    assert attempt(deed, ".") == "ENOSYS"


def test_nothing_of_the_server_is_open(attempt: Attempt, ours: Path) -> None:
    with ours.open() as held:
        os.set_inheritable(held.fileno(), True)  # noqa: FBT003 - how it is called
        # Three of nowhere, two pipes, the way to complain, two of /proc/self.
        assert len(json.loads(attempt("open_descriptors"))) == 8


def test_what_a_worker_says_is_told_in_part_and_marked_when_it_fails(
    attempt: Attempt, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert attempt("shout", "x" * 100_000 + "\x1b[2J") == Ending.ERROR.value
    (line,) = [each.getMessage() for each in caplog.records]
    assert len(line) < 5_000
    assert "\n  | ValueError: 失败" in line
    assert "\x1b" not in line


def test_what_is_in_force_is_told() -> None:
    worker = WorkerProcess(MODULE, Limits())
    try:
        assert worker.confinement.landlock == landlock_version()
        assert worker.confinement.no_new_privs
        assert worker.confinement.seccomp
    finally:
        worker.stop()
