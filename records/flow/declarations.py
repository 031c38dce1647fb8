"""What a kind declares of its flow: states, what they wait for, and the actions between them.

An action does one of two things: **the record moves** (`to`) or **one task moves** (`task`).
What a state with several tasks waits for is declared by the state (`join`), never by whoever
happens to act last (docs/adr/0010-tasks-and-decisions.md).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from records.consequences.effects import About, EffectDeclaration
from records.consequences.reservations import TakesDeclaration
from records.declared import Declared
from records.flow.action_parts import (
    MOST_DAYS,
    ActionField,
    ActionFiles,
    Copies,
    Guards,
    Time,
)
from records.flow.task import Verdict
from records.flow.verbs import Verb
from records.identity import PostName
from records.schema.kind_fields import Condition


class ReadBy(StrEnum):
    """Who may read a record in a state, besides those whom a grant names."""

    PARTICIPANTS = "participants"
    """Everyone who has held or holds a task on it, and its author."""
    AUDIENCE = "audience"
    """The participants and the tokens of the fields that `meaning.audience` names."""
    FOLDER = "folder"
    """The readers of the folder that `meaning.folder` names; its keepers read in every state."""
    EVERYONE = "everyone"
    """Whoever is signed in, up to his clearance."""


class Choose(StrEnum):
    """What the actor chooses among."""

    PEOPLE = "people"
    UNITS = "units"
    AGAIN = "again"
    """Those who held a task of the target state before (退回重办 to chosen units)."""


def _chosen(given: object) -> object:
    return "people" if given is True else None if given is False else given


class Assignment(Declared):
    """Whom a task goes to: one of post, role, author, actor, field, previous, chosen.

    A post with chosen people lets choose among those who hold it.
    """

    post: PostName | None = None
    of: str = Field(
        default="author_unit",
        description=(
            "Where the post is looked for: author_unit (upward), own_organ, own_organ_or_above, "
            "above_actor (the organs above that for which the actor acts), field:NAME"
        ),
    )
    role: str | None = None
    author: bool = False
    actor: bool = Field(default=False, description="Whoever takes the action (签收 and go on)")
    field: str | None = Field(default=None, description="A field of people or of an audience")
    previous: bool = Field(default=False, description="Whoever held the step before")
    chosen: Annotated[Choose | None, BeforeValidator(_chosen)] = Field(
        default=None, description="The actor chooses (办理人): people, units, again"
    )
    among: tuple[str, ...] = Field(
        default=(), description="Tokens' words among which people are chosen: post:X, own_unit …"
    )
    many: bool = Field(default=False, description="Several may be chosen")
    optional: bool = Field(default=False, description="Nobody need be chosen")
    serial: bool = Field(default=False, description="One after the other, in the order given")
    side: bool = Field(default=False, description="A side task (传阅): holds nothing")
    label: str | None = None
    after: str | None = Field(default=None, description="Blocked until the tasks so labelled end")
    weight: int = Field(default=1, ge=1, description="Of the vote (票签)")


class Refusal(Declared):
    """What a refusal (verdict `disagree`) does in a join."""

    when: Literal["at_once", "end"] = Field(
        default="end", description="At once, or when all have answered"
    )
    to: str
    next: tuple[Assignment, ...] = ()


class Join(Declared):
    """What a state with several tasks waits for, and where the record goes then."""

    needs: Literal["all", "any"] = "all"
    votes: int | None = Field(default=None, ge=1, description="So many who agree are enough")
    share: int | None = Field(
        default=None, ge=1, le=100, description="Percent of the weight that must agree (票签)"
    )
    to: str
    next: tuple[Assignment, ...] = ()
    refused: Refusal | None = None
    again: Literal["all", "refusers"] = Field(
        default="all", description="Who signs when the state is entered anew"
    )


class Due(Declared):
    """When tasks of a state are due: so many working or calendar days, or the day of a field."""

    workdays: int | None = Field(default=None, ge=1, le=MOST_DAYS)
    days: int | None = Field(default=None, ge=1, le=MOST_DAYS)
    field: str | None = None


class Escalation(Declared):
    """Who is told, besides its holder, that a task is late by so many working days (超时升级)."""

    workdays: int = Field(ge=1, le=MOST_DAYS, description="Working days after the last day")
    tell: tuple[str, ...] = Field(
        min_length=1, description="author, holders, participants, post:NAME (of the organ)"
    )


class Lingering(Declared):
    """How long a record may lie in a state that is done, and who is told when it lies longer.

    Nobody holds a task there any more: 归档 is what still is to come (features.md GD-08).
    """

    field: str = Field(description="A date field that gets the last day when the state begins")
    workdays: int = Field(ge=1, le=MOST_DAYS)
    remind: tuple[int, ...] = Field(
        default=(0,), description="Working days before (negative) and after that day"
    )
    tell: tuple[str, ...] = Field(
        min_length=1, description="author, holders, participants, post:NAME (of the organ)"
    )
    about: About


class StateDeclaration(Declared):
    """A state of a flow."""

    label: str
    read: ReadBy
    edit: tuple[str, ...] = Field(
        default=(),
        description="Who may change fields and files: author, holder, holder:LABEL, granted, "
        "keeper (of its folder), post:NAME (of the organ)",
    )
    adds: dict[str, tuple[str, ...]] = Field(
        default={},
        description="Part → who may add files to it without changing what stands there: words of "
        "`edit` (PRM-02)",
    )
    done: bool = Field(default=False, description="Nothing waits for anybody any more")
    frozen: bool = Field(default=False, description="Nobody changes it again, whoever he is (归档)")
    due: Due | None = None
    join: Join | None = None
    lingers: Lingering | None = None
    opens: str | None = Field(
        default=None, description="The action that a click on the state in a list leads to (FW-15)"
    )
    remind: tuple[int, ...] = Field(
        default=(), description="Working days before (negative) and after the due day"
    )
    escalates: tuple[Escalation, ...] = Field(
        default=(), description="Who else is told of a task that is late, step by step"
    )
    was: tuple[str, ...] = Field(default=(), description="States of earlier versions it stands for")


class OpinionRule(StrEnum):
    """Whether an action takes an opinion."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


def _several(given: object) -> object:
    return (given,) if isinstance(given, str) else given


def _sets(given: object) -> object:
    return dict.fromkeys(given, "") if isinstance(given, list | tuple) else given


class MakesDeclaration(Declared):
    """A file that an action makes out of another, before its marks certify it (清稿, 制版)."""

    part: str = Field(description="Where it goes; one part may be made out of itself")
    from_: str = Field(alias="from", description="The part whose one file it is made of")
    form: Literal["clean", "pdf"]


class ActionDeclaration(Declared):
    """One way on, the only ones there are (M05): the record moves, or one task moves."""

    label: str
    from_: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str | None = Field(default=None, description="A state, or a word of TARGETS")
    task: Verb | None = None
    by: tuple[str, ...] = Field(
        min_length=1,
        description="author, holder, holder:LABEL, sender, reader, participant, keeper (of its "
        "folder), clock, role:NAME, post:NAME (of the organ)",
    )
    of: tuple[str, ...] = Field(default=(), description="Labels of the tasks it may touch")
    when: Condition | None = Field(
        default=None, description="Fields and values under which there is this action at all"
    )
    closes: tuple[str, ...] = Field(
        default=(), description="Labels of side tasks of the actor that end with it"
    )
    group: str | None = Field(default=None, description="Group of buttons it stands in (FW-09)")
    profiles: tuple[str, ...] = Field(default=(), description="Flow profiles that have it (SY-08)")
    guards: Guards = ()
    needs: tuple[str, ...] = Field(default=(), description="Marks that must be set (FW: 清稿)")
    sets: Annotated[dict[str, str], BeforeValidator(_sets)] = Field(
        default={}, description="Marks that it sets → the part or field that each certifies"
    )
    clears: tuple[str, ...] = Field(default=(), description="Marks that it takes away")
    stamps: Annotated[tuple[str, ...], BeforeValidator(_several)] = Field(
        default=(),
        description="Date fields that get today, fields of units the one it began in; "
        "empty text fields get the year",
    )
    opinion: OpinionRule = OpinionRule.NONE
    enters: PostName | None = Field(
        default=None,
        description="Words on paper of somebody of the organ who holds this post are entered",
    )
    verdict: Verdict | None = Field(default=None, description="Written with or without words")
    unheld: bool = Field(
        default=False,
        description="Of a reassignment: only tasks that nobody in office holds any more; not shown "
        "as long as there are none",
    )
    others_only: bool = Field(default=False, description="Not by the record's own author")
    fields: dict[str, ActionField] = Field(default={})
    makes: MakesDeclaration | None = None
    copies: Copies | None = None
    files: dict[str, ActionFiles] = Field(default={}, description="Parts that it takes files into")
    due: str | None = Field(default=None, description="A date field that the tasks are due on now")
    next: tuple[Assignment, ...] = ()
    then: Literal["again", "straight", "ask"] = Field(
        default="again",
        description="Of a return: the mended record goes through all again, or straight back",
    )
    takes: TakesDeclaration | None = Field(
        default=None, description="A number, slots or a unique name, taken before the commit"
    )
    wants_free: TakesDeclaration | None = Field(
        default=None, description="What nobody else may hold, though it is not taken yet"
    )
    frees: tuple[Literal["number", "slot", "unique"], ...] = Field(
        default=(), description="What the record held and gives back"
    )
    effects: tuple[EffectDeclaration, ...] = ()
    at: Time = None
    called: Literal["parent"] | None = Field(
        default=None, description="By the clock: the record it came from calls for it (撤回, 作废)"
    )
    confirm: str | None = Field(default=None, description="Question asked before it is done")
    primary: bool = False
