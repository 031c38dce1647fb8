"""Effects run after the commit: each may run again and does its work once."""

from collections.abc import Iterable

from records.consequences.effects import (
    About,
    AskAgain,
    CallChildren,
    CreateChild,
    Deliver,
    Effect,
    FinishParent,
    Notify,
    TellOrigin,
    TieTo,
)
from records.identity import RecordId
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.access import person_token
from records.schema.kind import Kind
from records.times.office_time import office_day
from services.after_commit.children import Children
from services.after_commit.dead_letters import DeadLetters
from services.after_commit.deliveries import Deliveries
from services.notifications.news import end_of
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

    def begin_children(
        self, revision: Revision, places: Iterable[int]
    ) -> tuple[frozenset[int], list[RecordId]]:
        """Run those of the effects that begin records, together: the places done, the records.

        One that cannot be done now is left out; `run` tells why.
        """
        named = ((place, revision.effects[place - 1 : place]) for place in places)
        creates = {
            place: found[0]
            for place, found in named
            if place > 0 and found and isinstance(found[0], CreateChild)
        }
        begun = self._children.begin_all(revision, list(creates.values()))
        done = frozenset(place for place, each in creates.items() if each.number in begun)
        return done, list(begun.values())

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
                event, occasion = revision.event, _occasion(effect.about, revision.number, place)
                matter = Matter(effect.about, revision.record, event.actor, event.at, occasion)
                told = people_and_deputies(
                    organisation, effect.to, kind=kind.kind, today=office_day(event.at)
                )
                self._teller.tell(told, matter)
            case CreateChild():
                return (self._children.begin(revision, effect),)
            case CallChildren():
                return self._children.call(revision, place, effect)
            case TieTo():
                self._children.tie(revision.record, effect.record, link=effect.link)
            case TellOrigin():
                self._tell_origin(effect, place, revision, organisation)
            case FinishParent():
                self._children.finish(revision, outcome=effect.outcome)
        return ()

    def _tell_origin(
        self, effect: TellOrigin, place: int, revision: Revision, organisation: Organisation
    ) -> None:
        origin = self._children.origin_of(revision.record)
        if origin is not None:
            event, occasion = revision.event, f"effect-{revision.number}-{place}-{revision.record}"
            matter = Matter(effect.about, origin.record, event.actor, event.at, occasion)
            self._teller.tell(organisation.recipients([person_token(origin.owner)]), matter)


def _occasion(about: About, number: int, place: int) -> str:
    return end_of(number) if about is About.FINISHED else f"effect-{number}-{place}"
