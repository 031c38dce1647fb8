"""A revision: the whole state of a record at one number, and its place in the hash chain.

A revision is stored as its JSON in one line and the SHA-256 of that line in a second one.
`previous` is the SHA-256 of the predecessor's line, so history cannot be changed in the middle
unseen; the second line shows damage of the last revision too (DESIGN.md, "Truth").
"""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from records.consequences.effects import Effects
from records.errors import Corrupt
from records.flow.task import Opinion, Step, Task, WayBack
from records.frozen import Frozen, Tokens
from records.identity import KindName, Login, RecordId, Sha256, Token, UnitCode
from records.queries.citation_corrections import CitationCorrection
from records.rights.access import Level

FieldValue = str | int | bool | tuple[str, ...] | None
RECENT_WRITES = 100
"""How many write ids a revision remembers; a repeated idempotency key within so many changes of
one record gets the first answer (features.md C3.1)."""


def _named_marks(stored: object) -> object:
    """Marks were bare names before they said what they certify."""
    return dict.fromkeys(stored, "") if isinstance(stored, list | set | frozenset) else stored


Marks = Annotated[dict[str, str], BeforeValidator(_named_marks)]
"""Mark → what it certifies: the digest of a part, the value of a field, or nothing."""


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
    by: Login | None = Field(default=None, description="Who brought them; older ones do not say")
    step: str | None = Field(default=None, description="In what step: a label, as 协办")


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
    unit: UnitCode | None = Field(default=None, description="For which unit the actor acted")


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
    entered: int | None = Field(default=None, description="The revision that entered the state")
    entered_at: datetime | None = None
    suspended_on: date | None = Field(default=None, description="挂起: nobody acts, time stands")
    marks: Marks = Field(default={})
    tasks: tuple[Task, ...] = ()
    participants: Tokens = frozenset()
    trail: tuple[Step, ...] = ()
    ways_back: tuple[WayBack, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    effects: Effects = Field(default=(), description="What follows this one's commit")
    delivered: int = Field(default=0, ge=0, description="How often it was delivered (重新通知)")
    held_names: tuple[str, ...] = Field(default=(), description="Claims it holds: numbers, slots")
    origin: Origin | None = None
    corrections: tuple[CitationCorrection, ...] = Field(
        default=(), description="更正引用: what people said of its citations, the last one last"
    )
    deleted: bool = False
    event: Event
    recent: tuple[Write, ...] = ()

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """Tasks that have not ended, blocked ones and side tasks included."""
        return tuple(task for task in self.tasks if task.is_open)

    @property
    def holding_tasks(self) -> tuple[Task, ...]:
        """Open tasks that hold the state, blocked ones included."""
        return tuple(task for task in self.tasks if task.holds)

    @property
    def side_tasks(self) -> tuple[Task, ...]:
        """Open tasks beside the flow: 传阅, 待阅, questions."""
        return tuple(task for task in self.tasks if task.is_open and task.side)

    @property
    def named_at(self) -> datetime:
        """The moment whose names of units it bears: when it was last signed, else written."""
        return max((opinion.at for opinion in self.opinions), default=self.event.at)

    @property
    def kept_files(self) -> dict[Sha256, int]:
        """Everything of it that lies beside it, by digest: its files and what was drawn."""
        kept = {file.sha256: file.size_bytes for file in self.files}
        drawn = (each.handwriting for each in self.opinions if each.handwriting is not None)
        return kept | {each.sha256: each.size_bytes for each in drawn}

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
