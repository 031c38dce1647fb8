"""The small approval API (M05): what may be done with a record now, and doing it."""

from dataclasses import dataclass

from records.errors import Refused
from records.fields import read_fields
from records.identity import Login, RecordId
from records.kind import Kind
from records.reading import may_edit
from records.revision import Revision
from records.workflow import ActionInput, Offer, Office, act, offers
from services.flow.change import Attempt, RevisionWriter, expect
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What the actor gives along with an action; `revision` is the one he has before his eyes."""

    revision: int
    opinion: str = ""
    chosen: tuple[Login, ...] = ()
    fields: dict[str, object] | None = None
    idempotency_key: str | None = None


class ActionTaker:
    """Takes actions."""

    def __init__(self, changes: RevisionWriter) -> None:
        self._changes = changes

    def offers(self, caller: Caller, record: RecordId) -> tuple[Offer, ...]:
        """What leads on from the present state, and for each why the caller may not, if so.

        Raises NotFound (``unknown_record``).
        """
        kind, revision = self._changes.open(caller, record)
        return offers(_office(caller, kind), revision, caller.reader)

    def act(self, caller: Caller, record: RecordId, name: str, request: ActionRequest) -> Revision:
        """The record after the action, durable on return.

        A repeated key gets the answer of the first call. Raises NotFound; Conflict
        (``stale_revision``, ``key_reused``); Refused and Invalid as records.workflow.act.
        """
        kind, before = self._changes.open(caller, record)
        inputs = {
            "opinion": request.opinion,
            "chosen": request.chosen,
            "fields": request.fields,
            "revision": request.revision,
        }
        attempt = Attempt(
            name, request.idempotency_key, inputs=inputs, reason=request.opinion or None
        )
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        office = _office(caller, kind)
        kind.action(name)
        expect(before, request.revision)
        if request.fields and not may_edit(kind, before, caller.reader, caller.today):
            raise Refused("may_not_edit", record=record)
        given = ActionInput(
            opinion=request.opinion,
            chosen=request.chosen,
            fields=read_fields(kind, request.fields or {}, caller.organisation),
        )
        after = act(office, before, caller.reader, name, given)
        return self._changes.write(caller, before, after, attempt)


def _office(caller: Caller, kind: Kind) -> Office:
    return Office(kind=kind, organisation=caller.organisation, now=caller.now)
