"""What a kind declares of its flow: states, what they wait for, and the actions between them.

An action does one of two things: **the record moves** (`to`) or **one task moves** (`task`).
What a state with several tasks waits for is declared by the state (`join`), never by whoever
happens to act last (docs/adr/0010-tasks-and-decisions.md).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from records.declared import Declared
from records.effects import EffectDeclaration
from records.flow.task import Verdict
from records.identity import PostName
from records.kind_fields import Condition
from records.reservations import TakesDeclaration


class ReadBy(StrEnum):
    """Who may read a record in a state, besides those whom a grant names."""

    PARTICIPANTS = "participants"
    """Everyone who has held or holds a task on it, and its author."""
    AUDIENCE = "audience"
    """The participants and the tokens of the fields that `meaning.audience` names."""
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
    """Whom a task goes to: exactly one of post, role, author, field, previous, chosen."""

    post: PostName | None = None
    of: str = Field(
        default="author_unit",
        description="Where the post is looked for: author_unit (upward), own_organ, field:NAME",
    )
    role: str | None = None
    author: bool = False
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

    workdays: int | None = Field(default=None, ge=1)
    days: int | None = Field(default=None, ge=1)
    field: str | None = None


class StateDeclaration(Declared):
    """A state of a flow."""

    label: str
    read: ReadBy
    edit: tuple[str, ...] = Field(
        default=(),
        description="Who may change fields and files: author, holder, holder:LABEL, granted, "
        "post:NAME (of the organ)",
    )
    done: bool = Field(default=False, description="Nothing waits for anybody any more")
    frozen: bool = Field(default=False, description="Nobody changes it again, whoever he is (归档)")
    due: Due | None = None
    join: Join | None = None
    remind: tuple[int, ...] = Field(
        default=(), description="Working days before (negative) and after the due day"
    )
    was: tuple[str, ...] = Field(default=(), description="States of earlier versions it stands for")


class OpinionRule(StrEnum):
    """Whether an action takes an opinion."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Verb(StrEnum):
    """What happens to one task, where the record does not move."""

    DONE = "done"
    """The own task ends."""
    KEEP = "keep"
    """No task changes: progress, 催办, a button of a hub."""
    HAND_ON = "hand_on"
    """转办: the own task goes to one chosen person, for good."""
    DELEGATE = "delegate"
    """委派: the own task waits until one chosen person has answered."""
    ADD_BEFORE = "add_before"
    """前加签: chosen people act first, then the own task."""
    ADD_BESIDE = "add_beside"
    """并行加签: chosen people as well."""
    ADD_AFTER = "add_after"
    """后加签: chosen people act once the own task is done."""
    REMOVE = "remove"
    """减签: chosen tasks of others that nobody acted on."""
    WAIVE = "waive"
    """免除: chosen tasks are let go, with a reason."""
    REASSIGN = "reassign"
    """改派: a chosen task goes to a chosen person or unit."""
    ENTER = "enter"
    """补录: what the holder of a chosen task said on paper."""
    CLAIM = "claim"
    """认领: one of several holders takes the task."""
    RELEASE = "release"
    """A claimed task goes back to all its holders."""
    CIRCULATE = "circulate"
    """传阅, 抄送, 沟通: side tasks for chosen people."""
    RECALL = "recall"
    """Side tasks that nobody opened are taken back."""
    READ = "read"
    """已阅, an answer: the own side task ends."""
    TIME_OUT = "time_out"
    """The clock ends every open task of the state (逾期视为无意见)."""
    FINISH = "finish"
    """The clock ends the task that waited for a child record, as the child ended (SUB-01)."""
    SUSPEND = "suspend"
    """挂起: nobody acts and no day counts until it is resumed."""
    RESUME = "resume"


PREVIOUS = "previous"
"""As `to`: the step that was left last, open for those who held it (退回上一步, 拿回)."""

CHOSEN_STEP = "chosen"
"""As `to`: a step the record has passed, which the actor names (退回指定步骤)."""

ANY_STATE = "any"
"""As `to` with chosen people: whatever state (跳转); as `from`: every state that is not done."""

LAST = "last"
"""As `to` out of a done state: the step before it, open for those who held it (唤醒)."""

TARGETS = frozenset({PREVIOUS, CHOSEN_STEP, ANY_STATE, LAST})


class ActionField(Declared):
    """A field that an action takes, whether or not the state lets it be edited."""

    required: bool = False
    label: str | None = None


class At(Declared):
    """When the clock acts: after the day (at the instant) of a field, or counted in workdays."""

    field: str | None = None
    entered: int | None = Field(default=None, ge=0, description="Workdays since the state began")
    overdue: int | None = Field(default=None, ge=0, description="Workdays after the tasks' due day")


def _at(given: object) -> object:
    return {"field": given} if isinstance(given, str) else given


class GuardCall(Declared):
    """A guard by name, with its parameters: ``complete`` or ``{not_before: {…}}``."""

    name: str
    with_: dict[str, str | int | bool | tuple[str, ...]] = Field(default={}, alias="with")


def _guard(given: object) -> object:
    if isinstance(given, str):
        return {"name": given}
    if isinstance(given, dict) and len(given) == 1 and "name" not in given:
        name, parameters = next(iter(given.items()))
        return {"name": name, "with": parameters}
    return given


def _sets(given: object) -> object:
    return dict.fromkeys(given, "") if isinstance(given, list | tuple) else given


class ActionDeclaration(Declared):
    """One way on, the only ones there are (M05): the record moves, or one task moves."""

    label: str
    from_: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str | None = Field(default=None, description="A state, or a word of TARGETS")
    task: Verb | None = None
    by: tuple[str, ...] = Field(
        min_length=1,
        description="author, holder, holder:LABEL, sender, reader, participant, clock, role:NAME, "
        "post:NAME (of the organ)",
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
    guards: tuple[Annotated[GuardCall, BeforeValidator(_guard)], ...] = ()
    needs: tuple[str, ...] = Field(default=(), description="Marks that must be set (FW: 清稿)")
    sets: Annotated[dict[str, str], BeforeValidator(_sets)] = Field(
        default={}, description="Marks that it sets → the part or field that each certifies"
    )
    clears: tuple[str, ...] = Field(default=(), description="Marks that it takes away")
    stamps: str | None = Field(default=None, description="A date field that gets today's date")
    opinion: OpinionRule = OpinionRule.NONE
    verdict: Verdict | None = Field(default=None, description="Written with or without words")
    unheld: bool = Field(
        default=False,
        description="Of a reassignment: only tasks that nobody in office holds any more; not shown "
        "as long as there are none",
    )
    others_only: bool = Field(default=False, description="Not by the record's own author")
    fields: dict[str, ActionField] = Field(default={})
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
    at: Annotated[At | None, BeforeValidator(_at)] = None
    confirm: str | None = Field(default=None, description="Question asked before it is done")
    primary: bool = False
