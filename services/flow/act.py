"""The small approval API (M05): what may be done with a record now, and doing it."""

import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from records.errors import Conflict, Invalid, NotFound, Refused
from records.fields import read_fields
from records.flow.acting import TAKEN_BACK, act, offers, why_not, with_taken
from records.flow.choosing import Candidate, Choice, choices_of, own_choices, sorted_out
from records.flow.decision import ActionInput, Decision, Offer, Office, Situation
from records.flow.declarations import PREVIOUS, ActionDeclaration, Verb
from records.flow.guards import RELATED
from records.identity import Login, RecordId
from records.kind import TEND, Kind
from records.reading import may_edit
from records.revision import Revision
from services.flow.change import Attempt, RevisionWriter, expect
from services.flow.reserving import Reserver
from services.people.caller import Caller

Chosen = Sequence[str] | Mapping[str, Sequence[str]]

OWN_TASK = frozenset(
    {
        Verb.DONE,
        Verb.KEEP,
        Verb.HAND_ON,
        Verb.DELEGATE,
        Verb.ADD_BEFORE,
        Verb.ADD_BESIDE,
        Verb.ADD_AFTER,
        Verb.CLAIM,
        Verb.RELEASE,
        Verb.READ,
    }
)
"""Verbs of one's own task: what independent colleagues do meanwhile does not make them stale."""

TRIES = 64
"""How often such an action is tried again when others are faster: fifty who sign at once, from
several processes, and some to spare."""

_TURNS = 64
"""Locks among which records are spread, so that threads of one process do not race each other."""


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What the actor gives along with an action; `revision` is the one he has before his eyes."""

    revision: int
    opinion: str = ""
    chosen: Chosen = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    task: int | None = None
    straight: bool = False
    signer: Login | None = None
    signed_on: date | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with what it asks its actor to choose.

    `own` are his own tasks where several are open and he must say which one he answers.
    """

    offer: Offer
    choices: tuple[Choice, ...]
    own: tuple[Candidate, ...] = ()


class ActionTaker:
    """Takes actions."""

    def __init__(
        self,
        changes: RevisionWriter,
        *,
        reserver: Reserver,
        openers: Callable[[RecordId], frozenset[Login]],
    ) -> None:
        """`openers` tells who has opened a record."""
        self._changes = changes
        self._reserver = reserver
        self._openers = openers
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))

    def offers(self, caller: Caller, record: RecordId) -> tuple[Offered, ...]:
        """What leads on from the present state, and for each why the caller may not, if so.

        Raises NotFound (``unknown_record``).
        """
        kind, revision = self._changes.open(caller, record)
        office = self._office(caller, kind, revision)
        return tuple(
            _offered(offer, Situation(office, revision, caller.reader, offer.name))
            for offer in offers(office, revision, caller.reader)
        )

    def act(self, caller: Caller, record: RecordId, name: str, request: ActionRequest) -> Revision:
        """The record after the action, durable on return.

        A repeated key gets the answer of the first call. Raises NotFound; Conflict
        (``stale_revision``, ``key_reused``, ``which_task``); Refused and Invalid as
        records.flow.acting.act, and Refused (``delegation_over``) to a deputy who does not know yet
        that he is none any more, whatever record he names.
        """
        kind, before = self._opened(caller, record, name)
        if kind.action(name).task not in OWN_TASK:
            return self._act(caller, kind, before, name, request)
        with self._turns[zlib.crc32(record.encode()) % _TURNS]:
            for _ in range(TRIES):
                kind, before = self._changes.open(caller, record)
                try:
                    return self._act(caller, kind, before, name, request)
                except Conflict as error:
                    if not _lost(error):
                        raise
        raise Conflict("stale_revision", record=record, newest=before.number, by=None, given=None)

    def rehearse(self, caller: Caller, kind: Kind, revision: Revision, name: str) -> None:
        """Whether the action could be taken on a record that need not be kept yet; writes nothing.

        Raises what `act` would raise of it, Conflict (``taken``) too.
        """
        office = self._office(caller, kind, revision)
        decision = act(office, revision, caller.reader, name, ActionInput())
        wanted = (*decision.wants_free, *decision.takes)
        self._reserver.refuse_taken(wanted, record=revision.record)

    def _opened(self, caller: Caller, record: RecordId, name: str) -> tuple[Kind, Revision]:
        """The record for an action: as its reader opens it, or an administrator who tends it.

        What nobody in office holds any more he gives to somebody without reading it himself.
        """
        try:
            return self._changes.open(caller, record)
        except NotFound as error:
            if name == TEND and caller.has_role("administrator"):
                return self._changes.open_unread(record)
            over = caller.organisation.lapsed(caller.person.login, caller.today)
            if over is None:
                raise
            who = caller.organisation.name_of(over.of)
            raise Refused("delegation_over", who=who, last=over.last_on.isoformat()) from error

    def _act(
        self, caller: Caller, kind: Kind, before: Revision, name: str, request: ActionRequest
    ) -> Revision:
        action = kind.action(name)
        attempt = Attempt(
            name, request.idempotency_key, inputs=_inputs(request), reason=request.opinion or None
        )
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        self._refuse_stale(before, request, action)
        if set(request.fields) - set(action.fields) and not may_edit(
            kind, before, caller.reader, today=caller.today, organisation=caller.organisation
        ):
            raise Refused("may_not_edit", record=before.record)
        office = self._office(caller, kind, before)
        situation = Situation(office, before, caller.reader, name)
        refusal = why_not(situation)
        if refusal is not None and not request.fields:  # which may be what a guard waits for
            raise refusal
        chosen, tasks, step = sorted_out(situation, request.chosen)
        given = ActionInput(
            opinion=request.opinion,
            chosen=chosen,
            fields=read_fields(kind, request.fields, caller.organisation),
            task=request.task,
            tasks=tasks,
            step=step,
            straight=request.straight,
            signer=request.signer,
            signed_on=request.signed_on,
        )
        decision = act(office, before, caller.reader, name, given)
        return self._write(caller, kind, before, decision, attempt)

    def _write(
        self, caller: Caller, kind: Kind, before: Revision, decision: Decision, attempt: Attempt
    ) -> Revision:
        """Take what the decision needs, commit, and give it back where the commit fails."""
        self._reserver.refuse_taken(decision.wants_free, record=before.record)
        if not decision.takes:
            return self._changes.write(caller, before, decision.after, attempt)
        write_id = self._changes.write_id(caller, attempt)
        taken = self._reserver.take(decision.takes, record=before.record, write_id=write_id)
        after = with_taken(
            kind, before, decision, attempt.action, fields=taken.fields, names=taken.names
        )
        try:
            return self._changes.write(caller, before, after, attempt, write_id=write_id)
        except (Conflict, Refused, Invalid):
            self._reserver.give_back(taken.names, record=before.record, reason="not_committed")
            raise

    def _refuse_stale(
        self, before: Revision, request: ActionRequest, action: ActionDeclaration
    ) -> None:
        """Raises Conflict (``stale_revision``) when the actor saw another matter than this one.

        Of his own task he is up to date as long as state, contents and marks are those he saw.
        """
        if before.number == request.revision:
            return
        if action.task in OWN_TASK and request.revision < before.number:
            seen = self._changes.revision(before.record, request.revision)
            if seen is not None and _matter(seen) == _matter(before):
                return
        expect(before, request.revision)

    def _office(self, caller: Caller, kind: Kind, revision: Revision) -> Office:
        opened_by = self._openers(revision.record) if _asks_openers(kind, revision) else None
        return Office(
            kind=kind,
            organisation=caller.organisation,
            now=caller.now,
            work_days=caller.work_days,
            opened_by=opened_by,
            related=self._related(kind, revision),
        )

    def _related(self, kind: Kind, revision: Revision) -> dict[str, Revision]:
        """The records that guards of actions from here ask for, by the field that names each."""
        wanted = {
            str(guard.with_["field"])
            for action in kind.actions.values()
            if revision.state in action.from_
            for guard in action.guards
            if guard.name in RELATED
        }
        named = ((name, revision.fields.get(name)) for name in wanted)
        found = ((n, self._changes.newest(RecordId(str(each)))) for n, each in named if each)
        return {name: each for name, each in found if each is not None}


def _offered(offer: Offer, s: Situation) -> Offered:
    own = own_choices(s) if offer.why_not is None else ()
    return Offered(offer, choices_of(s), own)


def _lost(error: Conflict) -> bool:
    """Whether somebody else committed first: then it is decided anew on what stands now.

    A revision that the actor gave and that is out of date is another matter.
    """
    return error.reason == "stale_revision" and "given" not in error.facts


def _asks_openers(kind: Kind, revision: Revision) -> bool:
    """Whether an action from here depends on who has opened the record."""
    return any(
        action.task in TAKEN_BACK
        or (action.to == PREVIOUS and "sender" in action.by)
        or any(guard.name == "unopened" for guard in action.guards)
        for action in kind.actions.values()
        if revision.state in action.from_ or "any" in action.from_
    )


def _matter(revision: Revision) -> tuple[object, ...]:
    """What somebody decides on who answers a task of his own."""
    return (
        revision.state,
        revision.entered,
        revision.fields,
        revision.files,
        revision.marks,
        revision.suspended_on,
        revision.deleted,
    )


def _inputs(request: ActionRequest) -> dict[str, object]:
    chosen = request.chosen
    return {
        "opinion": request.opinion,
        "chosen": {k: list(v) for k, v in chosen.items()}
        if isinstance(chosen, Mapping)
        else list(chosen),
        "fields": dict(request.fields),
        "revision": request.revision,
        "task": request.task,
        "straight": request.straight,
        "signer": request.signer,
        "signed_on": str(request.signed_on or ""),
    }
