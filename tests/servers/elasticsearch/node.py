"""One Elasticsearch node on ports of its own."""

import json
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.elasticsearch.fetching import VERSION, home, tool
from tests.servers.program import HOST, Program, free_ports
from tests.servers.server import Running

HEAP = "512m"
"""As fast as 1 GB with thousands of small documents; with 256 MB half as fast."""

_READY_S = 90
_JAVA = (
    f"-Xms{HEAP}",
    f"-Xmx{HEAP}",
    "-XX:+UseG1GC",  # as delivered: its circuit breaker collects before it refuses, with this one
    "-XX:G1ReservePercent=15",
    "-XX:InitiatingHeapOccupancyPercent=30",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dfile.encoding=UTF-8",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dlog4j2.disable.jmx=true",
    "-Des.distribution.type=tar",
)
_LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class ElasticsearchNode:
    """A cluster of one node. Without the commercial parts: no sign-in, no TLS."""

    name = "elasticsearch"

    def fetch(self) -> None:
        """As the protocol says: 49 MB, unless they are here."""
        home()

    def start(self, folder: Path) -> Running:
        """As the protocol says; a second start in the same folder finds its data again."""
        port, transport = free_ports(2)
        config, scratch = folder / "config", folder / "scratch"
        for each in (config, scratch):
            each.mkdir(exist_ok=True)
        (config / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")
        (config / "elasticsearch.yml").write_text(
            _settings(folder, port, transport), encoding="utf-8"
        )
        place = home()
        java = [tool("java"), *_JAVA, f"-Djava.io.tmpdir={scratch}"]
        parts = f"{place}/boot:{place}/lib/*"
        program = Program(
            [*java, "-cp", parts, "OneNode", str(place), str(config)],
            folder=folder,
            environment={},
        )
        address = f"http://{HOST}:{port}"
        program.wait_until(lambda: _is_ready(address), timeout_s=_READY_S)
        return Running(address, VERSION, program)


def _settings(folder: Path, port: int, transport: int) -> str:
    told = {
        "cluster.name": "tests",
        "node.name": "one",
        "network.host": HOST,
        "http.port": port,
        "transport.port": transport,
        "discovery.type": "single-node",
        "path.data": str(folder / "data"),
        "path.logs": str(folder),
        # A machine for tests may have a nearly full disk; shards would not be given a place.
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in told.items())


def _is_ready(address: str) -> bool:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=2s")
        return connection.getresponse().status == 200
    except HTTPException:
        return False
    finally:
        connection.close()
