"""The limits under which a worker process runs."""

import json
from dataclasses import asdict, dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one worker.

    The figures were chosen from a measurement on 1,157 test files of Apache Tika and 44 hostile
    ones; tests/hostile makes files of the same kinds again, and each must end as a status.

    `data_bytes` is RLIMIT_DATA: the native Tika reserves 32 GB of addresses, so a limit on
    addresses would stop it from starting at all.
    """

    data_bytes: int = 1024 * _MIB
    resident_bytes: int = 1229 * _MIB
    """Above it the parent kills: memory that RLIMIT_DATA does not count."""
    recycle_resident_bytes: int = 400 * _MIB
    """A worker that has grown so far is replaced after its answer."""
    recycle_answers: int = 2000
    cpu_s: int = 120
    """For one request, not for the life of the worker."""
    file_bytes: int = 256 * _MIB
    open_files: int = 256
    answer_bytes: int = 64 * _MIB
    """Five million characters in up to four bytes each, and the account of 20,000 parts."""
    start_s: float = 60.0
    idle_s: float = 60.0

    def to_json(self) -> str:
        """As one command line argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Limits":
        """The limits that `to_json` wrote."""
        return cls(**json.loads(text))
