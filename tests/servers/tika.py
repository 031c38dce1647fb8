"""Apache Tika server: one jar from Maven's registry, run by the machine's Java."""

from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from tests.servers.maven import HOME, fetch_jar
from tests.servers.maven import program as program_of
from tests.servers.program import HOST, Program, free_ports
from tests.servers.server import Running

VERSION = "3.3.2"
_ARTIFACT = f"org.apache.tika:tika-server-standard:{VERSION}"
MINIMUM_TIMEOUT_S = 5
"""The least that a request may grant; 30 where nothing is said, too long to wait for in tests."""
_READY_S = 60


class Tika:
    """A server as offices run it: a watching process and a forked one that may die."""

    name = "tika"

    def __init__(
        self, *, heap_mb: int = 256, digests: bool = True, port: int | None = None
    ) -> None:
        """`heap_mb` is that of the forked process; a small one makes it die of less."""
        self._port = port
        self._heap_mb = heap_mb
        self._digests = digests

    def fetch(self) -> None:
        """As the protocol says; the jar (76 MB) stays in tests/.servers."""
        fetch_jar(_ARTIFACT, jar())

    def start(self, folder: Path) -> Running:
        """As the protocol says."""
        port = self._port or free_ports(1)[0]
        settings = folder / "tika.xml"
        settings.write_text(self._settings(port, folder), encoding="utf-8")
        java = program_of("java", "install a Java runtime, version 17 or newer")
        program = Program(
            [
                java,
                "-Xmx64m",
                f"-Djava.io.tmpdir={folder}",
                "-jar",
                str(jar()),
                "-c",
                str(settings),
            ],
            folder=folder,
            environment={"HOME": str(folder)},
        )
        address = f"http://{HOST}:{port}"
        program.wait_until(lambda: version_at(address) == VERSION, timeout_s=_READY_S)
        return Running(address, VERSION, program)

    def _settings(self, port: int, folder: Path) -> str:
        digests = (
            "<autoDetectParserConfig><digesterFactory "
            'class="org.apache.tika.parser.digestutils.CommonsDigesterFactory"><params>'
            "<algorithmString>SHA256</algorithmString></params></digesterFactory>"
            "</autoDetectParserConfig>"
        )
        arguments = (
            f"-Xmx{self._heap_mb}m",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            f"-Djava.io.tmpdir={folder}",
        )
        forked = "".join(f"<arg>{escape(argument)}</arg>" for argument in arguments)
        return (
            '<?xml version="1.0" encoding="UTF-8"?><properties>'
            f"{digests if self._digests else ''}<server><params>"
            f"<port>{port}</port><host>{HOST}</host>"
            "<taskTimeoutMillis>180000</taskTimeoutMillis><taskPulseMillis>500</taskPulseMillis>"
            f"<minimumTimeoutMillis>{MINIMUM_TIMEOUT_S * 1000}</minimumTimeoutMillis>"
            f"<forkedJvmArgs>{forked}</forkedJvmArgs></params></server></properties>"
        )


def jar() -> Path:
    """Where the fetched server lies."""
    return HOME / f"tika-server-standard-{VERSION}.jar"


def version_at(address: str) -> str | None:
    """What the server there calls itself; None when it is not ready. Raises OSError."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=2)
    try:
        connection.request("GET", "/version")
        answer = connection.getresponse()
        text = answer.read(200).decode("ascii", "replace")
        return text.removeprefix("Apache Tika ").strip() if answer.status == 200 else None
    except HTTPException:
        return None
    finally:
        connection.close()
