"""The port `Directory` by LDAP: binds as the person, over TLS, and says good-bye.

Nothing is searched for, so no account of ours is needed there; nothing is kept, so there is nothing
to leak. A password goes to a server whose certificate was checked, or to none.
"""

import logging
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from records.errors import Unavailable
from records.fields import is_text
from records.identity import Login
from wenshu.sign_in.access import DirectoryAccess
from wenshu.sign_in.ldap_messages import (
    REFUSALS,
    SUCCESS,
    NotLdap,
    bind_request,
    escaped,
    length_of,
    result_of,
    start_tls_request,
)
from wenshu.sign_in.resting import Resting

_LOG = logging.getLogger(__name__)

PATIENCE_S = 4.0
"""For one server, from the connection to its answer."""

_MOST_BYTES = 1 << 16
_PORTS = {"ldaps": 636, "ldap+starttls": 389}
_ACCOUNT_NAME = re.compile(r"[\w-][\w.-]*")


class LdapDirectory:
    """One directory, on one or more servers."""

    def __init__(
        self, access: DirectoryAccess, *, resting: Resting, patience_s: float = PATIENCE_S
    ) -> None:
        self._access = access
        self._resting = resting
        self._patience_s = patience_s
        self._tls = ssl.create_default_context(cafile=str(access.ca) if access.ca else None)

    def fits(self, login: Login, password: str) -> bool:
        """As the port says. An empty password would be a bind of nobody, and succeed (RFC 4513)."""
        name = self._name_of(login)
        if not password or not name or "\0" in login + password or not is_text(password):
            return False
        if self._resting.rests:
            raise Unavailable("directory_down", detail="not asked again yet")
        for server in self._access.servers:
            try:
                found = self._bind(server, name, password)
            except (OSError, NotLdap) as error:  # TLS is OSError too; no name and no password
                _LOG.warning("directory %s does not answer: %s", server, type(error).__name__)
                continue
            self._resting.answered()
            return found
        self._resting.failed()
        raise Unavailable("directory_down")

    def look(self) -> None:
        """As the port says: TLS with one of the servers."""
        for server in self._access.servers:
            try:
                with self._connected(server):
                    self._resting.answered()
                    return
            except (OSError, NotLdap) as error:
                _LOG.warning("directory %s does not answer: %s", server, type(error).__name__)
        raise Unavailable("directory_down")

    def _name_of(self, login: Login) -> str:
        """As the directory names him; empty for one that it cannot name."""
        if "=" in self._access.person:
            can = bool(login) and is_text(login)
            return self._access.person.replace("{login}", escaped(login)) if can else ""
        plain = _ACCOUNT_NAME.fullmatch(login)
        return self._access.person.replace("{login}", login) if plain else ""

    def _bind(self, server: str, name: str, password: str) -> bool:
        with self._connected(server) as talk:
            result = talk.ask(2, bind_request(2, name, password))
        if result == SUCCESS:
            return True
        if result in REFUSALS:
            return False
        raise NotLdap(f"result {result}")

    @contextmanager
    def _connected(self, server: str) -> Iterator["_Talk"]:
        """A connection under TLS. Raises OSError, NotLdap."""
        place, until = urlsplit(server), time.monotonic() + self._patience_s
        host, port = place.hostname or "", place.port or _PORTS[place.scheme]
        with closing(socket.create_connection((host, port), timeout=self._patience_s)) as plain:
            if place.scheme == "ldap+starttls" and _Talk(plain, until).ask(1, start_tls_request(1)):
                raise NotLdap("no TLS")
            with self._tls.wrap_socket(plain, server_hostname=host) as secured:
                yield _Talk(secured, until)


class _Talk:
    """One question after the other over one connection, until it is too late."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self._line = line
        self._until = until

    def ask(self, number: int, message: bytes) -> int:
        """The result. Raises OSError, NotLdap."""
        self._line.sendall(message)
        answer, needed = b"", None
        while needed is None or len(answer) < needed:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._line.settimeout(left)
            piece = self._line.recv(4096)
            if not piece:
                raise NotLdap("hung up")
            answer += piece
            needed = length_of(answer)
            if needed is not None and needed > _MOST_BYTES:
                raise NotLdap("too long")
        return result_of(answer, number)
