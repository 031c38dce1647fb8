"""Effects of actions, run from the outbox: each may run again and does its work once."""

import json
from collections.abc import Callable, Mapping

from records.effects import ASK_AGAIN, DELIVER_TO_AUDIENCE
from records.identity import Login, RecordId
from records.kind import Kind
from records.organisation import Organisation
from records.ports.claims import Claims
from records.reading import audience_of
from records.revision import Revision
from services.after_commit.dead_letters import DeadLetters

Runner = Callable[[Kind, Revision, Organisation], None]


class Deliveries:
    """To whom a record was delivered, and who has opened it (M12): 未读 and 已读."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims

    def deliver(self, kind: Kind, revision: Revision, organisation: Organisation) -> None:
        """Keep the recipients as of this revision; a second run changes nothing."""
        logins = organisation.recipients(audience_of(kind, revision))
        name = f"deliveries/{revision.record}/{revision.number:08d}"
        self._claims.take(name, json.dumps(logins).encode())

    def recipients(self, record: RecordId) -> tuple[Login, ...]:
        """Everyone the record was delivered to, by the latest delivery."""
        names = list(self._claims.names(f"deliveries/{record}/"))
        value = self._claims.read(names[-1]) if names else None
        return tuple(json.loads(value)) if value else ()

    def opened(self, record: RecordId, login: Login, at: str) -> None:
        """The person has opened the record; only the first time counts."""
        self._claims.take(f"opened/{record}/{login}", at.encode())

    def has_opened(self, record: RecordId, login: Login) -> bool:
        """Whether the person has opened the record."""
        return self._claims.read(f"opened/{record}/{login}") is not None

    def opened_by(self, record: RecordId) -> frozenset[Login]:
        """Who has opened the record."""
        prefix = f"opened/{record}/"
        return frozenset(Login(n.removeprefix(prefix)) for n in self._claims.names(prefix))

    def openings(self, record: RecordId) -> Mapping[Login, str]:
        """Who has opened the record, and when first (ISO 8601)."""
        prefix = f"opened/{record}/"
        found: dict[Login, str] = {}
        for name in self._claims.names(prefix):
            value = self._claims.read(name)
            found[Login(name.removeprefix(prefix))] = value.decode() if value else ""
        return found


class EffectRunner:
    """Runs the effects that a revision names."""

    def __init__(self, deliveries: Deliveries, letters: DeadLetters) -> None:
        self._runners: Mapping[str, Runner] = {
            DELIVER_TO_AUDIENCE: deliveries.deliver,
            ASK_AGAIN: letters.ask_again,
        }

    def run(self, kind: Kind, revision: Revision, organisation: Organisation) -> None:
        """Run each effect of the revision; safe to repeat after a crash at any point."""
        for effect in revision.effects:
            self._runners[effect](kind, revision, organisation)
