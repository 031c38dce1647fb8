"""Single jars from Maven's registry, fetched once."""

import shutil
import subprocess
from pathlib import Path

from tests.servers.program import Missing, free_ports

HOME = Path(__file__).resolve().parents[1] / ".servers"
"""Where what was fetched stays."""

_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:2.8:get"
"""Asks for a jar without its model, whose parent may not be served; newer ones need the model."""
_FETCH_S = 600


def fetch_jar(artifact: str, to: Path) -> None:
    """The jar of ``group:name:version``; nothing happens when it is here. Raises Missing."""
    program("java", "install a Java runtime, version 17 or newer")
    if to.exists():
        return
    maven = program("mvn", "install Maven, which fetches the server")
    to.parent.mkdir(exist_ok=True)
    part = to.with_suffix(f".{free_ports(1)[0]}.part")
    command = [maven, "-q", "-B", "-Dstyle.color=never", _PLUGIN]
    options = [f"-Dartifact={artifact}:jar", "-Dtransitive=false", f"-Ddest={part}"]
    try:
        done = subprocess.run(
            [*command, *options], capture_output=True, text=True, timeout=_FETCH_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise Missing(f"Maven did not fetch {artifact} within {_FETCH_S} s") from None
    if done.returncode or not part.exists():
        raise Missing("\n".join([f"Maven did not fetch {artifact}:", done.stdout[-1000:]]))
    part.replace(to)  # whole or not at all, whoever else fetches it


def program(name: str, advice: str) -> str:
    """A program of this machine. Raises Missing."""
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not on the path; {advice}")
    return found
