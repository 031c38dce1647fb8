"""Members of containers taken out without a server: in worker processes of our own."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from indexers.extraction.limits import OWN_SHARE, ReadingLimits, wall_limit_s
from records.errors import Invalid, Unavailable
from sandbox.limits import Limits
from sandbox.worker_pool import WorkerPool
from sandbox.worker_process import Ending

_WORKER = "indexers.extraction.worker"
_MOST_BYTES = ReadingLimits().member_bytes
_ANSWER_BYTES = _MOST_BYTES + (1 << 20)
_WHY = {
    Ending.CRASH: "crash",
    Ending.MEMORY: "memory",
    Ending.TIMEOUT: "timeout",
    Ending.FLOOD: "too_large",
}


class EmbeddedMemberReader:
    """See `services.finding.members.MemberReader`. The server unpacks nothing itself."""

    def __init__(
        self,
        *,
        workers: int = 1,
        may_take_s: Callable[[int], float] = wall_limit_s,
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """`may_take_s` gives the seconds that a file of so many bytes may take.

        `wanted` tells the thread that asks whether anybody waits for its member.
        """
        self._wanted = wanted
        self._may_take_s = may_take_s
        self._pool = WorkerPool(_WORKER, size=workers, limits=Limits(answer_bytes=_ANSWER_BYTES))

    def take(self, path: Path, *, name: str, member: str, into: BinaryIO) -> str:
        """As the port says."""
        wall_s = self._may_take_s(path.stat().st_size)
        asked = {"name": name, "seconds": wall_s * OWN_SHARE, "take": member}
        received = _Received(into)
        ending = self._pool.ask(
            json.dumps(asked).encode(),
            given=path,
            wall_s=wall_s,
            take=received.take,
            wanted=self._wanted,
        )
        if ending is Ending.UNWANTED:
            raise Unavailable("busy", wait_s=1)
        why = received.why or _WHY.get(ending)
        if why is None and (ending is not Ending.DONE or not received.is_whole):
            why = "crash"
        if why is not None:
            raise Invalid("member_unreadable", name=name, member=member, outcome=why)
        return received.sha256

    def close(self) -> None:
        """As the port says."""
        self._pool.close()


class _Received:
    """Takes what a worker sends, believing nothing: digest and size are counted here."""

    def __init__(self, into: BinaryIO) -> None:
        self._into = into
        self._digest = hashlib.sha256()
        self._told: dict[str, object] | None = None
        self._size_bytes = 0

    @property
    def why(self) -> str | None:
        """Why there is nothing."""
        why = self._told.get("why") if self._told else None
        return None if why is None else str(why)[:40]

    @property
    def is_whole(self) -> bool:
        """Whether all came that was told."""
        return self._told is not None and (
            (self._told.get("size_bytes"), self._told.get("sha256"))
            == (self._size_bytes, self.sha256)
        )

    @property
    def sha256(self) -> str:
        """Of what came."""
        return self._digest.hexdigest()

    def take(self, piece: bytes) -> None:
        """The JSON, then bytes."""
        if self._told is None:
            self._told = _object(piece)
            return
        self._digest.update(piece)
        self._size_bytes += len(piece)
        self._into.write(piece)


def _object(piece: bytes) -> dict[str, object]:
    try:
        return dict(json.loads(piece))
    except (ValueError, TypeError, RecursionError):
        return {"why": "crash"}
