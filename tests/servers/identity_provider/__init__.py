"""A real OpenID provider: oidc-provider, certified, on Node.js, from npm."""

import fcntl
import hashlib
import shutil
import subprocess
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.servers.program import HOST, Missing, Program, free_ports
from tests.servers.server import Running
from tools.assets import AssetError
from tools.install_assets import npm_command

CLIENT, SECRET = "wenshu", "client secret of the tests"
_HERE = Path(__file__).parent
_KEPT = _HERE.parents[1] / ".servers"
_FETCH_S, _READY_S = 300, 30


class IdentityProviderServer:
    """One process; whoever types a name there is that person."""

    name = "oidc"

    def __init__(self, back: str) -> None:
        """`back` is where it may send browsers."""
        self._back = back

    def fetch(self) -> None:
        """As the protocol says; what npm brings stays in tests/.servers."""
        home = _home()
        _KEPT.mkdir(exist_ok=True)
        with (_KEPT / "oidc.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (home / "node_modules").is_dir():
                return
            shutil.rmtree(home, ignore_errors=True)
            part = home.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(_HERE, part, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
            try:
                done = subprocess.run(
                    [*npm_command(), "ci", "--silent", "--ignore-scripts", "--no-audit"],
                    cwd=part,
                    capture_output=True,
                    text=True,
                    timeout=_FETCH_S,
                    check=False,
                )
            except (AssetError, subprocess.TimeoutExpired) as error:
                raise Missing(str(error)) from None
            if done.returncode:
                raise Missing("\n".join(["npm ci failed:", (done.stderr or done.stdout)[-1000:]]))
            part.rename(home)

    def start(self, folder: Path) -> Running:
        """As the protocol says."""
        node = shutil.which("node")
        if node is None:
            raise Missing("node is not on the path; install Node.js 20 or newer")
        (port,) = free_ports(1)
        command = [node, str(_home() / "provider.mjs"), str(port), self._back]
        program = Program(command, folder=folder, environment={"NODE_NO_WARNINGS": "1"})
        program.wait_until(lambda: _answers(port), timeout_s=_READY_S)
        return Running(f"http://{HOST}:{port}", "oidc-provider 9", program)


def _home() -> Path:
    parts = [_HERE / name for name in ("package.json", "package-lock.json", "provider.mjs")]
    recipe = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:8]
    return _KEPT / f"oidc-provider-{recipe}"


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/.well-known/openid-configuration")
        return connection.getresponse().status == 200
    except HTTPException:
        return False
    finally:
        connection.close()
