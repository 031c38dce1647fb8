"""Who holds a record now, and for whom a holder has to wait (DC-05)."""

from records.flow.capacity import predecessors
from records.flow.task import Task
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.reading import holds
from search_ui.texts import Texts
from search_ui.views.shell import PersonLine
from services.people.caller import Caller


def named(task: Task, organisation: Organisation) -> str:
    """A task in words: 协办（食品科）."""
    whose = organisation.full_name(task.unit) if task.unit else organisation.describe(task.holder)
    return f"{task.label}（{whose}）"


def waited_for(revision: Revision, task: Task) -> tuple[Task, ...]:
    """The open tasks that a blocked one waits for."""
    return predecessors(revision, task)


def blocked_notices(revision: Revision, caller: Caller, texts: Texts) -> tuple[str, ...]:
    """One sentence for each task of the reader that waits for others."""
    organisation = caller.organisation
    return tuple(
        texts(
            "record.blocked",
            task=task.label,
            n=len(before),
            who="、".join(named(each, organisation) for each in before),
        )
        for task in revision.holding_tasks
        if task.blocked
        and holds(task, caller.reader, revision.kind)
        and (before := waited_for(revision, task))
    )


def holder_lines(revision: Revision, organisation: Organisation) -> tuple[PersonLine, ...]:
    """Everybody who can act now, with his unit and posts; each once."""
    tokens = [task.holder for task in revision.holding_tasks if not task.blocked]
    people = {p.login: p for token in tokens for p in organisation.holders(token)}
    return tuple(
        PersonLine(p.login, p.name, organisation.unit_name(p.unit), "、".join(p.posts))
        for p in people.values()
    )
