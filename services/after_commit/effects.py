"""Effects run after the commit: each may run again and does its work once."""

from collections.abc import Iterable

from pydantic import TypeAdapter

from records.effects import AskAgain, CreateChild, Deliver, Effect, Effects, FinishParent, Notify
from records.identity import RecordId
from records.kind import Kind
from records.organisation import Organisation
from records.revision import Revision
from services.after_commit.dead_letters import DeadLetters
from services.after_commit.deliveries import Deliveries

_EFFECTS: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(Effects)


def effects_of(revision: Revision) -> tuple[Effect, ...]:
    """The effects of a revision, those of schema 1 in their present form."""
    return _EFFECTS.validate_python(revision.effects)


class EffectRunner:
    """Does the work of each verb."""

    def __init__(self, deliveries: Deliveries, letters: DeadLetters) -> None:
        self._deliveries = deliveries
        self._letters = letters

    def run(
        self, effect: Effect, kind: Kind, revision: Revision, organisation: Organisation
    ) -> Iterable[RecordId]:
        """Do it, however often; the records whose effects may go on now."""
        match effect:
            case Deliver():
                self._deliveries.deliver(kind, revision, organisation)
            case AskAgain():
                return self._letters.ask_again(revision)
            case Notify() | CreateChild() | FinishParent():
                raise NotImplementedError(effect.verb)
        return ()
