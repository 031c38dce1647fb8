"""Shapes of answers. Names are fixed: outside programs use them."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api.requests import GrantShape, Wire
from records.flow.task import Opinion
from records.meaning import number_of, title_of
from records.revision import Revision
from records.scans import looks_like_paper
from services.finding.browse import OpenRecord
from services.scanning.scan_desk import ScanDesk
from services.scanning.scan_state import ScanStage, ScanState


class SignInAnswer(Wire):
    """The secret for ``Authorization: Bearer``. `must_set_password`: nothing else works yet."""

    token: str
    must_set_password: bool


class Created(Wire):
    """A record as it was just written."""

    id: str
    revision: int
    same_content: str | None = Field(
        default=None, description="A record of the same person that holds the same bytes already"
    )


class RecognitionShape(Wire):
    """How far the text of a scan is recognised."""

    state: ScanStage = Field(
        description="waiting: nobody has looked into the file yet; reading: pages are left; done; "
        "partial: the pages up to the limit (parameter scan_pages) are done; failed: no page could "
        "be read; off, missing: it waits, and recognition is switched off or not installed"
    )
    pages: int | None = Field(
        description="Pages that are pictures; null while nobody has looked or where nobody could"
    )
    recognised: int = Field(description="How many of them were read")


class FileShape(Wire):
    """A file of a record."""

    part: str
    name: str
    sha256: str
    size: int
    media_type: str
    since: int
    by: str | None
    """Who brought it and in what step; for those who took part."""
    step: str | None
    recognition: RecognitionShape | None = Field(
        description="Of a picture, or of a PDF or OFD of which pages are pictures; else null"
    )


class TaskShape(Wire):
    """An open task."""

    number: int
    label: str
    holder: str
    unit: str | None
    side: bool
    state: str
    opened_at: datetime
    due_on: str | None
    blocked: bool


class OpinionShape(Wire):
    """An opinion."""

    by: str
    name: str
    action: str
    state: str
    text: str
    at: datetime
    verdict: str
    unit: str | None
    entered_by: str | None
    instead_of: str | None = Field(default=None, description="Whose deputy he was (X 代 Y)")
    signed_on: str | None
    handwriting: str | None = Field(
        default=None, description="SHA-256 of the picture of what was written by pen"
    )


class RecordShape(Wire):
    """A record at one revision."""

    id: str
    revision: int
    kind: str
    title: str
    number: str
    state: str | None
    level: str
    owner: str
    unit: str
    fields: dict[str, Any]
    files: list[FileShape]
    grants: list[GrantShape]
    tasks: list[TaskShape]
    opinions: list[OpinionShape]
    created_at: datetime
    changed_at: datetime
    may_edit: bool
    may_add: list[str]
    """Parts to which the caller may add files."""


class RevisionShape(Wire):
    """One line of a record's history."""

    revision: int
    action: str
    actor: str
    at: datetime
    from_state: str | None
    to_state: str | None
    reason: str | None
    files: list[str]


class CandidateShape(Wire):
    """Somebody or something to choose; `id` is what to send."""

    id: str
    name: str


class ChoiceShape(Wire):
    """What an action asks its actor to choose: people, units, tasks or steps.

    Without candidates anybody in office, or any unit, may be chosen.
    """

    key: str
    choose: str
    many: bool
    optional: bool
    candidates: list[CandidateShape]


class FieldWanted(Wire):
    """A field that an action takes."""

    label: str
    type: str
    required: bool
    options: list[str]


class FilesWanted(Wire):
    """A part that an action takes files into."""

    label: str
    required: bool


class ActionShape(Wire):
    """An action that leads on from here; `why_not` says why the caller may not take it."""

    name: str
    label: str
    group: str | None
    to: str | None
    allowed: bool
    opinion: str
    fields: dict[str, FieldWanted]
    files: dict[str, FilesWanted]
    chooses: bool
    next: ChoiceShape | None
    """The only or first choice, as most actions have but one."""
    choices: list[ChoiceShape]
    reason: str | None
    why_not: str | None


def record_shape(record: OpenRecord, scans: ScanDesk) -> RecordShape:
    """A record as it goes over the wire; tasks and opinions for those who took part."""
    kind, revision = record.kind, record.revision
    tasks = revision.open_tasks if record.took_part else ()
    opinions = revision.opinions if record.took_part else ()
    return RecordShape(
        id=revision.record,
        revision=revision.number,
        kind=revision.kind,
        title=title_of(kind, revision),
        number=number_of(kind, revision),
        state=revision.state,
        level=revision.level.label,
        owner=revision.owner,
        unit=revision.unit,
        fields=dict(revision.fields),
        files=[
            FileShape(
                part=file.part,
                name=file.name,
                sha256=file.sha256,
                size=file.size_bytes,
                media_type=file.media_type,
                since=file.since,
                by=file.by if record.took_part else None,
                step=file.step if record.took_part else None,
                recognition=_recognition(
                    scans.state(revision, file)
                    if looks_like_paper(file.name, file.media_type)
                    else None
                ),
            )
            for file in revision.files
        ],
        grants=[
            GrantShape(to=g.to, right=g.right, until=g.until.isoformat() if g.until else None)
            for g in revision.grants
        ],
        tasks=[
            TaskShape(
                number=task.number,
                label=task.label,
                holder=task.holder,
                unit=task.unit,
                side=task.side,
                state=task.state,
                opened_at=task.opened_at,
                due_on=task.due_on.isoformat() if task.due_on else None,
                blocked=task.blocked,
            )
            for task in tasks
        ],
        opinions=[_opinion(opinion) for opinion in opinions],
        created_at=revision.created_at,
        changed_at=revision.event.at,
        may_edit=record.may_edit,
        may_add=[part for part in kind.parts if part in record.may_add],
    )


def _recognition(state: ScanState | None) -> RecognitionShape | None:
    if state is None:
        return None
    pages = state.total + state.beyond
    return RecognitionShape(
        state=state.stage, pages=pages or None, recognised=max(0, state.done - state.failed)
    )


def revision_shape(revision: Revision, *, took_part: bool) -> RevisionShape:
    """One revision as a line of history; reasons are for those who took part."""
    event = revision.event
    return RevisionShape(
        revision=revision.number,
        action=event.action,
        actor=event.actor,
        at=event.at,
        from_state=event.from_state,
        to_state=event.to_state,
        reason=event.reason if took_part else None,
        files=[file.name for file in revision.files if file.since == revision.number],
    )


def _opinion(opinion: Opinion) -> OpinionShape:
    return OpinionShape(
        by=opinion.by,
        name=opinion.name,
        action=opinion.action,
        state=opinion.state,
        text=opinion.text,
        at=opinion.at,
        verdict=opinion.verdict,
        unit=opinion.unit,
        entered_by=opinion.entered_by,
        instead_of=opinion.for_,
        signed_on=opinion.signed_on.isoformat() if opinion.signed_on else None,
        handwriting=opinion.handwriting.sha256 if opinion.handwriting else None,
    )
