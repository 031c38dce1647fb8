"""Turns the effects that an action declares into those that its revision carries."""

from collections.abc import Iterator, Sequence

from records.consequences.effects import (
    FROM_FIELD,
    THIS_ORGAN,
    THIS_RECORD,
    AskAgain,
    CallChildren,
    ChildDeclaration,
    ChildValue,
    CreateChild,
    Deliver,
    Effect,
    EffectDeclaration,
    FinishParent,
    Notify,
    TellOrigin,
    TieDeclaration,
    TieTo,
)
from records.errors import Invalid
from records.flow.task import Task
from records.identity import Login, RecordId, Token, UnitCode
from records.people.organisation import Organisation
from records.revision import Revision
from records.rights.access import EVERYONE, person_token, unit_token
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType


def resolved(
    declarations: Sequence[EffectDeclaration],
    kind: Kind,
    revision: Revision,
    organisation: Organisation,
) -> tuple[Effect, ...]:
    """The effects of a decision whose outcome is `revision`, in order of declaration.

    Whoever is to be told is fixed now, as tokens; who they are is asked when it is done. A notice
    to nobody is left out. Pure.
    """
    effects: list[Effect] = []
    children = 0
    for declared in declarations:
        for effect in _resolved(declared, kind, revision, organisation):
            if isinstance(effect, CreateChild):
                children += 1
                effects.append(effect.model_copy(update={"number": children}))
            else:
                effects.append(effect)
    return tuple(effects)


def _resolved(
    declared: EffectDeclaration, kind: Kind, revision: Revision, organisation: Organisation
) -> Iterator[Effect]:
    if declared.deliver is not None:
        yield Deliver()
    elif declared.ask_again is not None:
        yield AskAgain()
    elif declared.finish is not None:
        yield FinishParent(outcome=declared.outcome or "done")
    elif declared.tell_origin is not None:
        yield TellOrigin(about=declared.tell_origin)
    elif declared.notify is not None and declared.about is not None:
        tokens = told(declared.notify, kind, revision)
        if tokens:
            yield Notify(about=declared.about, to=tokens)
    elif declared.children is not None:
        yield CallChildren(link=declared.children.link, take=declared.children.take)
    elif declared.tie is not None:
        yield from _tied(declared.tie, revision)
    if declared.create is not None:
        yield from _children(declared.create, kind, revision, organisation)


def _tied(tie: TieDeclaration, revision: Revision) -> Iterator[Effect]:
    named = revision.fields.get(tie.to)
    if isinstance(named, str) and named:
        yield TieTo(record=RecordId(named), link=tie.link)


def told(whom: str, kind: Kind, revision: Revision) -> tuple[Token, ...]:
    """The tokens of those whom `whom` names, each once: a word of `effect_check.TOLD`, a field."""
    if whom == "author":
        return (person_token(revision.owner),)
    if whom == "participants":
        return tuple(sorted(revision.participants))
    if whom == "holders":
        holders = [task.holder for task in revision.holding_tasks if not task.blocked]
        return tuple(dict.fromkeys(holders))
    if whom == "previous_holders":
        last = max((task.done_at for task in revision.tasks if task.done_at), default=None)
        closed = [task.holder for task in revision.tasks if last and task.done_at == last]
        return tuple(dict.fromkeys(closed))
    return tuple(dict.fromkeys(_tokens(whom, kind, revision)))


def _tokens(field: str, kind: Kind, revision: Revision) -> Iterator[Token]:
    """The tokens that a field of people names: itself a list of tokens, of units or of logins."""
    value = revision.fields.get(field)
    type_ = kind.fields[field].type
    for entry in value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ():
        if type_ in {FieldType.UNIT, FieldType.UNITS}:
            yield unit_token(UnitCode(entry))
        elif type_ is FieldType.PEOPLE:
            yield person_token(Login(entry))
        else:
            yield Token(entry)


def _children(
    create: ChildDeclaration, kind: Kind, revision: Revision, organisation: Organisation
) -> Iterator[CreateChild]:
    fields = {n: _value(value, revision, organisation) for n, value in create.fields.items()}
    to = _some(create.to, kind, revision) if create.to else ()
    if create.per == "once":
        yield _child(create, fields, unit=None, to=to)
        return
    for token in _some(create.per, kind, revision):
        scheme, _, name = token.partition(":")
        if scheme == "unit":
            unit = UnitCode(name)
            tasks = [t.number for t in revision.holding_tasks if _is_for(t, unit)]
            child = _child(create, fields, unit=unit, to=to)
            yield child.model_copy(update={"task": tasks[0] if len(tasks) == 1 else None})
        else:
            people = organisation.holders(token) if scheme == "person" else ()
            yield _child(create, fields, unit=people[0].unit if people else None, to=(token,))


def _some(field: str, kind: Kind, revision: Revision) -> tuple[Token, ...]:
    """Who a field names, to hold something. Raises Invalid (``everyone_holds``)."""
    tokens = told(field, kind, revision)
    if EVERYONE in tokens:
        label = kind.fields[field].label if field in kind.fields else field
        raise Invalid("everyone_holds", field=field, label=label, action=kind.title)
    return tokens


def _child(
    create: ChildDeclaration,
    fields: dict[str, ChildValue],
    *,
    unit: UnitCode | None,
    to: tuple[Token, ...],
) -> CreateChild:
    return CreateChild(
        kind=create.kind,
        number=1,
        fields=fields,
        files=create.files,
        link=create.link,
        unit=unit,
        to=to,
        author=create.author,
    )


def _is_for(task: Task, unit: UnitCode) -> bool:
    """Whether a task is held for the unit, or by a post in it."""
    if task.unit is not None:
        return task.unit == unit
    return task.holder == unit_token(unit) or task.holder.startswith(f"post:{unit}/")


def _value(value: ChildValue, revision: Revision, organisation: Organisation) -> ChildValue:
    if value == THIS_RECORD:
        return (revision.record,)
    if value == THIS_ORGAN:
        return organisation.organ_of(revision.unit).name
    if isinstance(value, str) and value.startswith(FROM_FIELD):
        return revision.fields.get(value.removeprefix(FROM_FIELD))
    return value
