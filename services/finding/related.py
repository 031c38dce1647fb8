"""What a record came from and what came of it, each end seen with the rights of who looks (M10).

Whoever wrote a record or took part in it sees of the other end that it is there, for which unit and
how far it is; its title, and all that happens inside, only with the right to read it (SUB-07).
"""

from dataclasses import dataclass
from datetime import date

from records.consequences.effects import TellOrigin
from records.errors import Corrupt, Invalid, NotFound
from records.identity import RecordId, UnitCode
from records.meaning import dated_on, number_of
from records.ports.record_log import RecordLog
from records.revision import Revision
from records.rights.reading import may_read
from records.schema.kind import Kinds
from services.after_commit.children import Children, Tie
from services.finding.browse import OpenRecord
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class Related:
    """The other end of a tie. `title` is None for who may not read it."""

    record: RecordId
    link: str
    is_parent: bool
    unit: UnitCode | None
    title: str | None
    state: str | None
    """The label of its state, such as 承办中."""
    is_done: bool
    said: str | None = None
    """Why it was sent back, for whom it was sent by (退文)."""
    number: str = ""
    """Of one that he may read, as its day and the unit that has it."""
    dated_on: date | None = None
    is_there: bool = True
    """False for one that could not be begun: nobody at the unit is there to receive it."""


class RelatedFinder:
    """Finds both ends."""

    def __init__(self, children: Children, log: RecordLog, kinds: Kinds) -> None:
        self._children = children
        self._log = log
        self._kinds = kinds

    def of(self, caller: Caller, opened: OpenRecord) -> list[Related]:
        """The record it came from first, then its children in order of the decisions."""
        record = opened.revision.record
        parent = self._children.parent_of(record)
        ties = [*([(parent, True)] if parent else [])]
        ties += [(tie, False) for tie in self._children.of(record)]
        newest = self._log.latest_all([(tie.record, 0) for tie, _ in ties])
        found: list[Related] = []
        for (tie, is_parent), revision in zip(ties, newest, strict=True):
            if isinstance(revision, NotFound):
                found.extend(_undelivered(caller, opened, tie))
            elif not isinstance(revision, Corrupt):
                found.extend(self._seen(caller, opened, tie, revision, is_parent=is_parent))
        return found

    def _seen(
        self,
        caller: Caller,
        opened: OpenRecord,
        tie: Tie,
        revision: Revision,
        *,
        is_parent: bool,
    ) -> list[Related]:
        try:
            kind = self._kinds.of(revision)
        except Invalid:
            return []
        is_open = may_read(kind, revision, caller.access)
        concerned = _is_concerned(caller, opened)
        if revision.deleted or not (is_open or concerned):
            return []
        state = kind.state(revision.state)
        title = str(revision.fields.get(kind.meaning.title) or "") if is_open else None
        return [
            Related(
                record=tie.record,
                link=tie.link,
                is_parent=is_parent,
                unit=tie.unit,
                title=title,
                state=state.label if state is not None else None,
                is_done=state is None or state.done,
                said=_said(revision) if concerned and not is_parent else None,
                number=number_of(kind, revision) if is_open else "",
                dated_on=dated_on(kind, revision) if is_open else None,
            )
        ]


def _is_concerned(caller: Caller, opened: OpenRecord) -> bool:
    return opened.took_part or opened.revision.owner == caller.person.login


def _undelivered(caller: Caller, opened: OpenRecord, tie: Tie) -> list[Related]:
    """A child that was decided on and is not there yet, or cannot be: told to the senders."""
    if not _is_concerned(caller, opened):
        return []
    return [
        Related(
            record=tie.record,
            link=tie.link,
            is_parent=False,
            unit=tie.unit,
            title=None,
            state=None,
            is_done=False,
            is_there=False,
        )
    ]


def _said(revision: Revision) -> str | None:
    """What was said with a step that told where the record came from (`tell_origin`)."""
    told = any(isinstance(effect, TellOrigin) for effect in revision.effects)
    return revision.event.reason if told else None
