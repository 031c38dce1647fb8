"""What lists are made of: facts of a record that its kind declares, and who has to do with it.

A fact is ``name=value``. The index keeps them all in one field, so that every kind has filters,
counts and lists without code of its own; what is true of a record now is decided here, from its
newest revision, wherever it is asked.
"""

from collections.abc import Iterable, Iterator

from records.fields import day_of
from records.flow.declarations import ReadBy
from records.flow.task import ANSWERED, Outcome
from records.identity import Login, Token
from records.lists.due_facts import due_facts_of
from records.lists.statistics import LATE, ON_TIME, TIMELY, dimension_of, terms_of
from records.queries.query import Fact, FactRange
from records.revision import FieldValue, Revision
from records.rights.reading import audience_of, carried_for
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType
from records.times.office_time import office_day

LONGEST = 200
"""Characters of a value: longer texts are for search, not for filters."""

URGENCIES = ("特提", "特急", "加急", "平急")
"""紧急程度, the most urgent first: GB/T 9704-2012, 7.2.4 (特急, 加急) and 电报 (特提 … 平急)."""

STANDING = "audience=standing"
"""Published to an audience, and something leads on from there: it has not run out (TZ-03)."""

AGAIN = "audience=again"
"""Delivered more than once (重新通知); `again_fact` says how often."""

_OWN_OUTCOMES = frozenset({Outcome.DONE, Outcome.RETURNED, Outcome.HANDED_ON, Outcome.READ})
_COUNTED = frozenset(
    {
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.TERM,
        FieldType.FLAG,
        FieldType.FOLDER,
        FieldType.UNIT,
        FieldType.UNITS,
    }
)
_ALWAYS = _COUNTED | {
    FieldType.DATE,
    FieldType.INSTANT,
    FieldType.PEOPLE,
    FieldType.RECORD,
    FieldType.RECORDS,
    FieldType.AUDIENCE,
}
_NEVER = frozenset({FieldType.LONG_TEXT, FieldType.ROWS})


def is_listed(field: FieldDeclaration) -> bool:
    """Whether lists may know the field at all.

    Long texts are for search; what is personal is for those alone who open the record.
    """
    return field.type not in _NEVER and not field.personal


def listed_fields(kind: Kind) -> tuple[str, ...]:
    """Fields that lists know: columns, orders, and all whose values are short by their type."""
    named = {*kind.list.columns, *(column.lstrip("-") for column in kind.list.sort)}
    return tuple(
        name
        for name, field in kind.fields.items()
        if is_listed(field) and (field.indexed or name in named or field.type in _ALWAYS)
    )


def counted_fields(kind: Kind) -> tuple[str, ...]:
    """Fields of few values, which a list page counts and offers to narrow by.

    Of texts those that the kind calls `indexed`.
    """
    fields = kind.fields
    return tuple(
        name
        for name in listed_fields(kind)
        if fields[name].type in _COUNTED
        or (fields[name].indexed and fields[name].type is FieldType.TEXT)
    )


def facts_of(kind: Kind, revision: Revision) -> frozenset[str]:
    """All facts of a record as it stands in this revision."""
    return frozenset(
        [
            *_of_fields(kind, revision),
            *_of_tasks(kind, revision),
            *_of_state(kind, revision),
            *_of_statistics(kind, revision),
            f"urgency={urgency_of(kind, revision) or '一般'}",
        ]
    )


def field_fact(name: str, value: str) -> str:
    """A field has this value; of a list, among others. Half a surrogate pair is a question mark."""
    return f"field.{name}={value}".encode(errors="replace").decode()


def holder_fact(token: Token) -> str:
    """Somebody holds an open task that keeps the record from moving on (待办)."""
    return f"holder={token}"


def blocked_fact(token: Token) -> str:
    """Somebody holds a task that waits for those of others (协办 before 主办)."""
    return f"blocked={token}"


def side_fact(token: Token) -> str:
    """Something lies before somebody to be read, and holds nothing up (待阅)."""
    return f"side={token}"


def handled_fact(login: Login) -> str:
    """A person ended a task by an action of his own (已办)."""
    return f"handled={login}"


EVERY_CLAIM = FactRange("claimed=", "claimed>")
"""Somebody took a task, whoever and whose it was."""


def claims_of(token: Token) -> FactRange:
    """Somebody took a task of `token`, whoever it was."""
    return FactRange(_claim(token), f"{_claim(token)}\U0010ffff")


def claimed_token(value: str) -> Token:
    """Of which token the task was, out of the value of such a fact."""
    return Token(value.partition(" ")[0])


def claim_fact(token: Token, login: Login) -> str:
    """A person took a task of `token` (认领)."""
    return f"{_claim(token)}{login}"


def left_claims(token: Token, standing: Iterable[Login]) -> tuple[Fact, ...]:
    """Somebody took a task of `token` who is none of those whose claims are `standing`.

    A claim ends with its claimer's office (ADD-10), of which a record knows nothing: so what is
    asked for are the gaps between those who are in office.
    """
    named = [claim_fact(token, each) for each in sorted(set(standing))]
    begins = [_claim(token), *(f"{each} " for each in named)]
    return tuple(map(FactRange, begins, [*named, f"{_claim(token)}\U0010ffff"]))


def started_fact(login: Login) -> str:
    """A person began the record, and it has a flow (我发起的)."""
    return f"started={login}"


def again_fact(often: int) -> str:
    """Delivered so often."""
    return f"audience=again-{often}"


def urgency_of(kind: Kind, revision: Revision) -> str:
    """紧急程度 of a record; empty where its kind has none, or it is an ordinary one."""
    value = next((revision.fields.get(name) for name in _urgency_fields(kind)), None)
    return value if isinstance(value, str) and value in URGENCIES else ""


def timeliness_of(kind: Kind, revision: Revision) -> str | None:
    """Whether a record that is done was done by its due day; None where nothing can be told.

    What counts is the day on which the last task with a deadline was done, not the later one on
    which somebody filed the record; without such tasks the day on which it came into its state.
    """
    due, state = revision.fields.get(kind.meaning.due or ""), kind.state(revision.state)
    if not isinstance(due, str) or not due or state is None or not state.done:
        return None
    ends = [
        task.done_at
        for task in revision.tasks
        if task.due_on and not task.side and task.done_at and task.ended_as in ANSWERED
    ]
    ended = max(ends, default=revision.entered_at or revision.event.at)
    return ON_TIME if office_day(ended) <= day_of(due) else LATE


def month_fact(name: str, month: str) -> str:
    """A day lies in this month of Beijing, as ``2026-12``; of fields that are counted by it."""
    return f"month.{name}={month}"


def summed_fields(kind: Kind) -> frozenset[str]:
    """Fields whose sums its statistics tell."""
    measures = (m for each in kind.statistics.values() for m in each.measures.values())
    return frozenset(measure.sum for measure in measures if measure.sum is not None)


def sum_name(name: str) -> str:
    """The name of the facts whose values add up to a field that statistics sum."""
    return f"sum.{name}"


def values_of(field: FieldDeclaration, value: FieldValue) -> tuple[str, ...]:
    """The values of a field as facts have them; none when it is empty."""
    if value is None or value == "":
        return ()
    if field.type is FieldType.FLAG:
        return ("true" if value else "false",)
    if isinstance(value, tuple):
        return value
    return (str(value),)


def _of_fields(kind: Kind, revision: Revision) -> Iterator[str]:
    for name in listed_fields(kind):
        for value in values_of(kind.fields[name], revision.fields.get(name)):
            if len(value) <= LONGEST:
                yield field_fact(name, value)


def _of_tasks(kind: Kind, revision: Revision) -> Iterator[str]:
    for task in revision.open_tasks:
        if task.blocked:
            yield blocked_fact(task.holder)
            continue
        yield f"step={task.label}"
        for holder in carried_for(task, kind.kind):
            if task.side:
                yield side_fact(holder)
            elif task.claimed_by:
                yield claim_fact(holder, task.claimed_by)
            else:
                yield holder_fact(holder)
    yield from due_facts_of(kind, revision)
    for task in revision.tasks:
        if task.done_by and task.ended_as in _OWN_OUTCOMES:
            yield handled_fact(task.done_by)


def _of_state(kind: Kind, revision: Revision) -> Iterator[str]:
    if kind.has_flow:
        yield f"state={kind.kind}/{revision.state}"
        for name in {revision.state, *(step.state for step in revision.trail)}:
            yield f"been={kind.kind}/{name}"
        yield started_fact(revision.owner)
    state = kind.state(revision.state)
    leads_on = any(revision.state in action.from_ for action in kind.actions.values())
    published = state is not None and state.read is ReadBy.AUDIENCE and kind.announces
    if published and leads_on and audience_of(kind, revision):
        yield STANDING
        if revision.delivered > 1:
            yield from (AGAIN, again_fact(revision.delivered))


def _of_statistics(kind: Kind, revision: Revision) -> Iterator[str]:
    """What statistics count by that no list shows as it is: units, months, sums, deadlines kept."""
    yield f"unit={revision.unit}"
    counted = {dimension_of(by) for each in kind.statistics.values() for by in each.by}
    for name in sorted({dimension.name for dimension in counted if dimension.each}):
        value = revision.fields.get(name)
        if isinstance(value, str) and value:
            yield month_fact(name, f"{day_of(value):%Y-%m}")
    for name in sorted(summed_fields(kind)):
        amount = revision.fields.get(name)
        if isinstance(amount, int):
            yield from (f"{sum_name(name)}={term}" for term in terms_of(amount))
    kept = timeliness_of(kind, revision)
    if kept:
        yield f"{TIMELY}={kept}"


def _urgency_fields(kind: Kind) -> Iterator[str]:
    """The field that the kind names; else those whose options are those of 紧急程度."""
    if kind.meaning.urgency:
        yield kind.meaning.urgency
    for name, field in kind.fields.items():
        if field.type is FieldType.CHOICE and {"特急", "加急"} & set(field.options):
            yield name


def _claim(token: Token) -> str:
    """Before the login of who took a task of `token`."""
    return f"claimed={token} "
