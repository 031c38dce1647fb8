"""Installations on real engines, and workers in processes of their own, for tests."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.servers.redis import RedisServer
from tests.servers.server import address_of
from wenshu.settings import Settings

WENSHU = Path(sys.executable).with_name("wenshu")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Settings over shared servers, under a name of its own, and the means to start workers."""

    settings: Settings

    def environment(self) -> dict[str, str]:
        """What a process of this installation finds in its environment."""
        return {
            **os.environ,
            "PYTHONWARNINGS": "ignore",
            "WENSHU_DATA": str(self.settings.data),
            "WENSHU_NAME": self.settings.name,
            "WENSHU_QUEUE": self.settings.queue_url or "",
        }

    @contextmanager
    def worker(self, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        """A worker with these options; killed at the end."""
        process = self.start_worker(options)
        try:
            yield process
        finally:
            stop(process)

    def start_worker(self, options: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """A worker in a process group of its own, ended by whoever started it."""
        log = (self.settings.data / "worker.log").open("ab")
        with log:
            return subprocess.Popen(
                [str(WENSHU), "work", *options],
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process group in an orderly way, or at once when that takes too long."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9 of a process with all below it."""
    if process.poll() is None:
        os.killpg(process.pid, 9)
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """An installation on the servers of this test run."""
    with ExitStack() as stack:
        queue_url = stack.enter_context(address_of(RedisServer()))
        plain = Settings(data=folder, password_memory_kib=64, workers=1)
        yield Cluster(replace(plain, name=f"t{uuid.uuid4().hex[:12]}", queue_url=queue_url))
