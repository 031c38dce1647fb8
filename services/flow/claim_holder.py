"""Who has a claim: the value beside its name."""

import json
from dataclasses import dataclass
from datetime import datetime

from records.identity import RecordId


@dataclass(frozen=True, slots=True)
class ClaimHolder:
    """The value beside a claim."""

    record: RecordId
    write_id: str
    at: datetime

    def encoded(self) -> bytes:
        """As it is stored."""
        told = {"record": self.record, "write_id": self.write_id, "at": self.at.isoformat()}
        return json.dumps(told).encode()

    def is_same(self, other: "ClaimHolder") -> bool:
        """Whether both are of one attempt."""
        return (self.record, self.write_id) == (other.record, other.write_id)


def holder_of(value: bytes) -> ClaimHolder:
    """The value of a claim, read."""
    told = json.loads(value)
    at = datetime.fromisoformat(told["at"])
    return ClaimHolder(RecordId(told["record"]), str(told["write_id"]), at)
