"""The lists of a person over all kinds: 待办, 待阅, 已办, 跟踪, 即将到期, 超期 … (GT-06)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from records.errors import Invalid
from records.flow.task import Task
from records.identity import KindName, Token
from records.lists.due_facts import claimed_due, held_due, taken_due
from records.lists.facts import (
    URGENCIES,
    claim_fact,
    handled_fact,
    holder_fact,
    left_claims,
    side_fact,
    started_fact,
    urgency_of,
)
from records.parameters.catalogue import SOON_DAYS
from records.queries.language import read_query
from records.queries.query import Among, And, Everything, Fact, Holds, Not, Or, Query
from records.queries.search import ListOrder, Narrowing
from records.revision import Revision
from records.rights.reading import holds, taken_by
from records.schema.kind import Kind
from records.times.deadlines import DueSpan, due_of, over, soon
from services.finding.announcements import Announcements
from services.finding.listing import Listed, Listing, RecordLister
from services.finding.person_marks import PersonMarks
from services.people.caller import Caller


class Worklist(StrEnum):
    """Which list; what waits stands in the order of work, the others by their last change."""

    WAITING = "todo"
    """待办: the caller holds an open task."""
    SOON = "soon"
    """即将到期: a task of 待办 is due within the days of the parameter, and none is overdue."""
    OVERDUE = "overdue"
    """超期: a task of 待办 was due before today."""
    UNREAD = "unread"
    """待阅: something was handed to him to read, or published to him, and he has not opened it."""
    DONE = "done"
    """已办: he ended a task."""
    STARTED = "started"
    """我发起的."""
    FOLLOWED = "followed"
    """跟踪."""


COUNTED = (Worklist.WAITING, Worklist.SOON, Worklist.OVERDUE, Worklist.UNREAD)
"""Lists whose totals people act upon; they stand in the order of work."""

FEW = 50
"""People who carry one token: a post has one to five, a section some twenty."""


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

    def __init__(
        self, lister: RecordLister, *, followed: PersonMarks, announcements: Announcements
    ) -> None:
        self._lister = lister
        self._followed = followed
        self._announcements = announcements

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

    def handled(
        self, caller: Caller, kinds: Iterable[KindName], *, words: str = "", size: int = 20
    ) -> tuple[Listed, ...]:
        """Records of some kinds that the caller began or acted on, last changed first (FW-06)."""
        login = caller.person.login
        listing = Listing(
            Or((Holds((handled_fact(login),)), Holds((started_fact(login),)))),
            ListOrder.CHANGED,
            descending=True,
            narrowing=Narrowing(kinds=tuple(kinds)),
            words=read_query(words, today=caller.today).tree if words else Everything(),
        )
        return self._lister.page(caller, listing, size=size).rows

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

    def by_urgency(self, caller: Caller) -> Mapping[str, int]:
        """How many of 待办 are of each 紧急程度; ordinary ones are left out."""
        waiting = self._listing(caller, Worklist.WAITING, Narrowing())
        listing = replace(waiting, counted=("urgency",))
        found = dict(self._lister.page(caller, listing, size=0).counts["urgency"])
        return {each: found[each] for each in URGENCIES if found.get(each)}

    def _listing(self, caller: Caller, which: Worklist, narrowing: Narrowing) -> Listing:
        work = which in COUNTED
        return Listing(
            self._tree(caller, which),
            ListOrder.WORK if work else ListOrder.CHANGED,
            descending=not work,
            narrowing=narrowing,
        )

    def _tree(self, caller: Caller, which: Worklist) -> Query:
        login, tokens = caller.person.login, sorted(caller.reader.tokens)
        match which:
            case Worklist.WAITING:
                own = (claim_fact(token, login) for token in tokens)
                left = chain.from_iterable(_left_claims(caller).values())
                return Holds((*map(holder_fact, tokens), *own, *left))
            case Worklist.OVERDUE | Worklist.SOON:
                return _deadline_tree(caller, which)
            case Worklist.DONE:
                return Holds((handled_fact(login),))
            case Worklist.STARTED:
                return Holds((started_fact(login),))
            case Worklist.FOLLOWED:
                return Among(self._followed.records(login))
            case Worklist.UNREAD:
                given = Holds(tuple(map(side_fact, tokens)))
                return Or((given, self._announcements.unread_tree(login)))


def _deadline_tree(caller: Caller, which: Worklist) -> Query:
    late = _due_tree(caller, over(caller.today))
    if which is Worklist.OVERDUE:
        return late
    ahead = soon(caller.today, caller.parameters[SOON_DAYS])
    return And((_due_tree(caller, ahead), Not(late)))


def _due_tree(caller: Caller, span: DueSpan) -> Query:
    """The condition of those that hold a task of the caller due on one of these days.

    Of what others took and left, the day is that of a task of the same token that somebody took.
    """
    login, tokens = caller.person.login, sorted(caller.reader.tokens)
    held = (held_due(token, span) for token in tokens)
    taken = (claimed_due(token, login, span) for token in tokens)
    left = (
        And((Holds(claims), Holds((taken_due(token, span),))))
        for token, claims in _left_claims(caller).items()
    )
    return Or((Holds((*held, *taken)), *left))


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
    side = which is Worklist.UNREAD
    held = [
        task
        for task in revision.open_tasks
        if task.side is side and not task.blocked and _is_his(caller, task, listed.kind)
    ]
    return min(held, key=lambda task: (task.due_on or date.max, task.number), default=None)


def _is_his(caller: Caller, task: Task, kind: Kind) -> bool:
    taken = taken_by(task, kind.kind, today=caller.today, organisation=caller.organisation)
    return holds(task, caller.reader, kind.kind) and taken in (None, caller.person.login)


def _left_claims(caller: Caller) -> Mapping[Token, tuple[Fact, ...]]:
    """By token the tasks of the caller that somebody took who does not hold them any more.

    Of groups of more than `FEW` none: what one of very many took and left stands in no 待办 until
    he, or an administrator, lets it go. No kind of the program sends to so many.
    """
    organisation, found = caller.organisation, dict[Token, tuple[Fact, ...]]()
    for token in sorted(caller.reader.tokens):
        held = Token(token.partition(":")[2]) if token.startswith("deputy") else token
        if len(organisation.holders(held)) <= FEW:
            standing = {*organisation.carriers(held, caller.today), caller.person.login}
            found[token] = left_claims(token, standing)
    return found


def worklist(name: str) -> Worklist:
    """The list of that name. Raises Invalid (``unknown_list``)."""
    if name not in set(Worklist):
        raise Invalid("unknown_list", given=name, allowed=tuple(Worklist), field="list")
    return Worklist(name)
