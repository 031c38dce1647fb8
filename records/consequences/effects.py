"""What follows a commit: effects as a kind declares them, and as a revision carries them.

A declaration is one verb with its parameters (`EffectDeclaration`); `effect_check`, beside this
module, checks it against its kind when that is loaded. A decision resolves it (`effect_resolution`)
into an `Effect`: a closed value that says all its work needs, run from an outbox of its own after
the commit, once or more often (`services.after_commit.effects`).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from records.declared import Declared
from records.frozen import Frozen
from records.identity import KindName, RecordId, Token, UnitCode

ChildValue = str | int | bool | tuple[str, ...] | None
"""A value that a child record begins with; as `records.revision.FieldValue`, which knows this."""

FROM_FIELD = "field:"
"""Before the name of a parent's field whose value a child's field gets."""

THIS_RECORD = "this:record"
"""As such a value: the parent itself, for a field of records."""

THIS_ORGAN = "this:organ"
"""As such a value: the name of the organ that the parent belongs to."""

DELIVER_TO_AUDIENCE = "deliver_to_audience"
ASK_AGAIN = "ask_again"
EFFECTS = frozenset({DELIVER_TO_AUDIENCE, ASK_AGAIN})
"""The bare words of schema 1, in kind files and in stored revisions."""

_SCHEMA_1: Mapping[str, Mapping[str, object]] = {
    DELIVER_TO_AUDIENCE: {"deliver": "audience"},
    ASK_AGAIN: {"ask_again": True},
}


class About(StrEnum):
    """What a notice is about; its sentence stands in ``languages/notices.py``."""

    ARRIVED = "arrived"
    """Something waits for you (待办)."""
    TO_READ = "to_read"
    """Something was sent to you to read (待阅)."""
    RETURNED = "returned"
    TURNED_BACK = "turned_back"
    """A unit that it was sent to has sent it back (退文)."""
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    """Somebody else is late with it, and you are to know (超时升级)."""
    UNFILED = "unfiled"
    """It is done and has not been filed in time (未归档)."""
    URGED = "urged"
    """催办."""
    FINISHED = "finished"
    REFUSED = "refused"
    ADOPTED = "adopted"
    """What you reported stands in an issue (采用)."""
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    """Your task is no longer wanted."""
    ASKED = "asked"
    ANSWERED = "answered"
    MENTIONED = "mentioned"
    SHARED = "shared"
    CORRECTED = "corrected"
    FOUND = "found"
    """A search that one subscribed to has found something new (检索订阅)."""
    BEGINS = "begins"
    """An appointment of one's own is about to begin (工作助手)."""


class ChildDeclaration(Declared):
    """A record that an effect begins."""

    kind: KindName = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    per: str = Field(default="once", description="once, or a field of units or tokens: one each")
    to: str | None = Field(default=None, description="A field whose people hold the first task")
    author: Literal["house", "actor"] = Field(
        default="house", description="Whose it is: of the house, or of who decided"
    )
    fields: dict[str, str | int | bool] = Field(
        default={}, description="Field of the child → field:NAME of the parent, or a value"
    )
    files: dict[str, str] = Field(
        default={}, description="Part of the child → part of the parent whose files it gets"
    )
    link: str = Field(min_length=1, max_length=20, description="How both call the tie, as 督办")


class ChildrenDeclaration(Declared):
    """What is done with records that this one began: 撤回 (WDR-13), 作废 (SUB-03)."""

    link: str = Field(min_length=1, max_length=20, description="The tie by which they came of it")
    take: tuple[str, ...] = Field(
        min_length=1,
        description="Actions of the child's kind, `called: parent`; of each child the first that "
        "it allows is taken",
    )


class TieDeclaration(Declared):
    """The record that a field names becomes the one that this came from: 补充件 and its piece."""

    to: str = Field(description="A field of one record")
    link: str = Field(min_length=1, max_length=20, description="How both call the tie, as 补充件")


class EffectDeclaration(Declared):
    """Exactly one verb: deliver, ask_again, notify, create, finish, children, tie, tell_origin."""

    deliver: Literal["audience"] | None = None
    ask_again: Literal[True] | None = None
    notify: str | None = Field(
        default=None, description="holders, author, participants, previous_holders, or a field"
    )
    about: About | None = Field(default=None, description="With notify: what is told")
    create: ChildDeclaration | None = None
    finish: Literal["parent"] | None = None
    children: ChildrenDeclaration | None = None
    tie: TieDeclaration | None = None
    tell_origin: About | None = Field(
        default=None,
        description="The author of the record that this one came from is told, with the reason",
    )
    outcome: Literal["done", "refused"] | None = Field(
        default=None, description="With finish: how the child ended; done unless said"
    )

    @model_validator(mode="before")
    @classmethod
    def _words_of_schema_1(cls, given: Any) -> Any:
        """A bare word stands for a verb; one that stands for none is told as an unknown key."""
        return _SCHEMA_1.get(given, {given: True}) if isinstance(given, str) else given


class Deliver(Frozen):
    """Keep to whom the record was delivered: its audience as of this revision (M12)."""

    verb: Literal["deliver"] = "deliver"


class AskAgain(Frozen):
    """Let work that was given up be tried again (任务监控)."""

    verb: Literal["ask_again"] = "ask_again"


class Notify(Frozen):
    """Tell people something about the record."""

    verb: Literal["notify"] = "notify"
    about: About
    to: tuple[Token, ...]


class CreateChild(Frozen):
    """Begin a record and tie both together."""

    verb: Literal["create"] = "create"
    kind: KindName
    number: int = Field(ge=1, description="Among the children of this decision, counted from 1")
    fields: dict[str, ChildValue] = Field(default={})
    files: dict[str, str] = Field(default={}, description="Part → part of the parent")
    link: str
    unit: UnitCode | None = Field(default=None, description="For which unit; None: the parent's")
    to: tuple[Token, ...] = Field(default=(), description="Who holds it; empty: as its kind says")
    task: int | None = Field(default=None, description="Task of the parent that its end closes")
    author: Literal["house", "actor"] = "house"


class CallChildren(Frozen):
    """Let each record that came of this one by a tie take the first of these actions it allows."""

    verb: Literal["children"] = "children"
    link: str
    take: tuple[str, ...]


class TieTo(Frozen):
    """Let both records know of each other; the other one is not changed."""

    verb: Literal["tie"] = "tie"
    record: RecordId
    link: str


class FinishParent(Frozen):
    """The record has ended: close the task of the parent that waits for it."""

    verb: Literal["finish"] = "finish"
    outcome: Literal["done", "refused"] = "done"


class TellOrigin(Frozen):
    """Tell whoever sent the record from which this one came; its reason is his to read (退文)."""

    verb: Literal["tell_origin"] = "tell_origin"
    about: About


Effect = Annotated[
    Deliver | AskAgain | Notify | CreateChild | FinishParent | CallChildren | TieTo | TellOrigin,
    Field(discriminator="verb"),
]


def _read(stored: object) -> object:
    """Stored effects with the words of schema 1 in their present form."""
    if not isinstance(stored, list | tuple):
        return stored
    words = {DELIVER_TO_AUDIENCE: {"verb": "deliver"}, ASK_AGAIN: {"verb": "ask_again"}}
    return tuple(words.get(each, each) if isinstance(each, str) else each for each in stored)


Effects = Annotated[tuple[Effect, ...], BeforeValidator(_read)]
"""The effects of a revision, those of old revisions too, which are words."""
