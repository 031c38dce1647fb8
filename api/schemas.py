"""Shapes on the wire. Names are fixed: outside programs use them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from records.revision import Opinion, Revision
from services.browse import OpenRecord
from services.documents import number_of, title_of


class Wire(BaseModel):
    """Base of all wire shapes: unknown keys of a request are refused."""

    model_config = ConfigDict(extra="forbid")


class SignInRequest(Wire):
    """Login and password."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"login": "clerk1", "password": "Abc#12345"}}
    )

    login: str = Field(max_length=200)
    password: str = Field(max_length=1000)


class SignInAnswer(Wire):
    """The secret for ``Authorization: Bearer``. `must_set_password`: nothing else works yet."""

    token: str
    must_set_password: bool


class PasswordRequest(Wire):
    """The old password (or one-time code) and the new one."""

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000)


class GrantShape(Wire):
    """Opens a record to ``everyone``, ``unit:CODE``, ``role:NAME`` or ``person:LOGIN``."""

    to: str = Field(examples=["unit:office"])
    right: str = Field(default="read", examples=["read", "edit"])
    until: str | None = Field(default=None, examples=["2027-12-31"])


class NewRecordRequest(Wire):
    """A record to begin."""

    kind: str = Field(examples=["notice"])
    fields: dict[str, Any] = Field(
        default_factory=dict,
        examples=[{"title": "关于开展年终检查的通知", "body": "……", "audience": ["everyone"]}],
    )
    grants: list[GrantShape] = Field(default_factory=list)
    level: str | None = Field(default=None, examples=["公开", "内部"])


class EditRequest(Wire):
    """What to change of a record; what is left out stays."""

    fields: dict[str, Any] = Field(default_factory=dict)
    grants: list[GrantShape] | None = None
    level: str | None = None
    removed: list[str] = Field(default_factory=list, description="Names of files to take out")
    reason: str | None = Field(default=None, max_length=500)


class ActionCall(Wire):
    """An action on the revision the actor has before his eyes."""

    revision: int = Field(ge=1)
    opinion: str = Field(default="", max_length=5000)
    next: list[str] = Field(default_factory=list, description="Logins of chosen people")
    fields: dict[str, Any] | None = None
    idempotency_key: str | None = Field(default=None, max_length=200)


class Created(Wire):
    """A record as it was just written."""

    id: str
    revision: int
    same_content: str | None = Field(
        default=None, description="A record of the same person that holds the same bytes already"
    )


class FileShape(Wire):
    """A file of a record."""

    part: str
    name: str
    sha256: str
    size: int
    media_type: str
    since: int


class TaskShape(Wire):
    """An open task."""

    label: str
    holder: str
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


class ActionShape(Wire):
    """An action that leads on from here; `why_not` says why the caller may not take it."""

    name: str
    label: str
    group: str | None
    to: str
    allowed: bool
    opinion: str
    chooses: bool
    reason: str | None
    why_not: str | None


class MatchShape(Wire):
    """A place of the query. `html` is escaped text with ``<mark>``."""

    part: str
    page: int | None
    html: str


class HitShape(Wire):
    """A record that matched."""

    id: str
    kind: str
    title: str
    title_html: str
    number: str
    revision: int
    score: float
    unit: str
    dated_on: str
    matches: list[MatchShape]


class FacetShape(Wire):
    """A value to narrow by."""

    value: str
    label: str
    count: int


class SearchAnswer(Wire):
    """One page of hits."""

    total: int
    relaxed: bool
    notices: list[str]
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]


class SuggestionShape(Wire):
    """A title or number that completes what was typed."""

    text: str
    id: str


class TaskList(Wire):
    """What waits for the caller."""

    total: int
    tasks: list[RecordShape]


def record_shape(record: OpenRecord) -> RecordShape:
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
            )
            for file in revision.files
        ],
        grants=[
            GrantShape(to=g.to, right=g.right, until=g.until.isoformat() if g.until else None)
            for g in revision.grants
        ],
        tasks=[
            TaskShape(
                label=task.label,
                holder=task.holder,
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
    )
