"""The small approval API (M05): what may be done with a record now, and doing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from records.errors import Conflict, Invalid, NotFound, Refused
from records.fields import read_fields
from records.flow.acting import act, gives_no_reading, offers, why_not, with_content, with_taken
from records.flow.capacity import OWN_VERBS, why_not_his
from records.flow.choosing import Candidate, Choice, choices_of, own_choices, sorted_out
from records.flow.decision import ActionInput, Decision, Offer, Situation
from records.flow.declarations import ActionDeclaration
from records.flow.verbs import Verb
from records.identity import Login, RecordId
from records.people.roles import Power
from records.revision import FileVersion, Revision
from records.schema.kind import Kind
from services.flow.action_request import ActionRequest, Chosen, attempt_of
from services.flow.adding import brought, refuse_beyond_adding
from services.flow.change import Attempt, NewFile, RevisionWriter, expect
from services.flow.independent_acts import IndependentActs
from services.flow.making import RecordFileMaker
from services.flow.reserving import Reserver
from services.flow.surroundings import Default, Surroundings
from services.people.caller import Caller

OWN_TASK = OWN_VERBS | {Verb.KEEP, Verb.ADD_BESIDE}
"""Verbs of one's own task: what independent colleagues do meanwhile does not make them stale."""


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
        files: RecordFileMaker,
        openers: Callable[[RecordId], frozenset[Login]],
        defaults: Default,
    ) -> None:
        """`openers` tells who has opened a record, `defaults` what is meant by an empty field."""
        self._changes = changes
        self._reserver = reserver
        self._files = files
        self._surroundings = Surroundings(changes, openers=openers, defaults=defaults)
        self._beside = IndependentActs(changes)

    def offers(self, caller: Caller, kind: Kind, revision: Revision) -> tuple[Offered, ...]:
        """What leads on from the present state, and for each why the caller may not, if so.

        `revision` is the newest, of a record that he was let see (`RecordOpener.open`).
        """
        office = self._surroundings.office(caller, kind, revision)
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
        kind, before = self._opened(caller, record, name, request)
        if kind.action(name).task not in OWN_TASK:
            return self._act(caller, kind, before, name, request)

        def once() -> Revision:
            kind, before = self._changes.open(caller, record)
            return self._act(caller, kind, before, name, request)

        return self._beside.repeat(record, once)

    def rehearse(self, caller: Caller, kind: Kind, revision: Revision, name: str) -> None:
        """Whether the action could be taken on a record that need not be kept yet; writes nothing.

        Raises what `act` would raise of it, Conflict (``taken``) too.
        """
        office = self._surroundings.office(caller, kind, revision, taking=name)
        decision = act(office, revision, caller.reader, name, ActionInput())
        wanted = (*decision.wants_free, *decision.takes)
        self._reserver.refuse_taken(wanted, record=revision.record)

    def _opened(
        self, caller: Caller, record: RecordId, name: str, request: ActionRequest
    ) -> tuple[Kind, Revision]:
        try:
            return self._changes.open(caller, record)
        except NotFound as error:
            stranded = self._stranded(caller, record, name, request)
            if stranded is not None:
                return stranded
            over = caller.organisation.lapsed(caller.person.login, caller.today)
            if over is None:
                raise
            who = caller.organisation.name_of(over.of)
            raise Refused("delegation_over", who=who, last=over.last_on.isoformat()) from error

    def _stranded(
        self, caller: Caller, record: RecordId, name: str, request: ActionRequest
    ) -> tuple[Kind, Revision] | None:
        """A record that waits for nobody in office: an administrator sends it on, unread.

        One that he has sent on by this very request is told so once more.
        """
        if not caller.may(Power.HAND_OVER):
            return None
        kind, revision = self._changes.open_unread(record)
        action = kind.actions.get(name)
        if action is None or revision.deleted or not gives_no_reading(action):
            return None
        office = self._surroundings.office(caller, kind, revision)
        s = Situation(office, revision, caller.reader, name)
        if why_not(s) is None:
            return kind, revision
        done = self._changes.repeated(caller, revision, attempt_of(name, request))
        return None if done is None else (kind, revision)

    def _act(
        self, caller: Caller, kind: Kind, before: Revision, name: str, request: ActionRequest
    ) -> Revision:
        action = kind.action(name)
        attempt = attempt_of(name, request)
        repeated = self._changes.repeated(caller, before, attempt)
        if repeated is not None:
            return repeated
        if action.task in OWN_TASK:
            self._beside.refuse_stale(kind, before, request.revision)
            if any(effect.create for effect in action.effects):
                self._beside.refuse_second(before, name, request.revision)
        else:
            expect(before, request.revision)
        _refuse_more(kind, before, caller, action, request)
        fields = read_fields(kind, request.fields, caller.organisation)
        office = self._surroundings.office(caller, kind, before, fields, taking=name)
        chosen, tasks, step = _sorted_out(
            Situation(office, before, caller.reader, name), request.chosen
        )
        given = ActionInput(
            opinion=request.opinion,
            chosen=chosen,
            fields=fields,
            task=request.task,
            tasks=tasks,
            step=step,
            straight=request.straight,
            signer=request.signer,
            signed_on=request.signed_on,
            files=_with_brought(kind, before, caller, request.files),
        )
        as_given = with_content(before, given)
        if refusal := why_not(Situation(office, as_given, caller.reader, name, given)):
            raise refusal
        with (
            self._files.made(caller, office, before, action) as (standing, made),
            self._files.drawn(request.handwriting) as (handwriting, picture),
        ):
            brought = _with_brought(kind, standing, caller, request.files)
            given = replace(given, files=brought, handwriting=handwriting)
            decision = act(office, standing, caller.reader, name, given)
            files = (*made, *request.files, *picture)
            return self._write(caller, kind, before, decision, attempt=attempt, files=files)

    def _write(
        self,
        caller: Caller,
        kind: Kind,
        before: Revision,
        decision: Decision,
        *,
        attempt: Attempt,
        files: Sequence[NewFile],
    ) -> Revision:
        """Take what the decision needs, commit, and give it back where the commit fails."""
        self._reserver.refuse_taken(decision.wants_free, record=before.record)
        if not decision.takes:
            return self._changes.write(caller, before, decision.after, attempt, files)
        write_id = self._changes.write_id(caller, attempt)
        taken = self._reserver.take(decision.takes, record=before.record, write_id=write_id)
        after = with_taken(
            kind, before, decision, attempt.action, fields=taken.fields, names=taken.names
        )
        try:
            return self._changes.write(caller, before, after, attempt, files, write_id=write_id)
        except (Conflict, Refused, Invalid):
            self._reserver.give_back(taken.names, record=before.record, reason="not_committed")
            raise


def _refuse_more(
    kind: Kind,
    before: Revision,
    caller: Caller,
    action: ActionDeclaration,
    request: ActionRequest,
) -> None:
    """Whether fields and files that came along are the action's, or his to change anyhow.

    Raises Refused (``may_not_edit``, ``only_adds``, ``not_his_file``).
    """
    beyond = set(request.fields) - set(action.fields)
    if (not beyond and not request.files) or caller.may_edit(kind, before):
        return
    parts = caller.may_add(kind, before) | set(action.files)
    if beyond or not parts:
        raise Refused("may_not_edit", record=before.record)
    replaced = frozenset(part for part, wanted in action.files.items() if wanted.replaces)
    refuse_beyond_adding(
        kind,
        before,
        caller,
        files=request.files,
        removed=(),
        parts=parts,
        replaced=replaced,
    )


def _with_brought(
    kind: Kind, before: Revision, caller: Caller, files: Sequence[NewFile]
) -> tuple[FileVersion, ...] | None:
    if not files:
        return None
    return brought(kind, before, caller, files, kept=[held.name for held in before.files])


def _sorted_out(
    s: Situation, chosen: Chosen
) -> tuple[dict[str, tuple[str, ...]], tuple[int, ...], str | None]:
    """As `sorted_out`; whoever may not act is told that, and not who could be chosen."""
    try:
        return sorted_out(s, chosen)
    except Invalid:
        if (refusal := why_not_his(s)) is not None:
            raise refusal from None
        raise


def _offered(offer: Offer, s: Situation) -> Offered:
    """With its choices, for who may act: they name those who hold tasks."""
    if offer.why_not is not None:
        return Offered(offer, ())
    return Offered(offer, choices_of(s), own_choices(s))
