"""Records that effects begin, tied to the record they came from: 分发, 交办, 转督办 (M10).

``children/{parent}/{number of the decision}.{n}`` names the child before it is begun, so that a
second run begins no second one; ``parents/{child}`` names the way back. Both ends know both, each
reader sees of the other what he may.
"""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Protocol

from records.access import person_token, unit_token
from records.effects import CreateChild
from records.errors import Conflict, NotFound, Refused
from records.identity import PostName, RecordId, Token, UnitCode
from records.kind import Kind, Kinds
from records.organisation import Organisation
from records.ports.claims import Claims
from records.ports.clock import Clock
from records.ports.file_shelf import FileShelf
from records.ports.identities import Identities
from records.ports.record_log import RecordLog
from records.revision import FileVersion, Revision
from services.flow.change import Attempt, NewFile, RevisionWriter
from services.intake.ingest import Draft, RecordIntake
from services.intake.staging import StagedFile
from services.people.organisation_book import OrganisationBook
from services.people.system_caller import system_caller


@dataclass(frozen=True, slots=True)
class Tie:
    """One end of a tie, seen from the other."""

    record: RecordId
    link: str
    unit: UnitCode | None
    task: int | None
    """The task of the parent that the child's end closes."""


class TaskFinisher(Protocol):
    """Closes a task of a record whose child has ended; what the engine offers for it."""

    def finish(self, parent: RecordId, task: int, *, outcome: str, child: RecordId) -> None:
        """Close it with this outcome (``done``, ``refused``); a closed one stays as it is."""
        ...


class Children:
    """Begins children and knows the ties."""

    def __init__(
        self,
        *,
        claims: Claims,
        log: RecordLog,
        shelf: FileShelf,
        kinds: Kinds,
        ingest: RecordIntake,
        changes: RevisionWriter,
        identities: Identities,
        book: OrganisationBook,
        clock: Clock,
        finisher: TaskFinisher | None,
    ) -> None:
        """`finisher` is None while no engine closes tasks from outside: then none waits."""
        self._claims = claims
        self._log = log
        self._shelf = shelf
        self._kinds = kinds
        self._ingest = ingest
        self._changes = changes
        self._identities = identities
        self._book = book
        self._clock = clock
        self._finisher = finisher

    def begin(self, parent: Revision, effect: CreateChild) -> RecordId:
        """The child of this effect, begun now unless it was. May run again.

        Raises Refused (``vacant_post``) while nobody holds the post that the child goes to.
        """
        child = self._named(parent, effect)
        if self._exists(child):
            return child
        tie = {"record": parent.record, "link": effect.link}
        tie |= {"unit": effect.unit, "task": effect.task}  # type: ignore[dict-item]
        self._claims.take(f"parents/{child}", json.dumps(tie).encode())
        with ExitStack() as stack:
            files = [
                NewFile(file.name, self._lent(parent.record, file, stack), part)
                for part, from_ in effect.files.items()
                for file in parent.files
                if file.part == from_
            ]
            try:
                self._changes.commit(self._prepared(parent, effect, child, files), files)
            except Conflict:
                return child  # somebody else was faster with the same one
        return child

    def of(self, parent: RecordId) -> tuple[Tie, ...]:
        """The children of a record, in order of the decisions that began them."""
        values = (self._claims.read(name) for name in self._claims.names(f"children/{parent}/"))
        return tuple(_tie(value) for value in values if value is not None)

    def parent_of(self, child: RecordId) -> Tie | None:
        """The record that a record came from, or None."""
        value = self._claims.read(f"parents/{child}")
        return None if value is None else _tie(value)

    def finish(self, child: Revision, *, outcome: str) -> None:
        """Close the task of the parent that waits for this record. May run again."""
        tie = self.parent_of(child.record)
        if tie is not None and tie.task is not None and self._finisher is not None:
            self._finisher.finish(tie.record, tie.task, outcome=outcome, child=child.record)

    def _named(self, parent: Revision, effect: CreateChild) -> RecordId:
        fresh = self._identities.record_id()
        name = f"children/{parent.record}/{parent.number:08d}.{effect.number:04d}"
        told = {"record": fresh, "link": effect.link, "unit": effect.unit, "task": effect.task}
        taken = self._claims.take(name, json.dumps(told).encode())
        return fresh if taken is None else _tie(taken).record

    def _exists(self, child: RecordId) -> bool:
        try:
            self._log.revision(child, 1)
        except NotFound:
            return False
        return True

    def _lent(self, parent: RecordId, file: FileVersion, stack: ExitStack) -> StagedFile:
        """A file of the parent as of its decision; the child has it as its own from then on."""
        path = stack.enter_context(self._shelf.local(parent, file.sha256))
        return StagedFile(path, file.sha256, file.size_bytes)

    def _prepared(
        self, parent: Revision, effect: CreateChild, child: RecordId, files: Sequence[NewFile]
    ) -> Revision:
        """Revision 1: begun by the system, of the level of its parent, held by whom it goes to."""
        caller = system_caller(self._book, self._clock)
        kind = self._kinds.get(effect.kind)
        fields = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in effect.fields.items()
        }
        draft = Draft(effect.kind, fields, files=files)
        made = self._ingest.prepare(caller, draft, child, Attempt("create"))
        unit = effect.unit or parent.unit
        made = made.model_copy(update={"level": parent.level, "unit": unit})
        tokens = effect.to or _holders(kind, effect, parent, caller.organisation)
        return _held_by(made, tokens) if tokens and kind.has_flow else made


def _holders(
    kind: Kind, effect: CreateChild, parent: Revision, organisation: Organisation
) -> tuple[Token, ...]:
    """Who holds a child: the post or role that its kind names, else the unit that it is for.

    One for no unit in particular is held by that post of the parent's organ, else by whoever
    decided on the parent.
    """
    scheme, _, name = (kind.start.holder or "").partition(":")
    if scheme == "role":
        return (Token(kind.start.holder or ""),)
    if scheme != "post":
        return (unit_token(effect.unit) if effect.unit else person_token(parent.event.actor),)
    unit = effect.unit or parent.unit
    look = organisation.post_of if effect.unit else organisation.post_in_organ
    token = look(unit, PostName(name))
    if token is None:
        told = organisation.unit_name(unit)
        raise Refused("vacant_post", post=name, unit=unit, unit_name=told)
    return (token,)


def _held_by(revision: Revision, tokens: tuple[Token, ...]) -> Revision:
    first = revision.tasks[0]
    tasks = tuple(
        first.model_copy(update={"number": number, "holder": token})
        for number, token in enumerate(tokens, start=1)
    )
    return revision.model_copy(update={"tasks": tasks, "participants": frozenset(tokens)})


def _tie(value: bytes) -> Tie:
    told = json.loads(value)
    unit = UnitCode(told["unit"]) if told["unit"] else None
    return Tie(RecordId(told["record"]), told["link"], unit, told["task"])
