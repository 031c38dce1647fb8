"""Effects run after the commit: each may run again and does its work once."""

from collections.abc import Iterable

from records.effects import AskAgain, CreateChild, Deliver, Effect, FinishParent, Notify
from records.identity import RecordId
from records.kind import Kind
from records.office_time import office_day
from records.organisation import Organisation
from records.revision import Revision
from services.after_commit.children import Children
from services.after_commit.dead_letters import DeadLetters
from services.after_commit.deliveries import Deliveries
from services.notifications.stream import Matter
from services.notifications.telling import Teller, people_and_deputies


class EffectRunner:
    """Does the work of each verb."""

    def __init__(
        self, deliveries: Deliveries, letters: DeadLetters, children: Children, teller: Teller
    ) -> None:
        self._deliveries = deliveries
        self._letters = letters
        self._children = children
        self._teller = teller

    def run(
        self, place: int, kind: Kind, revision: Revision, organisation: Organisation
    ) -> Iterable[RecordId]:
        """Run the effect at this place, however often; the records whose effects may go on now.

        A place that the revision does not have is nothing to do.
        """
        for effect in revision.effects[place - 1 : place]:
            return self._run(effect, place, kind, revision, organisation)
        return ()

    def _run(
        self,
        effect: Effect,
        place: int,
        kind: Kind,
        revision: Revision,
        organisation: Organisation,
    ) -> Iterable[RecordId]:
        match effect:
            case Deliver():
                self._deliveries.deliver(kind, revision, organisation)
            case AskAgain():
                return self._letters.ask_again(revision)
            case Notify():
                event, occasion = revision.event, f"effect-{revision.number}-{place}"
                matter = Matter(effect.about, revision.record, event.actor, event.at, occasion)
                told = people_and_deputies(
                    organisation, effect.to, kind=kind.kind, today=office_day(event.at)
                )
                self._teller.tell(told, matter)
            case CreateChild():
                return (self._children.begin(revision, effect),)
            case FinishParent():
                self._children.finish(revision, outcome=effect.outcome)
        return ()
