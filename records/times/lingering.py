"""What is done and not filed yet: until when it may lie, and who is told when it lies longer.

A state that is done asks nothing of anybody, so no task has a deadline there; 归档 is to follow all
the same (features.md GD-08). The last day stands in a field of the record, as a state's `lingers`
says, so that lists show it, narrow by it and export it.
"""

from collections.abc import Iterable
from datetime import date

from records.consequences.effect_resolution import told
from records.flow.decision import Office
from records.flow.declarations import Lingering
from records.identity import PostName, Token
from records.people.organisation import Organisation
from records.revision import FieldValue, Revision
from records.schema.kind import Kind

POST = "post:"


def stamped(office: Office, state: str | None) -> dict[str, FieldValue]:
    """The field of a record that enters a state now: its last day, where it lingers there."""
    declared = office.kind.state(state)
    lingers = declared.lingers if declared is not None else None
    if lingers is None:
        return {}
    last = office.work_days.after_workdays(office.today, lingers.workdays)
    return {lingers.field: last.isoformat()}


def last_day(kind: Kind, revision: Revision) -> date | None:
    """Until when the record may lie where it is; None where it may for ever."""
    lingers = lingering(kind, revision)
    value = revision.fields.get(lingers.field) if lingers is not None else None
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def lingering(kind: Kind, revision: Revision) -> Lingering | None:
    """What the state of the record says of it."""
    state = kind.state(revision.state)
    return state.lingers if state is not None else None


def told_of(kind: Kind, revision: Revision, organisation: Organisation) -> tuple[Token, ...]:
    """The tokens of those who are told that it lies there."""
    lingers = lingering(kind, revision)
    return people_of(lingers.tell if lingers is not None else (), kind, revision, organisation)


def late_told(
    kind: Kind, revision: Revision, workdays: int, organisation: Organisation
) -> tuple[Token, ...]:
    """The tokens of those who are told that a task is late by so many working days."""
    state = kind.state(revision.state)
    steps = state.escalates if state is not None else ()
    words = [word for step in steps if step.workdays == workdays for word in step.tell]
    return people_of(words, kind, revision, organisation)


def people_of(
    words: Iterable[str], kind: Kind, revision: Revision, organisation: Organisation
) -> tuple[Token, ...]:
    """The tokens of those whom such words mean, each once; a vacant post is nobody."""
    found: dict[Token, None] = {}
    for whom in words:
        if whom.startswith(POST):
            post = organisation.post_in_organ(revision.unit, PostName(whom.removeprefix(POST)))
            found.update(dict.fromkeys([post] if post is not None else []))
        else:
            found.update(dict.fromkeys(told(whom, kind, revision)))
    return tuple(found)
