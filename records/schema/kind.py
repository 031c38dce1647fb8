"""A kind: what a type of record consists of and how it moves, declared as data (M01).

The schema is closed: an unknown key is an error with file and line (records.schema.loader), and a
kind is checked as a whole when it is loaded (records.schema.check). Why the flow is declared as it
is: docs/adr/0002-kinds-as-data.md and docs/adr/0010-tasks-and-decisions.md.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Protocol

from pydantic import BeforeValidator, Field, model_validator

from records.declared import Declared
from records.errors import Invalid, NotFound
from records.flow.declarations import ActionDeclaration, OpinionRule, StateDeclaration
from records.flow.verbs import ANY_STATE, Verb
from records.identity import KindName
from records.lists.booking_calendar import CalendarDeclaration
from records.lists.menu import MenuDeclaration
from records.lists.statistics import StatisticDeclaration
from records.queries.search import Facet
from records.schema.answers import AnswerDeclaration
from records.schema.kind_fields import Condition, FieldDeclaration, PartDeclaration
from records.schema.slip import SlipDeclaration


def _several(given: object) -> object:
    return (given,) if isinstance(given, str) else given


class ImprintFields(Declared):
    """Fields for what another organ's paper says besides number, title and issuer."""

    addressees: str | None = Field(default=None, description="主送, a text")
    copies: str | None = Field(default=None, description="抄送, a text")
    signer: str | None = Field(default=None, description="签发人, a text")
    dated_on: str | None = Field(
        default=None, description="成文日期, where `dated_on` of the kind is another day"
    )


class Meaning(Declared):
    """Which fields stand for what every list and search needs to know."""

    title: str
    number: str | None = None
    dated_on: str | None = None
    audience: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(
        default=(), description="Fields whose tokens may read it where a state says so"
    )
    announced: bool = Field(
        default=True,
        description="Published records are notices of those who read them; not where each arrives "
        "as a record of its own (电子来文)",
    )
    everyone_if: Condition | None = Field(
        default=None,
        description="Fields and values under which its audience is whoever is signed in (阅读范围)",
    )
    urgency: str | None = Field(default=None, description="紧急程度: lists sort by it")
    due: str | None = Field(default=None, description="A date field: the day it is to be done by")
    document: str | None = Field(
        default=None, description="The part that is the document itself (正文), of one file"
    )
    body: str | None = Field(default=None, description="A long_text field searched as page one")
    folder: str | None = Field(
        default=None, description="The field of its 目录, by whose rights it is read and kept"
    )
    issuer: str | None = Field(default=None, description="The field of who issued it (发文机关)")
    issues: bool = Field(
        default=False, description="It is issued by the organ in whose unit it began (发文机关)"
    )
    imprint: ImprintFields = ImprintFields()


class Start(Declared):
    """How a record begins."""

    state: str | None = None
    received: str | None = Field(
        default=None, description="The state instead, of one that another record sends here"
    )
    by: tuple[str, ...] = Field(
        min_length=1, description="role:NAME, post:NAME, keeper (of a folder), anyone or clock"
    )
    holder: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(
        default=(),
        description="role:NAME, or post:NAME unless the author has it, that holds the first task: "
        "the first of them that is filled",
    )


class ListDeclaration(Declared):
    """Columns and order of the list page."""

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()


TEND = "tend"
"""The action that every flow has: whoever leaves an office leaves tasks behind, and its author or
an administrator gives those that nobody holds any more to others (features.md SY-06, ASG-02)."""

_TENDING = {
    "label": "指定承办人",
    "from": (ANY_STATE,),
    "task": Verb.REASSIGN,
    "by": ("author", "role:administrator"),
    "unheld": True,
    "opinion": OpinionRule.REQUIRED,
    "next": ({"chosen": "people"},),
}


class Kind(Declared):
    """A kind of record."""

    schema_: Literal[2] = Field(default=2, alias="schema")
    kind: KindName = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str
    version: int = Field(ge=1)
    source: str | None = Field(default=None, description="Feature IDs it serves")
    fields: dict[str, FieldDeclaration]
    parts: dict[str, PartDeclaration] = Field(default={})
    meaning: Meaning
    states: dict[str, StateDeclaration] = Field(default={})
    start: Start
    actions: dict[str, ActionDeclaration] = Field(default={})
    answer: AnswerDeclaration | None = Field(
        default=None, description="What those to whom it is published answer (反馈, 回执)"
    )
    list: ListDeclaration = ListDeclaration()
    same: tuple[str, ...] = Field(
        default=(), description="Listed fields that, all alike, make a record look like another"
    )
    handwritten: bool = Field(
        default=False, description="Opinions may be written by pen, kept as pictures (GT-08)"
    )
    slip: SlipDeclaration | None = Field(
        default=None, description="Its paper form; without one it is printed as its page stands"
    )
    menu: MenuDeclaration | None = Field(
        default=None, description="Its module; without one it stands among the other lists"
    )
    calendar: CalendarDeclaration | None = Field(
        default=None, description="Weeks of what is booked (HY-04)"
    )
    facets: tuple[Facet, ...] = tuple(Facet)
    statistics: dict[str, StatisticDeclaration] = Field(default={})

    @model_validator(mode="before")
    @classmethod
    def _tended(cls, given: object) -> object:
        if not isinstance(given, dict) or not given.get("states"):
            return given
        actions = given.get("actions")
        return {**given, "actions": {**actions, TEND: _TENDING}} if actions else given

    @property
    def announces(self) -> bool:
        """Whether what is published to its audience stands among the notices (M12)."""
        return bool(self.meaning.audience) and self.meaning.announced

    def state(self, name: str | None) -> StateDeclaration | None:
        """The state of that name, or the one that has taken its place; None for no flow."""
        if name is None or name in self.states:
            return self.states[name] if name else None
        return next((state for state in self.states.values() if name in state.was), None)

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

    @property
    def kind_version(self) -> int:
        """The version that it was written by."""


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
