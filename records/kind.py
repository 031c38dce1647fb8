"""A kind: what a type of record consists of and how it moves, declared as data (M01).

The schema is closed: an unknown key is an error with file and line (records.kind_loader), and a
kind is checked as a whole when it is loaded (records.kind_check). Version 1 of the schema was
shaped on 发文, 督查 and 会议室 written on paper: docs/adr/0002-kinds-as-data.md.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from records.errors import Invalid, NotFound
from records.identity import KindName, PostName
from records.search import Facet


class Declared(BaseModel):
    """Base of all declarations: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    """One line."""
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    """One of `options`."""
    FLAG = "flag"
    DATE = "date"
    """A calendar day, ISO 8601."""
    INTEGER = "integer"
    AUDIENCE = "audience"
    """Tokens: units, roles, people or everyone."""
    UNITS = "units"
    """Codes of units."""
    RECORD = "record"
    """The identifier of another record."""


class FieldDeclaration(Declared):
    """One field of a kind."""

    label: str
    type: FieldType
    required: bool = False
    required_if: str | None = Field(default=None, description="A flag field that makes it required")
    max: int = Field(default=2000, ge=1, description="Characters, or entries of a list")
    options: tuple[str, ...] = ()
    default: str | int | bool | None = None
    help: str | None = None


class PartDeclaration(Declared):
    """A place for files."""

    label: str
    required: bool = False
    many: bool = True


class ReadBy(StrEnum):
    """Who may read a record in a state, besides those whom a grant names."""

    PARTICIPANTS = "participants"
    """Everyone who has held or holds a task on it, and its author."""
    AUDIENCE = "audience"
    """The participants and the tokens of the field that `meaning.audience` names."""


class StateDeclaration(Declared):
    """A state of a flow."""

    label: str
    read: ReadBy
    edit: tuple[str, ...] = Field(default=(), description="author, holder: who may change fields")
    done: bool = Field(default=False, description="Nothing waits for anybody any more")
    due_workdays: int | None = Field(default=None, ge=1)
    join: bool = Field(default=False, description="Left only when every task of it is done")
    was: tuple[str, ...] = Field(
        default=(), description="States of earlier versions whose records stand in this one now"
    )


class Assignment(Declared):
    """Whom the next task goes to. Exactly one of `post`, `author`, `chosen`."""

    post: PostName | None = None
    of: str = Field(
        default="author_unit",
        description="Where the post is looked for: author_unit (upward), own_organ, field:NAME",
    )
    author: bool = False
    chosen: bool = Field(default=False, description="The actor chooses people (办理人)")
    many: bool = Field(default=False, description="Several people may be chosen, in parallel")
    label: str | None = None
    after: str | None = Field(default=None, description="Blocked until the tasks so labelled end")


class OpinionRule(StrEnum):
    """Whether an action takes an opinion."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


PREVIOUS = "previous"
"""As `to` of an action: the state that was left last, held by the person who left it (退回)."""


class ActionDeclaration(Declared):
    """One way from state to state, the only ones there are (M05)."""

    label: str
    from_: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str = Field(description="A state, or `previous`")
    by: tuple[str, ...] = Field(
        min_length=1, description="author, holder, clock, role:NAME, post:NAME (of the organ)"
    )
    group: str | None = Field(default=None, description="Group of buttons it stands in (FW-09)")
    profiles: tuple[str, ...] = Field(default=(), description="Flow profiles that have it (SY-08)")
    guards: tuple[str, ...] = ()
    needs: tuple[str, ...] = Field(default=(), description="Marks that must be set (FW: 清稿)")
    sets: tuple[str, ...] = Field(default=(), description="Marks that it sets")
    clears: tuple[str, ...] = Field(default=(), description="Marks that it takes away")
    stamps: str | None = Field(default=None, description="A date field that gets today's date")
    opinion: OpinionRule = OpinionRule.NONE
    next: tuple[Assignment, ...] = ()
    effects: tuple[str, ...] = ()
    at: str | None = Field(default=None, description="Date field after which the clock acts")
    confirm: str | None = Field(default=None, description="Question asked before it is done")
    primary: bool = False


class Meaning(Declared):
    """Which fields stand for what every list and search needs to know."""

    title: str
    number: str | None = None
    dated_on: str | None = None
    audience: str | None = None
    body: str | None = Field(default=None, description="A long_text field searched as page one")


class Start(Declared):
    """How a record begins."""

    state: str | None = None
    by: tuple[str, ...] = Field(min_length=1, description="role:NAME, post:NAME, anyone or clock")
    holder: str | None = Field(
        default=None, description="role:NAME that holds the first task, in place of the author"
    )


class ListDeclaration(Declared):
    """Columns and order of the list page."""

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()


class Kind(Declared):
    """A kind of record."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    kind: KindName = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str
    version: int = Field(ge=1)
    source: str | None = Field(default=None, description="Feature IDs it serves")
    fields: dict[str, FieldDeclaration]
    parts: dict[str, PartDeclaration] = {}
    meaning: Meaning
    states: dict[str, StateDeclaration] = {}
    start: Start
    actions: dict[str, ActionDeclaration] = {}
    list: ListDeclaration = ListDeclaration()
    facets: tuple[Facet, ...] = tuple(Facet)

    def state(self, name: str | None) -> StateDeclaration | None:
        """The state of that name; None for kinds without a flow."""
        return self.states.get(name) if name else None

    def action(self, name: str) -> ActionDeclaration:
        """The action of that name. Raises NotFound (``unknown_action``)."""
        if name not in self.actions:
            raise NotFound("unknown_action", action=name, kind=self.kind)
        return self.actions[name]

    @property
    def has_flow(self) -> bool:
        """Whether records of this kind move through states."""
        return bool(self.states)


class OfAKind(Protocol):
    """What is of a kind in one of its versions: a revision."""

    @property
    def kind(self) -> KindName:
        """The name of the kind."""
        ...

    @property
    def kind_version(self) -> int:
        """The version that it was written by."""
        ...


class Kinds:
    """All kinds that this installation knows, by name, and versions of them that went before."""

    def __init__(self, kinds: tuple[Kind, ...], earlier: tuple[Kind, ...] = ()) -> None:
        self._kinds = {kind.kind: kind for kind in kinds}
        self._earlier = {(kind.kind, kind.version): kind for kind in earlier}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    @property
    def earlier(self) -> tuple[Kind, ...]:
        """Versions that went before, which running records still follow."""
        return tuple(self._earlier.values())

    def get(self, name: str) -> Kind:
        """The kind of that name, as it is now. Raises Invalid (``unknown_kind``)."""
        found = self.find(name)
        if found is None:
            raise Invalid("unknown_kind", kind=name, allowed=tuple(self._kinds))
        return found

    def find(self, name: str) -> Kind | None:
        """The kind of that name, as it is now; None where the installation knows it no more."""
        return self._kinds.get(KindName(name))

    def of(self, revision: OfAKind) -> Kind:
        """The version that a record understands: its own while that is kept, else the present one.

        Raises Invalid (``unknown_kind``).
        """
        kept = self._earlier.get((revision.kind, revision.kind_version))
        return kept or self.get(revision.kind)
