"""Puts a node together from Maven packages, once; every test run uses it again.

Layout of a home: ``lib`` the server, ``modules/transport-netty4`` HTTP in the official place,
``boot`` our start class, ``plugins`` empty: the server itself has the ``whitespace`` analyser,
which is all that the index asks for.
"""

import fcntl
import hashlib
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.program import Missing

VERSION = "8.19.21"
"""The newest 8.x of which a registry has both the server and its HTTP."""

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / ".servers"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"
_HTTP = ("netty-*", "transport-netty4-*", "elasticsearch-ssl-config-*")
_DESCRIPTOR = "plugin-descriptor.properties"
_FETCH_S = 600


def home() -> Path:
    """The folder of a node that is complete. Raises Missing, saying what this machine lacks."""
    java = [tool("java"), tool("javac"), tool("mvn")]
    made = KEPT / f"elasticsearch-{VERSION}-{_recipe()}"
    with _alone():
        if not made.exists():
            with TemporaryDirectory(dir=KEPT) as name:
                unfinished = Path(name) / "home"
                _assemble(unfinished, javac=java[1], mvn=java[2])
                unfinished.rename(made)
    return made


def tool(name: str) -> str:
    """A program of this machine. Raises Missing."""
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed: it takes a JDK (17 or newer) and Maven")
    return found


def _recipe() -> str:
    parts = [HERE / "pom.xml", HERE / "OneNode.java", Path(__file__)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:8]


@contextmanager
def _alone() -> Iterator[None]:
    """One process fetches, the others wait for it."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _assemble(made: Path, *, javac: str, mvn: str) -> None:
    lib, http = made / "lib", made / "modules" / "transport-netty4"
    for folder in (lib, http, made / "plugins", made / "boot"):
        folder.mkdir(parents=True)
    where = [f"-Dnode.version={VERSION}", f"-DoutputDirectory={lib}", "-DincludeScope=runtime"]
    _run([mvn, "-q", "-B", "-Dstyle.color=never", "-f", str(HERE / "pom.xml"), *where, COPY])
    for pattern in _HTTP:
        for jar in lib.glob(pattern):
            jar.rename(http / jar.name)
    (http / _DESCRIPTOR).write_text(_descriptor(http), encoding="utf-8")
    _run([javac, "-cp", f"{lib}/*", "-d", str(made / "boot"), str(HERE / "OneNode.java")])


def _descriptor(http: Path) -> str:
    """What the module says of itself, but for its Java module: here it is on the class path."""
    with zipfile.ZipFile(http / f"transport-netty4-{VERSION}.jar") as jar:
        told = jar.read(f"META-INF/es-plugins/transport-netty4/{_DESCRIPTOR}").decode()
    lines = [line for line in told.splitlines() if not line.startswith("modulename")]
    return "\n".join([*lines, ""])


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_FETCH_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Missing(f"{Path(command[0]).name} took more than {_FETCH_S} s") from error
    if done.returncode:
        tail = (done.stdout + done.stderr).splitlines()[-10:]
        raise Missing("\n".join([f"{Path(command[0]).name} failed:", *tail]))
