"""The way of a record through its flow, as far as its reader may know it: like the paper form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from records.flow.declarations import ActionDeclaration, OpinionRule
from records.flow.task import Opinion, Outcome, Task, Verdict
from records.flow.verbs import Verb
from records.identity import UnitCode
from records.people.organisation import Organisation
from records.revision import Revision
from records.schema.kind import Kind
from records.times.deadlines import is_late
from search_ui.formats import day, lasted
from search_ui.shown.waiting import named, waited_for
from search_ui.shown.words import drawn_href
from search_ui.texts import Texts
from search_ui.views.record import SideStep, Step
from search_ui.views.shell import Badge, Tone
from services.finding.browse import OpenRecord

_OF_OTHERS = frozenset(
    {Outcome.WAIVED, Outcome.HANDED_ON, Outcome.CANCELLED, Outcome.RETURNED, Outcome.TIMED_OUT}
)
"""Outcomes that befall a task: its holder did not answer it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened to a record and what is waited for; empty for who took no part.

    Earlier revisions may not be open to the reader; opinions and ended tasks stand in the newest
    one too, for all who take part.
    """

    opened: OpenRecord
    history: Sequence[Revision]
    organisation: Organisation
    texts: Texts
    now: datetime
    today: date

    def steps(self) -> tuple[Step, ...]:
        """What happened, oldest first, then what holds the state."""
        if not self._told:
            return ()
        seen = {
            past.event.at: self._event(past)
            for past in self.history
            if past.event.action in self._kind.actions or past.number == 1
        }
        for opinion in self._newest.opinions:
            seen.setdefault(opinion.at, self._said(opinion))
        for task in self._newest.tasks:
            if task.done_at is not None and task.done_by is not None:
                by = self.organisation.name_of(task.done_by)
                seen.setdefault(task.done_at, Step(task.label, task.done_at, by))
        waiting = (self._waiting(task) for task in self._newest.holding_tasks)
        return (*(seen[at] for at in sorted(seen)), *waiting)

    def side_steps(self) -> tuple[SideStep, ...]:
        """Who was sent it beside the flow, and whether he has read or answered."""
        if not self._told:
            return ()
        return tuple(self._side(task) for task in self._newest.tasks if task.side)

    @property
    def _told(self) -> bool:
        return self._kind.has_flow and self.opened.took_part

    @property
    def _kind(self) -> Kind:
        return self.opened.kind

    @property
    def _newest(self) -> Revision:
        return self.opened.revision

    def _event(self, past: Revision) -> Step:
        """What one revision did: its action, by whom, with what was said then."""
        event = past.event
        action = self._kind.actions.get(event.action)
        opinion = next((o for o in self._newest.opinions if o.at == event.at), None)
        if opinion is not None:
            return self._said(opinion, past.number)
        known = self.organisation.find_person(event.actor)
        answered = self._answered(past.number)
        return Step(
            label=action.label if action else self.texts("record.created_by"),
            at=event.at,
            by=self.organisation.name_of(event.actor),
            unit=self._called(event.unit or (known.unit if known else None), event.at),
            opinion=(event.reason or "") if action else "",
            tone=tone_of(action, Verdict.NONE),
            detail=tuple(self._befell(past.number, action)),
            round=answered.round if answered else 1,
            lasted=_lay(answered),
        )

    def _said(self, opinion: Opinion, number: int | None = None) -> Step:
        action = self._kind.actions.get(opinion.action)
        known = self.organisation.find_person(opinion.by)
        unit = opinion.unit or opinion.place or (known.unit if known else None)
        task = next((t for t in self._newest.tasks if t.number == opinion.task), None)
        ended = task is not None and task.done_at == opinion.at
        detail = () if number is None else tuple(self._befell(number, action))
        return Step(
            label=action.label if action else opinion.action,
            at=opinion.at,
            by=opinion.name,
            unit=self._called(unit, opinion.at),
            opinion=opinion.text,
            drawn_href=drawn_href(self._newest.record, opinion),
            tone=tone_of(action, opinion.verdict),
            detail=(*self._from_paper(opinion), *detail),
            instead_of=self.organisation.name_of(opinion.for_) if opinion.for_ else "",
            verdict=self._verdict(opinion.verdict),
            round=opinion.round,
            lasted=_lay(task) if ended else "",
        )

    def _called(self, unit: UnitCode | None, at: datetime) -> str:
        """The unit as it was called then."""
        return self.organisation.full_name_at(unit, at) if unit else ""

    def _verdict(self, verdict: Verdict) -> str:
        return "" if verdict is Verdict.NONE else self.texts(f"verdict.{verdict}")

    def _from_paper(self, opinion: Opinion) -> Iterator[str]:
        if opinion.entered_by is not None:
            who = self.organisation.name_of(opinion.entered_by)
            signed = day(opinion.signed_on) if opinion.signed_on else "—"
            yield self.texts("record.entered", who=who, day=signed)

    def _answered(self, number: int) -> Task | None:
        """The task that a revision answered."""
        return next(
            (t for t in self._newest.tasks if t.because == number and t.outcome is Outcome.DONE),
            None,
        )

    def _befell(self, number: int, action: ActionDeclaration | None) -> Iterator[str]:
        """What a revision did to tasks of others: 免除、改派、退回、取消."""
        for task in self._newest.tasks:
            if task.because != number or task.outcome not in _OF_OTHERS:
                continue
            told = task.outcome
            heir = self._heir(task) if told is Outcome.HANDED_ON else None
            word = "reassigned" if action and action.task is Verb.REASSIGN else told
            yield self.texts(
                f"outcome.{word}",
                task=named(task, self.organisation),
                to=named(heir, self.organisation) if heir else "—",
            )

    def _heir(self, task: Task) -> Task | None:
        """The task opened when this one was handed on."""
        return next(
            (
                t
                for t in self._newest.tasks
                if t.opened_at == task.done_at and t.label == task.label
            ),
            None,
        )

    def _waiting(self, task: Task) -> Step:
        who = "、".join(person.name for person in self.organisation.holders(task.holder))
        if task.claimed_by is not None:
            who = self.organisation.name_of(task.claimed_by)
        before = "、".join(named(t, self.organisation) for t in waited_for(self._newest, task))
        return Step(
            label=task.label,
            at=None,
            by=who or self.texts("record.vacant"),
            unit=self.organisation.full_name(task.unit) if task.unit else "",
            round=task.round,
            lasted="" if task.blocked else lasted(self.now - task.opened_at),
            due_on=task.due_on,
            overdue=is_late(self._newest, task.due_on, self.today),
            blocked=before if task.blocked else "",
        )

    def _side(self, task: Task) -> SideStep:
        who = self.organisation.describe(task.holder)
        if task.done_by is not None:
            who = self.organisation.name_of(task.done_by)
        t = self.texts
        if task.is_open:
            return SideStep(task.label, who, Badge(t("outcome.open"), "info"))
        read = task.outcome in {Outcome.READ, Outcome.DONE}
        word = Badge(t("outcome.read" if read else "outcome.recalled"), "ok" if read else "neutral")
        return SideStep(task.label, who, word, task.done_at)


def tone_of(action: ActionDeclaration | None, verdict: Verdict) -> Tone:
    """How an action looks in the timeline: forward, back, or neither."""
    if verdict is Verdict.DISAGREE:
        return "warning"
    if action is None:
        return "neutral"
    if action.primary or verdict is Verdict.AGREE:
        return "ok"
    back = action.opinion is OpinionRule.REQUIRED and action.to is not None
    return "warning" if back else "info"


def _lay(task: Task | None) -> str:
    """How long a task lay until it ended."""
    if task is None or task.done_at is None:
        return ""
    return lasted(task.done_at - task.opened_at)
