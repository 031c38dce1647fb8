"""A revision: the whole state of a record at one number, and its place in the hash chain.

A revision is stored as its JSON in one line and the SHA-256 of that line in a second one.
`previous` is the SHA-256 of the predecessor's line, so history cannot be changed in the middle
unseen; the second line shows damage of the last revision too (DESIGN.md, "Truth").
"""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from records.access import Level
from records.errors import Corrupt
from records.identity import KindName, Login, RecordId, Sha256, Token, UnitCode

Names = Annotated[frozenset[str], PlainSerializer(sorted, return_type=list[str])]
Tokens = Annotated[frozenset[Token], PlainSerializer(sorted, return_type=list[Token])]
"""Sets are written sorted: the same revision has the same bytes in every process."""

FieldValue = str | int | bool | tuple[str, ...] | None
RECENT_WRITES = 100
"""How many write ids a revision remembers; a repeated idempotency key within so many changes of
one record gets the first answer (features.md C3.1)."""


class Frozen(BaseModel):
    """Base of all stored shapes: frozen, and no unknown key is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Right(StrEnum):
    """What a grant allows; editing includes reading."""

    READ = "read"
    EDIT = "edit"


class Grant(Frozen):
    """Opens a record to a token, to the end of `until` (calendar day) or for ever."""

    to: Token
    right: Right = Right.READ
    until: date | None = None


class FileVersion(Frozen):
    """One file of a record as it stands in this revision."""

    part: str = Field(description="The part of the kind it belongs to, such as attachments")
    name: str = Field(min_length=1, max_length=255)
    sha256: Sha256
    size_bytes: int = Field(ge=0)
    media_type: str
    since: int = Field(ge=1, description="Number of the revision that brought these bytes")


class Task(Frozen):
    """What waits for somebody: a step of the flow, held by a token until it is done."""

    number: int = Field(ge=1, description="Counted from 1 within the record, never used twice")
    holder: Token
    label: str
    state: str
    opened_at: datetime
    due_on: date | None = None
    blocked: bool = Field(default=False, description="Waits for the tasks of `after` to be done")
    after: str | None = Field(default=None, description="Label of the tasks that come before")
    done_by: Login | None = None
    done_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its holder (blocked tasks included)."""
        return self.done_at is None


class Opinion(Frozen):
    """What somebody said when acting (M07); never changed afterwards."""

    by: Login
    name: str
    action: str
    state: str
    text: str
    at: datetime


class Step(Frozen):
    """A state that was left, and by whom: where 退回 leads back to."""

    state: str
    by: Login


class Event(Frozen):
    """What made this revision."""

    action: str
    actor: Login
    at: datetime
    from_state: str | None = None
    to_state: str | None = None
    reason: str | None = None
    write_id: str = Field(description="Names this attempt; tells an unknown outcome")
    digest: str = Field(default="", description="Of the input, to tell a reused idempotency key")


class Write(Frozen):
    """A remembered write: which revision it made, and the digest of its input."""

    write_id: str
    number: int
    digest: str


class Origin(Frozen):
    """Where an imported record came from."""

    path: str
    imported_by: Login


class Revision(Frozen):
    """The whole state of a record at one number."""

    schema_version: Literal[1] = 1
    record: RecordId
    number: int = Field(ge=1)
    kind: KindName
    kind_version: int
    previous: Sha256 | None
    created_at: datetime = Field(description="Of the record's first revision")
    owner: Login
    unit: UnitCode = Field(description="The owner's unit when the record began")
    level: Level = Level.PUBLIC
    fields: dict[str, FieldValue]
    files: tuple[FileVersion, ...] = ()
    grants: tuple[Grant, ...] = ()
    state: str | None = None
    marks: Names = frozenset()
    tasks: tuple[Task, ...] = ()
    participants: Tokens = frozenset()
    trail: tuple[Step, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    effects: tuple[str, ...] = Field(default=(), description="Steps the outbox runs for this one")
    held_names: tuple[str, ...] = Field(default=(), description="Claims that the record holds")
    origin: Origin | None = None
    deleted: bool = False
    event: Event
    recent: tuple[Write, ...] = ()

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """Tasks not done yet, blocked ones included."""
        return tuple(task for task in self.tasks if task.is_open)

    def file(self, name: str) -> FileVersion | None:
        """The file of that name, or None."""
        return next((file for file in self.files if file.name == name), None)

    def write(self, write_id: str) -> Write | None:
        """The remembered write of that id, or None."""
        return next((write for write in self.recent if write.write_id == write_id), None)


def encode(revision: Revision) -> bytes:
    """The stored form: one line of JSON and one line with its SHA-256."""
    return seal(revision.model_dump_json().encode())


def decode(stored: bytes) -> tuple[Revision, Sha256]:
    """The revision and the digest of its line, which the next one names as `previous`.

    Raises Corrupt (``torn_object``, ``torn_revision``) when the lines do not fit each other or
    the schema.
    """
    line = unseal(stored)
    try:
        return Revision.model_validate_json(line), digest_of(line)
    except ValueError as error:
        raise Corrupt("torn_revision") from error


def seal(line: bytes) -> bytes:
    """`line` (no line break in it) with its digest below."""
    return line + b"\n" + digest_of(line).encode() + b"\n"


def unseal(stored: bytes) -> bytes:
    """The line of a sealed object. Raises Corrupt (``torn_object``)."""
    line, _, digest = stored.partition(b"\n")
    if digest.strip().decode("ascii", "replace") != digest_of(line):
        raise Corrupt("torn_object")
    return line


def digest_of(data: bytes) -> Sha256:
    """SHA-256 of bytes, hexadecimal."""
    return Sha256(hashlib.sha256(data).hexdigest())
