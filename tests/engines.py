"""Installations on real engines, and workers in processes of their own, for tests."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.object_stores import made_bucket
from tests.servers.registry import SERVERS
from tests.servers.seaweedfs import ACCESS_KEY, SECRET_KEY
from tests.servers.server import address_of
from wenshu.building.s3_access import S3Access
from wenshu.settings import Settings

CREDENTIALS = {"WENSHU_S3_ACCESS_KEY": ACCESS_KEY, "WENSHU_S3_SECRET_KEY": SECRET_KEY}
"""Of the servers of the tests, for the environment of a process."""

STORE_ACCESS = S3Access(ACCESS_KEY, SECRET_KEY)
"""The same, for settings that are made by hand."""

WENSHU = Path(sys.executable).with_name("wenshu")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Settings over shared servers, under a name of its own, and the means to start workers."""

    settings: Settings

    def environment(self) -> dict[str, str]:
        """What a process of this installation finds in its environment."""
        access = self.settings.store_access
        authorities = {
            "WENSHU_S3_CA": access.ca if access else None,
            "WENSHU_INDEX_CA": self.settings.index_access.ca,
            "WENSHU_QUEUE_CA": self.settings.queue_ca,
        }
        return {
            **os.environ,
            "PYTHONWARNINGS": "ignore",
            "WENSHU_DATA": str(self.settings.data),
            "WENSHU_NAME": self.settings.name,
            "WENSHU_STORE": self.settings.store_address or "",
            "WENSHU_INDEX": ",".join(self.settings.index_hosts),
            "WENSHU_QUEUE": self.settings.queue_url or "",
            "WENSHU_TIKA": ",".join(self.settings.tika_servers),
            **CREDENTIALS,
            **{name: str(path) for name, path in authorities.items() if path},
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
    """An installation on the servers of this test run, all of them."""
    with ExitStack() as stack:
        address = {
            name: stack.enter_context(address_of(SERVERS[name]))
            for name in ("seaweedfs", "elasticsearch", "redis", "tika")
        }
        yield cluster_at(folder, address)


def cluster_at(folder: Path, address: Mapping[str, str]) -> Cluster:
    """An installation with a bucket and a name of its own, on the servers at those addresses."""
    bucket = made_bucket(address["seaweedfs"])
    return Cluster(
        Settings(
            data=folder,
            name=f"t{uuid.uuid4().hex[:12]}",
            store_address=f"s3+http://{bucket.endpoint}/{bucket.bucket}",
            store_access=STORE_ACCESS,
            index_hosts=(address["elasticsearch"],),
            queue_url=address["redis"],
            tika_servers=(address["tika"],),
            password_memory_kib=64,
            workers=1,
        )
    )
