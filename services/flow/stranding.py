"""Tasks that nobody in office holds, and handing them to others (TRF-17, SY-06).

An administrator reads none of it by his office: he is told the kind, the step, whose it was and
since when; a title only where he may open the record himself. What he does is the action `tend`,
that every flow has, once for each task.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from records.errors import Invalid, Refused, WenshuError
from records.flow.task import Task
from records.flow.vacancies import in_office
from records.identity import Login, RecordId, Token
from records.lists.facts import (
    EVERY_CLAIM,
    blocked_fact,
    claimed_token,
    claims_of,
    holder_fact,
    side_fact,
)
from records.meaning import title_of
from records.people.roles import Power
from records.queries.query import Fact, FactRange, Holds
from records.queries.search import ListOrder, Narrowing
from records.revision import Revision
from records.rights.access import Level, Reader, person_token
from records.rights.reading import may_read
from records.schema.kind import TEND, Kind
from services.finding.listing import Listing, RecordLister
from services.flow.act import ActionTaker
from services.flow.action_request import ActionRequest
from services.flow.vacant_tokens import vacant_tokens, vacated
from services.people.caller import Caller

_LOG = logging.getLogger(__name__)

MOST = 500
"""Tasks that are looked at, and handed over, at a time."""


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task of a record, at the revision that who chose it saw."""

    record: RecordId
    revision: int
    task: int


@dataclass(frozen=True, slots=True)
class StrandedTask:
    """A task that nobody holds, as an administrator may know it; `title` only if he may read."""

    name: TaskName
    kind: Kind
    label: str
    holder: Token
    unit: str
    opened_at: datetime
    due_on: date | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A person who left, or a post that nobody has, with how many records wait for him."""

    holder: Token
    records: int


@dataclass(frozen=True, slots=True)
class Estate:
    """What was held by somebody who left, or by a post: what `hand_over` can be asked for.

    `total` counts records, of which those that hold the first `MOST` tasks are shown; `unread` what
    was sent to be read: it holds nothing up, and is not handed over.
    """

    holders: tuple[Token, ...]
    tasks: tuple[StrandedTask, ...]
    total: int
    unread: int
    deputies: tuple[Login, ...]
    """Who acted for him until he left: their delegations rest."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of one task; `refusal` says why it stayed."""

    name: TaskName
    refusal: WenshuError | None = None


class StrandingDesk:
    """Finds what nobody holds, for administrators, and has it handed over."""

    def __init__(self, lister: RecordLister, acting: ActionTaker) -> None:
        self._lister = lister
        self._acting = acting

    def vacancies(self, caller: Caller, posts: Iterable[str]) -> tuple[Vacancy, ...]:
        """Who left, and which posts nobody has, while something waits for them; the most first.

        As well whoever is there and may not open what waits for him: his clearance is too low.
        `posts` are the words that posts can be called by. Raises Refused (``administrators_only``).
        """
        _administrators_only(caller)
        found: dict[Token, int] = {}
        for tokens, levels in vacant_tokens(caller.organisation, posts).items():
            for token, count in self._counted(caller, tokens, levels).items():
                found[token] = found.get(token, 0) + count
        ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
        return tuple(Vacancy(token, count) for token, count in ordered)

    def _counted(
        self, caller: Caller, tokens: tuple[Token, ...], levels: Sequence[Level]
    ) -> Mapping[Token, int]:
        """Records of these levels, which follow each other: those up to the last without others."""
        found = Counter(self._counts_to(caller, tokens, levels[-1]))
        if levels[0] > Level.PUBLIC:
            found.subtract(self._counts_to(caller, tokens, Level(levels[0] - 1)))
        return {token: count for token, count in found.items() if count > 0}

    def _counts_to(
        self, caller: Caller, tokens: tuple[Token, ...], level: Level
    ) -> Mapping[Token, int]:
        # Ranges are dear and tokens may be thousands: one for all claims, sorted out afterwards.
        listing = replace(_listing(tokens, EVERY_CLAIM), counted=("holder", "blocked", "claimed"))
        absent = _in_place_of(caller, tokens, level)
        vacant, found = frozenset(tokens), Counter[Token]()
        for name, values in self._lister.page(absent, listing, size=0).counts.items():
            for value, count in values:
                token = claimed_token(value) if name == "claimed" else Token(value)
                if token in vacant:
                    found[token] += count
        return found

    def estate(self, caller: Caller, holders: Sequence[Token]) -> Estate:
        """What these held; of a person also the posts that nobody has since he left.

        Of who is in office it is what he may not open. Raises Refused (``administrators_only``;
        ``still_held`` where there is none of that), NotFound (``unknown_person``), Invalid
        (``unknown_token``).
        """
        _administrators_only(caller)
        tokens, levels = vacated(caller.organisation, holders)
        absent, tasks = _in_place_of(caller, tokens), list[StrandedTask]()
        listing, after, total = _listing(tokens, *map(claims_of, tokens)), None, None
        listing = replace(listing, narrowing=Narrowing(levels=levels))
        while True:
            page = self._lister.page(absent, listing, size=100, after=after)
            total = page.total if total is None else total
            for row in page.rows:
                tasks += _tasks(caller, row.kind, row.revision, tokens)
            after = page.following
            if after is None or len(tasks) >= MOST:
                break
        here = [token for token in tokens if in_office(token, caller.organisation)]
        if here and not tasks:
            raise Refused("still_held", name=caller.organisation.describe(here[0]))
        unread = Listing(Holds(tuple(map(side_fact, tokens))), ListOrder.CHANGED)
        return Estate(
            holders=tokens,
            tasks=tuple(tasks[:MOST]),
            total=total,
            unread=self._lister.page(absent, unread, size=0).total,
            deputies=tuple(_deputies(caller, tokens)),
        )

    def hand_over(
        self, caller: Caller, tasks: Sequence[TaskName], *, to: Login, reason: str, key: str
    ) -> tuple[HandedOver, ...]:
        """Give each task to somebody in office, one after the other; an answer for each.

        A repeated `key` gets the answers of the first call for what was done then. Raises Refused
        (``administrators_only``), Invalid (``nothing_chosen``, ``too_many_chosen``,
        ``unknown_person``, ``opinion_required``) before anything is done.
        """
        _administrators_only(caller)
        wanted = tuple({(each.record, each.task): each for each in tasks}.values())
        if not wanted:
            raise Invalid("nothing_chosen", field="tasks")
        if len(wanted) > MOST:
            raise Invalid("too_many_chosen", most=MOST, given=len(wanted), field="tasks")
        if not in_office(person_token(to), caller.organisation):
            raise Invalid("unknown_person", login=to, field="to")
        if not reason.strip():
            raise Invalid("opinion_required", field="reason", action="移交")
        _LOG.info("%s hands %d tasks over to %s", caller.person.login, len(wanted), to)
        return tuple(self._walked(caller, wanted, to, reason.strip(), key))

    def _walked(
        self, caller: Caller, tasks: Sequence[TaskName], to: Login, reason: str, key: str
    ) -> Iterator[HandedOver]:
        moved: dict[RecordId, dict[int, int]] = {}
        for name in tasks:
            # Of several tasks of one record each is seen at the revision that the last one made.
            at = moved.setdefault(name.record, {}).get(name.revision, name.revision)
            request = ActionRequest(
                revision=at,
                opinion=reason,
                chosen={"tasks": [str(name.task)], "": [to]},
                idempotency_key=f"{key}-{name.record}-{name.task}",
            )
            try:
                after = self._acting.act(caller, name.record, TEND, request)
            except WenshuError as error:  # told beside its task: the others have theirs
                yield HandedOver(name, error)
                continue
            moved[name.record][name.revision] = after.number
            yield HandedOver(name)


def _administrators_only(caller: Caller) -> None:
    if not caller.may(Power.HAND_OVER):
        raise Refused("administrators_only")


def _in_place_of(
    caller: Caller, tokens: Sequence[Token], clearance: Level = Level.TOP_SECRET
) -> Caller:
    """Whoever is not there, as lists see him: what waited for these tokens, and nothing else."""
    reader = Reader(login=caller.person.login, tokens=frozenset(tokens), clearance=clearance)
    return replace(caller, reader=reader)


def _listing(tokens: Sequence[Token], *claims: FactRange) -> Listing:
    """What waits for these, taken by one of them or not: who has left, has let go (ADD-10)."""
    facts: list[Fact] = [*map(holder_fact, tokens), *map(blocked_fact, tokens), *claims]
    return Listing(Holds(tuple(facts)), ListOrder.WORK)


def _tasks(
    caller: Caller, kind: Kind, revision: Revision, tokens: Sequence[Token]
) -> Iterator[StrandedTask]:
    readable = may_read(kind, revision, caller.access)
    for task in revision.holding_tasks:
        held = in_office(task.holder, caller.organisation, level=revision.level)
        if task.holder in tokens and not held:
            yield _stranded(caller, kind, revision, task, readable=readable)


def _stranded(
    caller: Caller, kind: Kind, revision: Revision, task: Task, *, readable: bool
) -> StrandedTask:
    return StrandedTask(
        name=TaskName(revision.record, revision.number, task.number),
        kind=kind,
        label=task.label,
        holder=task.holder,
        unit=caller.organisation.unit_name(revision.unit),
        opened_at=task.opened_at,
        due_on=task.due_on,
        title=title_of(kind, revision) if readable else None,
    )


def _deputies(caller: Caller, tokens: Sequence[Token]) -> Iterator[Login]:
    for each in caller.organisation.delegations:
        giver = caller.organisation.find_person(each.of)
        left = giver is None or giver.disabled
        if left and person_token(each.of) in tokens and each.runs_on(caller.today):
            yield each.to
