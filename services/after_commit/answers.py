"""What recipients answered (反馈, 回执): names in the store, each answer beside those before it.

``answers/{record}/{recipient}/{number}`` is the answer, taken by whoever was first;
``answered/{record}/{number}~{timely or late}~{choice}~{recipient}`` says what is counted, so that
all counts of a record are the listing of one folder, however many answered. It is written after the
answer and, killed in between, when that recipient is looked at again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from records.frozen import Frozen
from records.identity import Login, Recipient, RecordId
from records.ports.claims import Claims
from records.revision import FieldValue, FileVersion


class Answer(Frozen):
    """One answer as it was given; never changed, a later one takes its place."""

    number: int
    by: Login
    at: datetime
    late: bool = False
    choice: str = ""
    fields: Mapping[str, FieldValue]
    files: tuple[FileVersion, ...] = ()
    key: str | None = None
    """Of a repeated call, which gets what the first one made."""

    def repeats(self, login: Login, key: str | None) -> bool:
        """Whether this person gave it by a call with this key."""
        return key is not None and (self.by, self.key) == (login, key)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is counted of a recipient's last answer."""

    number: int
    late: bool
    choice: str


class AnswerBook:
    """Keeps answers."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def latest(self, record: RecordId, recipient: Recipient) -> Answer | None:
        """The recipient's last answer, or None."""
        names = list(self._claims.names(_answers(record, recipient)))
        value = self._claims.read(names[-1]) if names else None
        if value is None:
            return None
        answer = Answer.model_validate_json(value)
        self._count(record, recipient, answer)
        return answer

    def give(self, record: RecordId, recipient: Recipient, answer: Answer) -> Answer:
        """Keep the answer as that of its number; the standing one when another was faster."""
        name = f"{_answers(record, recipient)}{answer.number:04d}"
        standing = self._claims.take(name, answer.model_dump_json().encode())
        kept = answer if standing is None else Answer.model_validate_json(standing)
        self._count(record, recipient, kept)
        return kept

    def standings(self, record: RecordId) -> Mapping[Recipient, Standing]:
        """Of everybody who has answered, what is counted: one listing."""
        prefix = f"answered/{record}/"
        found: dict[Recipient, Standing] = {}
        for name in self._claims.names(prefix):
            number, when, choice, recipient = name.removeprefix(prefix).split("~", 3)
            # In the order of numbers: the last answer of a recipient is what counts.
            found[Recipient(recipient)] = Standing(int(number), when == "late", choice)
        return found

    def read(self, record: RecordId, recipient: Recipient, number: int) -> Answer | None:
        """The answer of that number, or None."""
        value = self._claims.read(f"{_answers(record, recipient)}{number:04d}")
        return None if value is None else Answer.model_validate_json(value)

    def _count(self, record: RecordId, recipient: Recipient, answer: Answer) -> None:
        when = "late" if answer.late else "timely"
        counted = f"{answer.number:04d}~{when}~{answer.choice}"
        name = f"answered/{record}/{counted}~{recipient}"
        if self._claims.read(name) is None:
            self._claims.take(name, b"")


def _answers(record: RecordId, recipient: Recipient) -> str:
    return f"answers/{record}/{recipient}/"
