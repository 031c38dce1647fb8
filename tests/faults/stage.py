"""An installation on servers of its own that may be killed, frozen and emptied."""

import json
import logging
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from records.revision import Revision
from services.after_commit.dead_letters import KIND
from services.finding.kind_lists import ListAsked
from tests.engines import WENSHU, Cluster, cluster_at
from tests.faults.traffic import Client, Upload
from tests.faults.writer import ADMIN, load_people
from tests.servers.elasticsearch import ElasticsearchNode
from tests.servers.program import HOST, Program, free_ports
from tests.servers.redis import RedisServer
from tests.servers.seaweedfs import SeaweedFs
from tests.servers.server import Running, Server, running
from tests.servers.tika import Tika
from tests.waiting import until
from wenshu.building.house import installation
from wenshu.building.installation import Installation

_LOG = logging.getLogger(__name__)

WHOLE_S = 120.0
"""Everything must be whole so long after the fault."""

PASSWORD = "Abc#12345"
_SERVERS: tuple[Server, ...] = (SeaweedFs(), RedisServer(), ElasticsearchNode(), Tika())


@dataclass(frozen=True, slots=True)
class Stage:
    """Servers and processes by name, and the same installation opened here to look at it."""

    programs: dict[str, Program]
    """``elasticsearch``, ``seaweedfs``, ``redis``, ``tika``, ``worker``, ``beat``, ``web``,
    ``web-2``."""
    webs: tuple[str, ...]
    built: Installation

    def client(self) -> Client:
        """A client that is signed in."""
        client = Client(self.webs)
        client.sign_in(PASSWORD)
        return client

    def down(self) -> set[str]:
        """Parts that any web process says are down; a process that says nothing counts as one."""
        told: set[str] = set()
        for address in self.webs:
            parts = readiness(address)
            told |= {"web"} if parts is None else {n for n, fault in parts.items() if fault != "ok"}
        return told

    def empty_the_index(self) -> None:
        """Remove the data of Elasticsearch, which is not running."""
        shutil.rmtree(self.programs["elasticsearch"].folder / "data")

    def empty_the_queue(self) -> None:
        """Remove everything that Redis holds, in mid-flight."""
        queue = self.built.engines.queue
        assert queue is not None
        queue.redis.flushall()

    def letters(self) -> list[Revision]:
        """Open dead letters."""
        asked = ListAsked(filters=(("state", "open"),), sort="-changed")
        house = self.built.house
        found = house.lists.of_kinds.page(house.book.caller(ADMIN), KIND, asked, counted=False)
        return [row.revision for row in found.page.rows]


def readiness(address: str) -> dict[str, str] | None:
    """What /readyz says, None where nothing is said."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", "/readyz")
        return dict(json.loads(connection.getresponse().read()))
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()


def prove_whole(stage: Stage, uploads: list[Upload]) -> float:
    """Wait until nothing is left to do and all parts are well, then prove it; when it was so."""
    until(lambda: not stage.down(), "a part stays down", within_s=WHOLE_S)
    until(stage.built.drain.empty, "the outbox is not worked off", within_s=WHOLE_S)
    whole_at = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        faults = [fault for fault in pool.map(_Proof(stage), uploads) if fault]
    assert faults == [], faults[:5]
    table = stage.built.reconciliation.compare()
    assert table.is_clean, table
    letters = [letter.fields for letter in stage.letters()]
    assert letters == [], letters
    return whole_at


class _Proof:
    """What is wrong with an upload: empty when it is read by id and found, once."""

    def __init__(self, stage: Stage) -> None:
        self._client = stage.client()

    def __call__(self, upload: Upload) -> str:
        read = self._client.read(upload)
        if read.body != upload.content:
            return f"{upload.record} is read with {read.status}"
        found = self._client.search(f'"{upload.word}"').json()
        hits = [hit["id"] for hit in found["hits"]]
        return "" if hits == [upload.record] else f"{upload.record} is found as {hits}"


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Servers, two web processes, two workers (one with the clock), all well."""
    began = time.monotonic()
    with ExitStack() as stack:
        servers = _servers(stack)
        cluster = cluster_at(folder, {name: own.address for name, own in servers.items()})
        built = stack.enter_context(installation(cluster.settings))
        load_people(built)
        programs = {name: own.program for name, own in servers.items()}
        ports = free_ports(2)
        commands = {
            "web": ["serve", "--port", str(ports[0])],
            "web-2": ["serve", "--port", str(ports[1])],
            "worker": ["work", "--concurrency", "2"],
            "beat": ["work", "--concurrency", "2", "--beat"],
        }
        for name, options in commands.items():
            programs[name] = _process(folder / name, options, cluster)
            stack.callback(programs[name].stop)
            stack.callback(programs[name].thaw)
        webs = tuple(f"http://{HOST}:{port}" for port in ports)
        ready = Stage(programs, webs, built)
        _LOG.warning("servers after %.0f s", time.monotonic() - began)
        until(lambda: not ready.down(), "it did not start", within_s=WHOLE_S)
        _LOG.warning("all ready after %.0f s", time.monotonic() - began)
        yield ready


def _servers(stack: ExitStack) -> dict[str, Running]:
    """All at once, since they take long to start."""
    with ThreadPoolExecutor(len(_SERVERS)) as pool:
        own = pool.map(lambda each: stack.enter_context(running(each)), _SERVERS)
        return {each.name: one for each, one in zip(_SERVERS, own, strict=True)}


def _process(folder: Path, options: list[str], cluster: Cluster) -> Program:
    folder.mkdir()
    environment = {**cluster.environment(), "WENSHU_DATA": str(folder)}
    return Program([str(WENSHU), *options], folder=folder, environment=environment)
