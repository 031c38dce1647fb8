"""Which servers answer, and as which version."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from indexers.tika.asking import Asking
from indexers.tika.faults import ServerFault

_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class ServerHealth:
    """What one look at one server gave."""

    address: str
    version: str | None
    """None when it does not answer as a Tika server."""
    reason: str | None = None
    """Why files are not sent there: ``no_answer``, ``not_ready``, ``no_tika``,
    ``other_version``."""

    @property
    def well(self) -> bool:
        """Whether files are sent there."""
        return self.reason is None


def look(asking: Asking, addresses: Sequence[str], *, wanted: str) -> tuple[ServerHealth, ...]:
    """One look at each, all at once; takes as long as the slowest, at most the time for a look."""

    def one(address: str) -> ServerHealth:
        try:
            version = asking.version(address)
        except ServerFault as fault:
            return ServerHealth(address, None, fault.reason)
        return ServerHealth(address, version, None if version == wanted else "other_version")

    with ThreadPoolExecutor(min(_AT_ONCE, len(addresses)), thread_name_prefix="look") as threads:
        return tuple(threads.map(one, addresses))
