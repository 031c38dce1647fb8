"""Records that effects begin, tied to the record they came from: 分发, 交办, 转督办 (M10).

``children/{parent}/{number of the decision}.{n}`` names the child before it is begun, so that a
second run begins no second one; ``parents/{child}`` names the way back. Both ends know both, each
reader sees of the other what he may.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from records.consequences.effects import CallChildren, CreateChild
from records.errors import Invalid, NotFound, Refused
from records.identity import RecordId, UnitCode
from records.ports.claims import Claims
from records.ports.identities import Identities
from records.ports.record_log import Commit, RecordLog
from records.revision import Revision
from services.after_commit.child_drafts import ChildDrafter
from services.flow.change import RevisionWriter


@dataclass(frozen=True, slots=True)
class Tie:
    """One end of a tie, seen from the other."""

    record: RecordId
    link: str
    unit: UnitCode | None
    task: int | None
    """The task of the parent that the child's end closes."""


@dataclass(frozen=True, slots=True)
class ChildCall:
    """Which actions are called for, under what name of the call, and why."""

    actions: tuple[str, ...]
    name: str
    reason: str | None


class TaskFinisher(Protocol):
    """Closes a task of a record whose child has ended; what the engine offers for it."""

    def finish(self, parent: RecordId, task: int, *, outcome: str, child: RecordId) -> None:
        """Close it with this outcome (``done``, ``refused``); a closed one stays as it is."""
        ...


class ChildCaller(Protocol):
    """Takes an action of a record because the one it came from calls for it."""

    def take(self, child: RecordId, call: ChildCall) -> None:
        """The first of the actions that the record allows now, once for each call."""
        ...


class Children:
    """Begins children and knows the ties."""

    def __init__(
        self,
        *,
        claims: Claims,
        log: RecordLog,
        drafts: ChildDrafter,
        changes: RevisionWriter,
        identities: Identities,
        finisher: TaskFinisher,
        caller: ChildCaller,
    ) -> None:
        self._claims = claims
        self._log = log
        self._drafts = drafts
        self._changes = changes
        self._identities = identities
        self._finisher = finisher
        self._caller = caller

    def begin(self, parent: Revision, effect: CreateChild) -> RecordId:
        """The child of this effect, begun now unless it was. May run again.

        Raises Refused (``vacant_post``) while nobody holds the post that the child goes to.
        """
        [(child, _)] = self._named(parent, [effect])
        if not self._exists(child):
            with self._drafts.of(parent) as drafts:
                self._commit(parent, [(effect, drafts.drafted(effect, child))])
        return child

    def begin_all(self, parent: Revision, effects: Sequence[CreateChild]) -> dict[int, RecordId]:
        """As `begin`, of many at the price of a few: the children that are there, by number.

        One that cannot be begun is left out, and holds up no other: why, `begin` tells.
        """
        named = self._named(parent, effects)
        with self._drafts.of(parent) as drafts:
            missing: list[tuple[CreateChild, Commit]] = []
            there: dict[int, RecordId] = {}
            for child, effect in named:
                try:
                    if not self._exists(child):
                        missing.append((effect, drafts.drafted(effect, child)))
                except (Refused, Invalid):
                    continue
                there[effect.number] = child
            self._commit(parent, missing)
        return there

    def tie(self, child: RecordId, parent: RecordId, *, link: str) -> None:
        """Let both ends know of each other, behind the children that `parent` began. May run again.

        `parent` is not changed: it may be filed.
        """
        told = {"link": link, "unit": None, "task": None}
        self._claims.take(f"parents/{child}", json.dumps({"record": parent, **told}).encode())
        name = f"children/{parent}/~{child}"
        self._claims.take(name, json.dumps({"record": child, **told}).encode())

    def of(self, parent: RecordId) -> tuple[Tie, ...]:
        """The children of a record, in order of the decisions that began them."""
        values = (self._claims.read(name) for name in self._claims.names(f"children/{parent}/"))
        return tuple(_tie(value) for value in values if value is not None)

    def parent_of(self, child: RecordId) -> Tie | None:
        """The record that a record came from, or None."""
        value = self._claims.read(f"parents/{child}")
        return None if value is None else _tie(value)

    def origin_of(self, child: RecordId) -> Revision | None:
        """The record that a record came from, as it stands; None where it came from none."""
        tie = self.parent_of(child)
        try:
            return None if tie is None else self._log.latest(tie.record)
        except NotFound:
            return None

    def finish(self, child: Revision, *, outcome: str) -> None:
        """Close the task of the parent that waits for this record. May run again."""
        tie = self.parent_of(child.record)
        if tie is not None and tie.task is not None:
            self._finisher.finish(tie.record, tie.task, outcome=outcome, child=child.record)

    def call(self, parent: Revision, place: int, effect: CallChildren) -> tuple[RecordId, ...]:
        """Let each child of a tie do what its parent calls for; those children. May run again."""
        name = f"call-{parent.record}-{parent.number}-{place}"
        wanted = ChildCall(effect.take, name, parent.event.reason)
        called = tuple(t.record for t in self.of(parent.record) if t.link == effect.link)
        for child in called:
            self._caller.take(child, wanted)
        return called

    def _named(
        self, parent: Revision, effects: Sequence[CreateChild]
    ) -> list[tuple[RecordId, CreateChild]]:
        """The identifier of each child: the first that was drawn for it stands."""
        drawn = [(self._identities.record_id(), effect) for effect in effects]
        names = [
            (
                f"children/{parent.record}/{parent.number:08d}.{effect.number:04d}",
                json.dumps(_told(fresh, effect)).encode(),
            )
            for fresh, effect in drawn
        ]
        standing = self._claims.take_all(names)
        return [
            (fresh if taken is None else _tie(taken).record, effect)
            for (fresh, effect), taken in zip(drawn, standing, strict=True)
        ]

    def _commit(self, parent: Revision, begun: Sequence[tuple[CreateChild, Commit]]) -> None:
        """The way back first, then the child; of two who begin the same one, one is first."""
        ties = [
            (
                f"parents/{commit.revision.record}",
                json.dumps(_told(parent.record, effect)).encode(),
            )
            for effect, commit in begun
        ]
        if ties:
            self._claims.take_all(ties)
            self._changes.commit_all([commit for _, commit in begun])

    def _exists(self, child: RecordId) -> bool:
        try:
            self._log.revision(child, 1)
        except NotFound:
            return False
        return True


def _told(record: RecordId, effect: CreateChild) -> dict[str, object]:
    """A tie as the store keeps it: the record at the other end, and what it is."""
    return {"record": record, "link": effect.link, "unit": effect.unit, "task": effect.task}


def _tie(value: bytes) -> Tie:
    told = json.loads(value)
    unit = UnitCode(told["unit"]) if told["unit"] else None
    return Tie(RecordId(told["record"]), told["link"], unit, told["task"])
