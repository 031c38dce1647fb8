"""Opinions: who said what, for whom, on which text (M07)."""

from records.errors import Invalid
from records.flow.acting_unit import acting_unit_of
from records.flow.capacity import acts_for, own_tasks
from records.flow.choosing import targets
from records.flow.decision import Situation
from records.flow.declarations import ActionDeclaration, OpinionRule
from records.flow.marks import signed_digest
from records.flow.task import Opinion, Task, Verdict
from records.flow.verbs import Verb
from records.identity import Login, UnitCode
from records.schema.kind import Kind


def opinions_after(s: Situation) -> tuple[Opinion, ...]:
    """The opinions with what was said now: a verdict is written with or without words.

    Raises Invalid (``choose_signer``, ``signed_later``) for what is entered from paper.
    """
    text, verdict = s.given.opinion.strip(), s.action.verdict
    drawn = s.given.handwriting
    if not text and verdict is None and drawn is None:
        return s.revision.opinions
    task = _task(s)
    entered = is_entered(s.action)
    if entered and s.given.signed_on is not None and s.given.signed_on > s.office.today:
        raise Invalid("signed_later", field="signed_on")
    by = _signer(s, task) if entered else s.actor.login
    return (
        *s.revision.opinions,
        Opinion(
            by=by,
            name=s.office.organisation.name_of(by),
            action=s.name,
            state=s.revision.state or "",
            text=text,
            at=s.office.now,
            verdict=verdict or Verdict.NONE,
            task=task.number if task else None,
            label=task.label if task else None,
            round=task.round if task else 1,
            unit=task.unit if task else None,
            place=_place(s, task, by if entered else (acts_for(s, task) if task else None) or by),
            for_=acts_for(s, task) if task and not entered else None,
            on=signed_digest(s.office.kind, s.revision),
            entered_by=s.actor.login if entered else None,
            signed_on=(s.given.signed_on or s.office.today) if entered else None,
            handwriting=drawn,
        ),
    )


def is_entered(action: ActionDeclaration) -> bool:
    """Whether the words of another are entered from paper (补录)."""
    return action.task is Verb.ENTER or action.enters is not None


def takes_handwriting(kind: Kind, action: ActionDeclaration) -> bool:
    """Whether the opinion of the action may be written by pen: by who gives it himself."""
    return kind.handwritten and action.opinion is not OpinionRule.NONE and not is_entered(action)


def _place(s: Situation, task: Task | None, who: Login) -> UnitCode | None:
    """The unit for which somebody speaks, himself or through his deputy."""
    person = s.office.organisation.find_person(who)
    return acting_unit_of(person, s.revision, task, s.office.organisation) if person else None


def _task(s: Situation) -> Task | None:
    if s.action.task is Verb.ENTER:
        named = [t for t in targets(s) if t.number in s.given.tasks]
        return named[0] if named else next(iter(targets(s)), None)
    own = own_tasks(s)
    return next((t for t in own if t.number == s.given.task), own[0] if own else None)


def _signer(s: Situation, task: Task | None) -> Login:
    """Whose words are entered: who holds the task or the post, named where several do.

    Raises Invalid (``choose_signer``).
    """
    organisation = s.office.organisation
    if s.action.enters is not None:
        holders = organisation.all_in_organ(s.revision.unit, s.action.enters)
    else:
        holders = organisation.holders(task.holder) if task else ()
    if s.given.signer is None and len(holders) == 1:
        return holders[0].login
    if s.given.signer not in {person.login for person in holders}:
        raise Invalid("choose_signer", field="signer", action=s.action.label)
    return s.given.signer
