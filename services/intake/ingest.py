"""Begins records: from a form, from uploaded files (WJ-02, YP-01, TZ-01)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from records.consequences.taking import refuse_typed_numbers
from records.errors import Conflict, NotFound, Refused
from records.fields import missing_fields, read_fields
from records.file_names import clean_name, stem_of
from records.flow.decision import Office
from records.flow.task_list import Holder, opened
from records.identity import CLOCK, KindName, PostName, RecordId, Sha256, Token, UnitCode
from records.ports.claims import Claims
from records.ports.identities import Identities
from records.ports.record_log import RecordLog
from records.revision import FieldValue, Grant, Origin, Revision
from records.rights.access import person_token, role_token
from records.rights.ownership import refuse_beyond_owner
from records.rights.shelving import refuse_unkept
from records.schema.kind import Kind, Kinds
from services.flow.change import Attempt, Bringing, NewFile, RevisionWriter, with_files
from services.flow.granting import read_level
from services.intake.starting import may_begin_here, places_to_begin
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class Draft:
    """What a record is to begin with. Field values are as given, unread."""

    kind: str
    fields: Mapping[str, object] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    level: str | None = None
    files: Sequence[NewFile] = ()
    origin: Origin | None = None
    unit: UnitCode | None = None
    """For which of his units the caller begins it; None is the first for which he may."""


class RecordIntake:
    """Begins records."""

    def __init__(
        self,
        *,
        log: RecordLog,
        claims: Claims,
        kinds: Kinds,
        changes: RevisionWriter,
        identities: Identities,
    ) -> None:
        self._log = log
        self._claims = claims
        self._kinds = kinds
        self._changes = changes
        self._identities = identities

    def begin(
        self, caller: Caller, draft: Draft, *, idempotency_key: str | None = None
    ) -> Revision:
        """Revision 1 of a new record, durable on return.

        A repeated key gets the record that the first call made. Raises Invalid for kind, fields,
        numbers typed by hand, level, parts; ``incomplete`` for kinds without a flow whose required
        fields or parts are empty; Refused (``may_not_begin``, ``above_clearance``); Conflict
        (``key_reused``).
        """
        attempt = Attempt("create", idempotency_key, inputs=_inputs(draft))
        record = self._record_id(caller, idempotency_key)
        if idempotency_key is not None:
            earlier = self._earlier(caller, record, attempt)
            if earlier is not None:
                return earlier
        revision = self.prepare(caller, draft, record, attempt)
        return self._changes.commit(revision, draft.files)

    def made_by(self, caller: Caller, key: str | None) -> RecordId | None:
        """The record that an earlier call with this key made; None where there was none."""
        taken = self._claims.read(_once(caller, key)) if key else None
        return RecordId(taken.decode()) if taken else None

    def same_content(self, caller: Caller, revision: Revision) -> RecordId | None:
        """Another record of this person and kind that holds the same first file, if any.

        The first to ask for some bytes is remembered as their holder.
        """
        if not revision.files:
            return None
        name = content_claim(revision.owner, revision.kind, revision.files[0].sha256)
        standing = self._claims.take(name, revision.record.encode())
        if standing is None or standing.decode() == revision.record:
            return None
        holder = RecordId(standing.decode())
        try:
            self._changes.open(caller, holder)
        except NotFound:
            return None
        return holder

    def prepare(self, caller: Caller, draft: Draft, record: RecordId, attempt: Attempt) -> Revision:
        """Revision 1 as it would be written, everything checked."""
        kind = self._kinds.get(draft.kind)
        caller = _in_place(kind, caller, draft.unit)
        step = kind.states[kind.start.state].label if kind.start.state else None
        brought = Bringing(caller.person.login, 1, step)
        files = with_files(kind, (), draft.files, brought=brought)
        values = _with_defaults(kind, read_fields(kind, draft.fields, caller.organisation))
        if files and not values.get(kind.meaning.title):
            values[kind.meaning.title] = stem_of(clean_name(draft.files[0].name))[:200]
        self._changes.refuse_unused_words(kind, {}, values)
        _refuse_incomplete(kind, values, {file.part for file in files})
        revision = Revision(
            record=record,
            number=1,
            kind=KindName(kind.kind),
            kind_version=kind.version,
            previous=None,
            created_at=caller.now,
            owner=caller.person.login,
            unit=caller.organisation.successor(caller.person.unit),
            level=read_level(draft.level, caller),
            fields=values,
            files=files,
            grants=draft.grants,
            origin=draft.origin,
            event=self._changes.event(
                caller,
                attempt,
                None,
                kind.start.state,
                unit=caller.organisation.successor(caller.person.unit),
            ),
        )
        refuse_beyond_owner(None, revision, caller.organisation)
        refuse_unkept(kind, None, revision, by=caller.reader, organisation=caller.organisation)
        refuse_typed_numbers(kind, None, revision)
        return _started(kind, revision, caller) if kind.has_flow else revision

    def _record_id(self, caller: Caller, key: str | None) -> RecordId:
        """A fresh identifier; with a key the one that the key has taken before."""
        fresh = self._identities.record_id()
        if key is None:
            return fresh
        taken = self._claims.take(_once(caller, key), fresh.encode())
        return RecordId(taken.decode()) if taken else fresh

    def _earlier(self, caller: Caller, record: RecordId, attempt: Attempt) -> Revision | None:
        try:
            first = self._log.revision(record, 1)
        except NotFound:
            return None
        if self._changes.repeated(caller, first, attempt) is None:
            raise Conflict("key_reused", record=record)
        return first


def _once(caller: Caller, key: str) -> str:
    return f"once/{caller.person.login}/{hashlib.sha256(key.encode()).hexdigest()}"


def _inputs(draft: Draft) -> dict[str, object]:
    return {
        "kind": draft.kind,
        "fields": dict(draft.fields),
        "level": draft.level,
        **({"unit": draft.unit} if draft.unit else {}),
        "grants": [grant.model_dump(mode="json") for grant in draft.grants],
        "files": [(file.part, file.name, file.staged.sha256) for file in draft.files],
    }


def _in_place(kind: Kind, caller: Caller, unit: UnitCode | None) -> Caller:
    """The caller as he begins it. Raises Refused (``may_not_begin``), Invalid (``not_your_place``).

    Who may begin it for no unit of his, or not for that one, may not.
    """
    if unit is None:
        places = places_to_begin(kind, caller)
        return caller.at(places[0]) if places else _refuse_start(kind)
    there = caller.at(unit)
    return there if may_begin_here(kind, there) else _refuse_start(kind)


def _refuse_start(kind: Kind) -> NoReturn:
    raise Refused("may_not_begin", kind=kind.title)


def _with_defaults(kind: Kind, values: dict[str, FieldValue]) -> dict[str, FieldValue]:
    defaults = {
        name: field.default for name, field in kind.fields.items() if field.default is not None
    }
    return {**defaults, **values}


def _refuse_incomplete(kind: Kind, values: Mapping[str, FieldValue], held: set[str]) -> None:
    """A record without a flow is complete from the start; a draft needs its title only."""
    if kind.has_flow:
        title = kind.fields[kind.meaning.title]
        missing: tuple[str, ...] = () if values.get(kind.meaning.title) else (title.label,)
    else:
        missing = missing_fields(kind, values)
        missing += tuple(
            part.label for name, part in kind.parts.items() if part.required and name not in held
        )
    if missing:
        raise Refused("incomplete", missing=missing)


def _started(kind: Kind, revision: Revision, caller: Caller) -> Revision:
    """The record in its first state, the first task held by its author, or whom the kind names."""
    received = kind.start.received if caller.person.login == CLOCK else None
    state = received or kind.start.state or ""
    holder = _first_holder(kind, caller)
    office = Office(kind, caller.organisation, caller.now, caller.work_days)
    holders = () if kind.states[state].done else [Holder(holder)]
    tasks = opened(office, revision, holders, state=state, tasks=(), by=revision.owner)
    return revision.model_copy(
        update={
            "state": state,
            "entered": 1,
            "entered_at": caller.now,
            "tasks": tasks,
            "participants": frozenset({holder}),
        }
    )


def _first_holder(kind: Kind, caller: Caller) -> Token:
    """The author; where the kind names a role or a post that he has not, who holds that.

    Raises Refused (``vacant_post``).
    """
    own = person_token(caller.person.login)
    organisation, unit = caller.organisation, caller.person.unit
    named = [holder.partition(":") for holder in kind.start.holder]
    if not named:
        return own
    for scheme, _, name in named:
        if scheme == "role":
            return role_token(name)
        if PostName(name) in caller.person.posts or caller.person.login == CLOCK:
            return own
        token = organisation.post_in_organ(unit, PostName(name))
        if token is not None:
            return token
    posts = "、".join(name for _, _, name in named)
    raise Refused("vacant_post", post=posts, unit=unit, unit_name=organisation.unit_name(unit))


def content_claim(owner: str, kind: str, sha256: Sha256) -> str:
    """The name of the claim that says which record of this person holds these bytes."""
    return f"content/{owner}/{kind}/{sha256[:2]}/{sha256}"
