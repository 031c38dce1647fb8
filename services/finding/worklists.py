"""The lists of a person over all kinds: 待办, 待阅, 已办, 我发起的, 跟踪, 超期 (GT-06)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from records.errors import Invalid
from records.facts import (
    due_of,
    handled_fact,
    holder_fact,
    holders_of,
    late_facts,
    side_fact,
    started_fact,
    urgency_of,
)
from records.flow.task import Task
from records.identity import KindName
from records.kind import Kind
from records.query import Among, Holds, Or, Query
from records.revision import Revision
from records.search import Narrowing, Slot
from services.finding.listing import Listed, Listing, RecordLister
from services.finding.notices import Notices
from services.finding.person_marks import PersonMarks
from services.people.caller import Caller


class Worklist(StrEnum):
    """Which list; what waits stands in the order of work, the others by their last change."""

    WAITING = "todo"
    """待办: the caller holds an open task."""
    UNREAD = "unread"
    """待阅: something was handed to him to read, or published to him, and he has not opened it."""
    DONE = "done"
    """已办: he ended a task."""
    STARTED = "started"
    """我发起的."""
    FOLLOWED = "followed"
    """跟踪."""
    OVERDUE = "overdue"
    """超期: a task of 待办 was due before today."""


_OF_WORK = frozenset({Worklist.WAITING, Worklist.UNREAD, Worklist.OVERDUE})
COUNTED = (Worklist.WAITING, Worklist.UNREAD, Worklist.OVERDUE)
"""Lists whose totals people act upon."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A record in a worklist, as it concerns the caller."""

    kind: Kind
    revision: Revision
    step: str
    """The label of his task; where he has none, of the state."""
    urgency: str
    """Empty for an ordinary matter."""
    due_on: date | None
    arrived_at: datetime
    done_at: datetime | None
    waits: bool
    """Whether it is for the caller to act on it, or to read it."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of a worklist; `following` and `preceding` are for `after` and `before`."""

    total: int
    rows: tuple[WorkRow, ...]
    following: str | None
    preceding: str | None


class Worklists:
    """Answers the lists of a person."""

    def __init__(self, lister: RecordLister, *, followed: PersonMarks, notices: Notices) -> None:
        self._lister = lister
        self._followed = followed
        self._notices = notices

    def page(
        self,
        caller: Caller,
        which: Worklist,
        *,
        kinds: Iterable[str] = (),
        size: int = 20,
        after: str | None = None,
        before: str | None = None,
    ) -> WorkPage:
        """A page of a list, of some kinds or of all. Raises Invalid as RecordLister.page does."""
        listing = self._listing(caller, which, Narrowing(kinds=tuple(map(KindName, kinds))))
        page = self._lister.page(caller, listing, size=size, after=after, before=before)
        return WorkPage(
            total=page.total,
            rows=tuple(_row(caller, which, listed) for listed in page.rows),
            following=page.following,
            preceding=page.preceding,
        )

    def totals(self, caller: Caller, which: Iterable[Worklist] = COUNTED) -> Mapping[str, int]:
        """How many stand in each of the lists."""
        listings = {str(each): self._listing(caller, each, Narrowing()) for each in which}
        return self._lister.totals(caller, listings)

    def kinds(self, caller: Caller, which: Worklist) -> Mapping[str, int]:
        """How many of each kind with a flow stand in the list, the most first."""
        listing = replace(self._listing(caller, which, Narrowing()), counted=("state",))
        found = Counter[str]()
        for state, count in self._lister.page(caller, listing, size=0).counts["state"]:
            found[state.partition("/")[0]] += count
        return dict(found.most_common())

    def _listing(self, caller: Caller, which: Worklist, narrowing: Narrowing) -> Listing:
        work = which in _OF_WORK
        return Listing(
            self._tree(caller, which),
            Slot.WORK if work else Slot.CHANGED,
            descending=not work,
            narrowing=narrowing,
        )

    def _tree(self, caller: Caller, which: Worklist) -> Query:
        login, tokens = caller.person.login, sorted(caller.reader.tokens)
        match which:
            case Worklist.WAITING:
                return Holds(tuple(map(holder_fact, tokens)))
            case Worklist.OVERDUE:
                return Holds(tuple(late_facts(token, caller.today) for token in tokens))
            case Worklist.DONE:
                return Holds((handled_fact(login),))
            case Worklist.STARTED:
                return Holds((started_fact(login),))
            case Worklist.FOLLOWED:
                return Among(self._followed.records(login))
            case Worklist.UNREAD:
                given = Holds(tuple(map(side_fact, tokens)))
                return Or((given, self._notices.unread_tree(login)))


def _row(caller: Caller, which: Worklist, listed: Listed) -> WorkRow:
    kind, revision = listed.kind, listed.revision
    task = _task(caller, which, listed)
    state = kind.state(revision.state)
    return WorkRow(
        kind=kind,
        revision=revision,
        step=task.label if task else state.label if state else "",
        urgency=urgency_of(kind, revision),
        due_on=task.due_on if task else due_of(revision),
        arrived_at=task.opened_at if task else revision.event.at,
        done_at=task.done_at if task else None,
        waits=task is not None and task.is_open,
    )


def _task(caller: Caller, which: Worklist, listed: Listed) -> Task | None:
    """The caller's task that the list is about: the first due, or the last done."""
    revision = listed.revision
    if which is Worklist.DONE:
        mine = [task for task in revision.tasks if task.done_by == caller.person.login]
        return mine[-1] if mine else None
    tokens, side = caller.reader.tokens, which is Worklist.UNREAD
    held = [
        task
        for task in revision.open_tasks
        if task.side is side
        and not task.blocked
        and not tokens.isdisjoint(holders_of(task, listed.kind))
    ]
    return min(held, key=lambda task: (task.due_on or date.max, task.number), default=None)


def worklist(name: str) -> Worklist:
    """The list of that name. Raises Invalid (``unknown_list``)."""
    if name not in set(Worklist):
        raise Invalid("unknown_list", given=name, allowed=tuple(Worklist), field="list")
    return Worklist(name)
