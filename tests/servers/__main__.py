"""Runs a command beside real servers: ``python -m tests.servers [NAME…] -- COMMAND…``.

Servers are started once for the whole command, which finds their addresses in the environment;
the table of what runs is printed first. Without names all servers are started. One that cannot
be had is left out, unless WENSHU_REQUIRE names it.
"""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.servers.program import Missing
from tests.servers.registry import SERVERS
from tests.servers.server import Server, is_required, variable


def main(arguments: list[str]) -> int:
    """Exit status of the command, or 1 when a required server is missing."""
    at = arguments.index("--")
    wanted = arguments[:at] or list(SERVERS)
    environment = dict(os.environ)
    with ExitStack() as stack:
        for name in wanted:
            try:
                environment[variable(name)] = _start(SERVERS[name], stack)
            except Missing as why:
                sys.stdout.write(f"{name:15} missing: {why}\n")
                if is_required(name):
                    return 1
        sys.stdout.flush()
        command = [*_may_mount(), *arguments[at + 1 :]]
        return subprocess.run(command, env=environment, check=False).returncode


def _may_mount() -> list[str]:
    """What a command is put behind so that tests can mount a small disk: nothing for root."""
    inside = ["unshare", "--user", "--map-root-user", "--mount", "--"]
    if os.geteuid() == 0 or shutil.which(inside[0]) is None:
        return []
    able = subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0
    return inside if able else []


def _start(server: Server, stack: ExitStack) -> str:
    folder = stack.enter_context(TemporaryDirectory(prefix=f"wenshu-{server.name}-"))
    began = monotonic()
    server.fetch()
    fetched = monotonic()
    own = server.start(Path(folder))
    stack.callback(own.program.stop)
    sys.stdout.write(
        f"{server.name:15} {own.version:24} {own.address}  "
        f"fetched in {fetched - began:.1f} s, ready in {monotonic() - fetched:.1f} s\n"
    )
    return own.address


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
