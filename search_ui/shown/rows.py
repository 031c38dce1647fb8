"""Records in lists: tasks, notices, plain rows."""

from records.meaning import dated_on, number_of, title_of
from records.revision import Revision
from records.rights.answering import answer_due_of, takes_answers, wanted_of
from records.schema.kind import Kinds
from records.times.deadlines import is_late
from records.times.office_time import office_day
from search_ui.shown.words import file_icon, kind_icon, record_href, state_badge
from search_ui.views.shell import Badge
from search_ui.views.work import NoticeRow, RecordRow, TaskRow
from services.finding.worklists import WorkRow
from services.people.caller import Caller


def task_row(row: WorkRow, caller: Caller) -> TaskRow:
    """A record of a worklist, as it concerns the caller."""
    kind, revision = row.kind, row.revision
    state = state_badge(kind, revision) or Badge(kind.title)
    person, unit = _from(row, caller)
    return TaskRow(
        href=record_href(revision.record),
        title=title_of(kind, revision),
        kind=kind.title,
        state=state,
        from_person=person,
        unit=unit,
        arrived_at=row.arrived_at,
        due_on=row.due_on,
        overdue=row.done_at is None and is_late(revision, row.due_on, caller.today),
        done_at=row.done_at,
        outcome=_said(row, caller) if row.done_at else "",
        urgency=row.urgency,
        step=row.step if row.step != state.label else "",
    )


def _said(row: WorkRow, caller: Caller) -> str:
    """The label of the last action on which the caller gave an opinion; else nothing."""
    actions = row.kind.actions
    said = [op.action for op in row.revision.opinions if op.by == caller.person.login]
    return actions[said[-1]].label if said and said[-1] in actions else ""


def _from(row: WorkRow, caller: Caller) -> tuple[str, str]:
    """Of what waits who sent it, with his unit; of all else who began it, with the record's."""
    revision, organisation = row.revision, caller.organisation
    sender = organisation.find_person(revision.event.actor) if row.waits else None
    if sender is None:
        return organisation.name_of(revision.owner), organisation.unit_name(revision.unit)
    return sender.name, organisation.unit_name(sender.unit)


def notice_row(
    revision: Revision, kinds: Kinds, caller: Caller, *, read: bool, drafted: bool = False
) -> NoticeRow:
    """A notice as its reader sees it; as its drafter does, with where it stands."""
    kind = kinds.of(revision)
    wanted = wanted_of(kind, revision) if takes_answers(kind, revision) else None
    return NoticeRow(
        href=record_href(revision.record),
        title=title_of(kind, revision),
        unit=caller.organisation.unit_name(revision.unit),
        category=str(revision.fields.get("category") or kind.title),
        published_on=dated_on(kind, revision) or office_day(revision.event.at),
        read=read,
        pinned=revision.fields.get("pinned") is True,
        files=len(revision.files),
        answer=wanted.label if wanted else "",
        answer_by=answer_due_of(kind, revision) if wanted else None,
        state=state_badge(kind, revision) if drafted else None,
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
