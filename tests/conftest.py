"""Servers that tests of several folders use, one for the whole run; how properties are drawn."""

import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.engines import Cluster, cluster
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.server import address_of

# How long an example takes says how busy the machine is; bench/ measures speed. The same code is
# given the same examples; `make test-properties` draws new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None, print_blob=True)
settings.load_profile("same")

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
ROOM_BYTES = 8 << 30
"""The whole run holds less than 1 GB at once; servers and browser take theirs beside it."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Folders of tests lie in memory where it has room, and go with the run.

    Most of what an installation takes to begin are waits for the disk. What a ``kill -9`` leaves is
    the same there; ``--basetemp`` names another place.
    """
    is_worker = hasattr(config, "workerinput")  # whose folder is within that of the run
    if is_worker or config.option.basetemp is not None or not MEMORY.is_dir():
        return
    if shutil.disk_usage(MEMORY).free >= ROOM_BYTES:
        folder = tempfile.mkdtemp(prefix="wenshu-tests-", dir=MEMORY)
        config.option.basetemp = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Logs that quote what UTF-8 cannot write get through to the process that collects them."""
    report = yield
    report.sections = [(name, writable(text)) for name, text in report.sections]
    return report


def writable(text: str) -> str:
    """The text with half a surrogate pair as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Cluster]:
    """An installation of the test's own on all servers."""
    with cluster(tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[str]:
    """The address of an Elasticsearch; tests take prefixes of their own on it."""
    with address_of(ElasticsearchNode()) as address:
        yield address
