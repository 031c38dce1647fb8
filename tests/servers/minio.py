"""MinIO: the real server, built from its source by Go; only where it is asked for."""

import shutil
import subprocess
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.program import HOST, Missing, Program, free_ports
from tests.servers.seaweedfs import ACCESS_KEY, SECRET_KEY
from tests.servers.server import Running, is_required

MODULE = "github.com/minio/minio"
VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
"""The last commit before the repository was archived, in February 2026."""

FOLDER = Path(__file__).resolve().parents[2] / "build" / "minio"
_READY_S = 60


class MinioServer:
    """One process over a folder."""

    name = "minio"

    def fetch(self) -> None:
        """Build it, which takes about four minutes, where WENSHU_REQUIRE names it."""
        if _program().exists():
            return
        if not is_required(self.name):
            raise Missing("not built; make test-minio builds it")
        if shutil.which("go") is None:
            raise Missing("building it needs Go")
        command = ["go", "install", "-trimpath", "-ldflags=-s -w", f"{MODULE}@{VERSION}"]
        made = FOLDER / VERSION
        made.mkdir(parents=True, exist_ok=True)
        subprocess.run(["env", f"GOBIN={made}", *command], check=True)

    def start(self, folder: Path) -> Running:
        """As the protocol says."""
        port, console = free_ports(2)
        data = folder / "data"
        data.mkdir(exist_ok=True)
        command = [str(_program()), "server", str(data), "--quiet"]
        options = [f"--address={HOST}:{port}", f"--console-address={HOST}:{console}"]
        program = Program(
            [*command, *options],
            folder=folder,
            environment={
                "HOME": str(folder),
                "MINIO_ROOT_USER": ACCESS_KEY,
                "MINIO_ROOT_PASSWORD": SECRET_KEY,
                "MINIO_BROWSER": "off",
                "MINIO_UPDATE": "off",
                "MINIO_CALLHOME_ENABLE": "off",
                "MINIO_CI_CD": "1",
            },
        )
        address = f"http://{HOST}:{port}"
        program.wait_until(lambda: _answers(address), timeout_s=_READY_S)
        return Running(address, VERSION.rpartition("-")[2], program)


def _answers(address: str) -> bool:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=2)
    try:
        connection.request("GET", "/minio/health/ready")
        return connection.getresponse().status == 200
    except HTTPException:
        return False
    finally:
        connection.close()


def _program() -> Path:
    return FOLDER / VERSION / "minio"
