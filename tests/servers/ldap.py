"""A real LDAP directory: the in-memory server of the UnboundID SDK, one jar from Maven's."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.servers.maven import HOME, fetch_jar, program
from tests.servers.program import HOST, Program, free_ports, is_free
from tests.servers.server import Running
from tests.servers.tls import make_certificate

VERSION = "7.0.4"
PEOPLE = "ou=people,dc=example,dc=cn"
_ARTIFACT = f"com.unboundid:unboundid-ldapsdk:{VERSION}"
_TOOL = "com.unboundid.ldap.listener.InMemoryDirectoryServerTool"
_READY_S = 30


class LdapServer:
    """One process; passwords by name of those who are in it."""

    name = "ldap"

    def __init__(self, people: Mapping[str, str], certificate: Path, *, start_tls: bool) -> None:
        """`certificate` is where its certificate, which signs itself, is to lie."""
        self._people = people
        self._certificate = certificate
        self._start_tls = start_tls

    def fetch(self) -> None:
        """As the protocol says; the jar (6 MB) stays in tests/.servers."""
        fetch_jar(_ARTIFACT, _jar())

    def start(self, folder: Path) -> Running:
        """As the protocol says."""
        java = program("java", "install a Java runtime, version 17 or newer")
        (port,) = free_ports(1)
        (folder / "people.ldif").write_text(self._ldif(), encoding="utf-8")
        command = [java, "-Xmx64m", "-XX:+UseSerialGC", "-cp", str(_jar()), _TOOL]
        options = ["--port", str(port), "--baseDN", "dc=example,dc=cn", "--ldifFile", "people.ldif"]
        keys = ["--keyStorePath", str(self._key_store(folder)), "--keyStorePassword", "secret"]
        keys += ["--keyStoreType", "PKCS12"]
        way = "--useStartTLS" if self._start_tls else "--useSSL"
        started = Program([*command, *options, *keys, way], folder=folder, environment={})
        started.wait_until(lambda: not is_free(port), timeout_s=_READY_S)
        scheme = "ldap+starttls" if self._start_tls else "ldaps"
        return Running(f"{scheme}://{HOST}:{port}", f"UnboundID {VERSION}", started)

    def _key_store(self, folder: Path) -> Path:
        made, store = make_certificate(self._certificate), folder / "keys.p12"
        command = ["openssl", "pkcs12", "-export", "-in", str(made), "-out", str(store)]
        subprocess.run([*command, "-passout", "pass:secret"], check=True, capture_output=True)
        return store

    def _ldif(self) -> str:
        entries = [
            "dn: dc=example,dc=cn\nobjectClass: domain\ndc: example",
            f"dn: {PEOPLE}\nobjectClass: organizationalUnit\nou: people",
            *(
                f"dn: uid={name},{PEOPLE}\nobjectClass: inetOrgPerson\nuid: {name}\ncn: {name}\n"
                f"sn: {name}\nuserPassword: {password}"
                for name, password in self._people.items()
            ),
        ]
        return "\n\n".join([*entries, ""])


def _jar() -> Path:
    return HOME / f"unboundid-ldapsdk-{VERSION}.jar"
