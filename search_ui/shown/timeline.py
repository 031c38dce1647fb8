"""The way of a record through its flow, as far as its reader may know it."""

from collections.abc import Sequence

from records.flow.declarations import ActionDeclaration, OpinionRule
from records.kind import Kind
from records.organisation import Organisation
from records.revision import Revision
from search_ui.texts import Texts
from search_ui.views.record import Step
from search_ui.views.shell import Tone
from services.finding.browse import OpenRecord


def timeline(
    opened: OpenRecord, history: Sequence[Revision], organisation: Organisation, t: Texts
) -> tuple[Step, ...]:
    """What happened, oldest first, and what is waited for; empty for who took no part.

    Earlier revisions may not be open to the reader; opinions and done tasks stand in this one
    too, for all who take part.
    """
    kind, revision = opened.kind, opened.revision
    if not kind.has_flow or not opened.took_part:
        return ()
    seen = {
        past.event.at: _event(kind, past, organisation, t)
        for past in history
        if past.event.action in kind.actions or past.number == 1
    }
    for opinion in revision.opinions:
        action = kind.actions.get(opinion.action)
        label = action.label if action else opinion.action
        said = Step(label, opinion.at, opinion.name, "", opinion.text, tone_of(action))
        seen.setdefault(opinion.at, said)
    for task in revision.tasks:
        if task.done_at is not None and task.done_by is not None:
            by = organisation.name_of(task.done_by)
            seen.setdefault(task.done_at, Step(task.label, task.done_at, by))
    waiting = [
        Step(task.label, None, "、".join(p.name for p in organisation.holders(task.holder)))
        for task in revision.open_tasks
        if not task.blocked
    ]
    return (*(seen[at] for at in sorted(seen)), *waiting)


def tone_of(action: ActionDeclaration | None) -> Tone:
    """How an action looks in the timeline: forward, back, or neither."""
    if action is None:
        return "neutral"
    if action.opinion is OpinionRule.REQUIRED and not action.primary:
        return "warning"
    return "ok" if action.primary else "info"


def _event(kind: Kind, revision: Revision, organisation: Organisation, t: Texts) -> Step:
    event = revision.event
    action = kind.actions.get(event.action)
    known = organisation.find_person(event.actor)
    return Step(
        label=action.label if action else t("record.created_by"),
        at=event.at,
        by=organisation.name_of(event.actor),
        unit=organisation.unit_name(known.unit) if known else "",
        opinion=(event.reason or "") if action else "",
        tone=tone_of(action),
    )
