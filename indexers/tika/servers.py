"""The servers by their addresses: who is well, who has room, who rests after a failure."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from indexers.tika.options import TikaOptions
from records.errors import Unavailable


@dataclass(slots=True, eq=False)
class Server:
    """One address, and how it has been. Changed by `Servers` alone, under its lock."""

    address: str
    files: int = 0
    """Being read there for us."""
    reserved: bool = False
    """Only for one file that may be its death: nobody else's reading shall end with it."""
    failures: int = 0
    """In a row."""
    rests_until: float = 0.0
    last_used: int = 0


class Servers:
    """Lends servers to any number of threads."""

    def __init__(self, addresses: Sequence[str], options: TikaOptions) -> None:
        self._servers = [Server(address) for address in addresses]
        self._options = options
        self._changed = threading.Condition()
        self._uses = 0
        self._dark_since: float | None = None
        self._closed = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """As they were given."""
        return tuple(server.address for server in self._servers)

    @contextmanager
    def lend(self, *, alone: bool) -> Iterator[Server | None]:
        """A server with room, or None when none has answered for longer than the patience.

        Waits for room, and for servers that are starting. `alone` means that nothing else of this
        process is read there at the same time. Raises Unavailable (``closed``).
        """
        server = self._take(alone=alone)
        try:
            yield server
        finally:
            if server is not None:
                with self._changed:
                    server.files -= 1
                    server.reserved = server.reserved and not alone
                    self._changed.notify_all()

    def well(self, server: Server) -> None:
        """It read a file."""
        with self._changed:
            server.failures, server.rests_until = 0, 0.0
            self._dark_since = None
            self._changed.notify_all()

    def failed(self, server: Server, *, answered: bool) -> None:
        """It rests, twice as long after each failure; `answered` when it was well just before."""
        with self._changed:
            if answered:
                server.failures, self._dark_since = 0, None
            now = time.monotonic()
            waited_for = self._dark_since is not None and not self._is_dark(now)
            most = self._options.waiting_rest_s if waited_for else self._options.longest_rest_s
            rest = self._options.first_rest_s * 2 ** min(server.failures, 20)
            server.failures += 1
            server.rests_until = now + min(rest, most)
            if self._dark_since is None and all(each.failures for each in self._servers):
                self._dark_since = now
            self._changed.notify_all()

    def close(self) -> None:
        """Lend no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _take(self, *, alone: bool) -> Server | None:
        with self._changed:
            while True:
                if self._closed:
                    raise Unavailable("closed")
                now = time.monotonic()
                awake = [s for s in self._servers if s.rests_until <= now and not s.reserved]
                with_room = [s for s in awake if s.files < self._options.files_per_server]
                if with_room:
                    best = min(with_room, key=lambda s: (s.failures, s.files, s.last_used))
                    return self._occupy(best, alone=alone)
                if not awake and self._is_dark(now):
                    return None
                self._changed.wait(self._next_change_s(now))

    def _occupy(self, server: Server, *, alone: bool) -> Server:
        self._uses += 1
        server.last_used = self._uses
        if alone:
            server.reserved = True
            while server.files and not self._closed:
                self._changed.wait()
        server.files += 1
        return server

    def _is_dark(self, now: float) -> bool:
        since = self._dark_since
        return since is not None and now - since > self._options.patience_s

    def _next_change_s(self, now: float) -> float | None:
        """When to look again, if nobody tells anything before."""
        ends = [server.rests_until for server in self._servers]
        if self._dark_since is not None:
            ends.append(self._dark_since + self._options.patience_s)
        ends = [end for end in ends if end > now]
        return max(0.01, min(ends) - now) if ends else None
