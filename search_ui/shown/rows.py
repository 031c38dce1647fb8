"""Records in lists: tasks, notices, plain rows."""

from records.kind import Kinds
from records.office_time import office_day
from records.reading import holds
from records.revision import Revision
from search_ui.shown.words import file_icon, kind_icon, record_href, state_badge
from search_ui.views.shell import Badge
from search_ui.views.work import NoticeRow, RecordRow, TaskRow
from services.after_commit.documents import dated_on, number_of, title_of
from services.people.caller import Caller


def task_row(revision: Revision, kinds: Kinds, caller: Caller) -> TaskRow:
    """The task of the caller on a record."""
    kind = kinds.of(revision)
    mine = [task for task in revision.open_tasks if holds(task, caller.reader, kind.kind)]
    task = mine[0] if mine else None
    actor = revision.event.actor
    return TaskRow(
        href=record_href(revision.record),
        title=title_of(kind, revision),
        kind=kind.title,
        state=state_badge(kind, revision) or Badge(kind.title),
        from_person=caller.organisation.name_of(actor),
        unit=caller.organisation.unit_name(revision.unit),
        arrived_at=task.opened_at if task else revision.event.at,
        due_on=task.due_on if task else None,
        overdue=bool(task and task.due_on and task.due_on < caller.today),
    )


def done_row(revision: Revision, kinds: Kinds, caller: Caller) -> TaskRow:
    """What the caller has done on a record, with what came of it."""
    kind = kinds.of(revision)
    login = caller.person.login
    said = [opinion for opinion in revision.opinions if opinion.by == login]
    done = [task for task in revision.tasks if task.done_by == login]
    label = kind.actions[said[-1].action].label if said and said[-1].action in kind.actions else ""
    return TaskRow(
        href=record_href(revision.record),
        title=title_of(kind, revision),
        kind=kind.title,
        state=state_badge(kind, revision) or Badge(kind.title),
        from_person=caller.organisation.name_of(revision.owner),
        unit=caller.organisation.unit_name(revision.unit),
        arrived_at=revision.created_at,
        done_at=(done[-1].done_at if done else None) or revision.event.at,
        outcome=label,
    )


def notice_row(revision: Revision, kinds: Kinds, caller: Caller, *, read: bool) -> NoticeRow:
    """A notice as its reader sees it."""
    kind = kinds.of(revision)
    return NoticeRow(
        href=record_href(revision.record),
        title=title_of(kind, revision),
        unit=caller.organisation.unit_name(revision.unit),
        category=str(revision.fields.get("category") or kind.title),
        published_on=dated_on(kind, revision) or office_day(revision.event.at),
        read=read,
        pinned=revision.fields.get("pinned") is True,
        files=len(revision.files),
    )


def record_row(revision: Revision, kinds: Kinds, *, href: str = "") -> RecordRow:
    """A record in a plain list."""
    kind = kinds.of(revision)
    size = sum(file.size_bytes for file in revision.files)
    icon = file_icon(revision.files[0].name) if revision.files else kind_icon(kind)
    return RecordRow(
        href=href or record_href(revision.record),
        title=title_of(kind, revision),
        kind=kind.title,
        icon=icon,
        changed_at=revision.event.at,
        state=state_badge(kind, revision),
        size_bytes=size if revision.files else None,
        note=number_of(kind, revision),
    )
