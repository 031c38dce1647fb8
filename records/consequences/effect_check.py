"""Checks what effects a kind declares: their verbs, and that all they name is there."""

from collections.abc import Iterator

from records.consequences.effects import (
    FROM_FIELD,
    THIS_RECORD,
    ChildDeclaration,
    ChildrenDeclaration,
    EffectDeclaration,
)
from records.errors import Invalid
from records.faults import Fault
from records.schema.kind import Kind, Kinds
from records.schema.kind_fields import FieldType

VERBS = ("deliver", "ask_again", "notify", "create", "finish", "children", "tie", "tell_origin")
TOLD = frozenset({"holders", "author", "participants", "previous_holders"})
"""Whom `notify` may name, besides a field of people."""

_PEOPLE = frozenset({FieldType.AUDIENCE, FieldType.UNIT, FieldType.UNITS, FieldType.PEOPLE})
"""Types of fields that name somebody."""


def effect_faults(declaration: EffectDeclaration, kind: Kind) -> Iterator[Fault]:
    """What is wrong with an effect in this kind; places begin at the effect."""
    verbs = [verb for verb in VERBS if getattr(declaration, verb) is not None]
    if len(verbs) != 1:
        yield Fault((), "one_verb")
        return
    if (declaration.about is None) != (declaration.notify is None):
        yield Fault(("about",), "about_of_notify")
    if declaration.outcome is not None and declaration.finish is None:
        yield Fault(("outcome",), "outcome_of_finish")
    if declaration.deliver is not None and not kind.meaning.audience:
        yield Fault(("deliver",), "no_audience")
    if declaration.notify is not None and declaration.notify not in TOLD:
        yield from _people_faults(kind, "notify", declaration.notify)
    if declaration.tie is not None:
        named = declaration.tie.to
        if named not in kind.fields or kind.fields[named].type is not FieldType.RECORD:
            wrong = {"name": named, "type": FieldType.RECORD.value}
            yield Fault(("tie", "to"), "no_field_of_type", wrong)
    if declaration.create is not None:
        yield from _create_faults(kind, declaration.create)


def _create_faults(kind: Kind, create: ChildDeclaration) -> Iterator[Fault]:
    if create.per != "once":
        for fault in _people_faults(kind, "per", create.per):
            yield Fault(("create", *fault.place), fault.word, fault.named)
    if create.to is not None:
        for fault in _people_faults(kind, "to", create.to):
            yield Fault(("create", *fault.place), fault.word, fault.named)
    for name, value in create.fields.items():
        if isinstance(value, str) and value.startswith(FROM_FIELD):
            parent = value.removeprefix(FROM_FIELD)
            if parent not in kind.fields:
                yield Fault(("create", "fields", name), "no_field", {"name": parent})
    for name, part in create.files.items():
        if part not in kind.parts:
            yield Fault(("create", "files", name), "no_part", {"name": part})


def _people_faults(kind: Kind, key: str, name: str) -> Iterator[Fault]:
    if name not in kind.fields or kind.fields[name].type not in _PEOPLE:
        yield Fault((key,), "no_field_of_type", {"name": name, "type": "、".join(sorted(_PEOPLE))})


def child_faults(kind: Kind, kinds: Kinds) -> Iterator[Fault]:
    """What is wrong with the children that a kind's effects begin, all kinds being known.

    A child begins complete: every required field without a default is given, and it is of the
    parent's type.
    """
    for name, action in kind.actions.items():
        for index, effect in enumerate(action.effects):
            place = ("actions", name, "effects", index)
            if effect.create is not None:
                for fault in _child_faults(kind, effect.create, kinds):
                    yield Fault((*place, "create", *fault.place), fault.word, fault.named)
            if effect.children is not None:
                for fault in _called_faults(kind, effect.children, kinds):
                    yield Fault((*place, "children", *fault.place), fault.word, fault.named)


def _called_faults(kind: Kind, called: ChildrenDeclaration, kinds: Kinds) -> Iterator[Fault]:
    """Whether there are such children, and each of their kinds knows one of the actions."""
    begun = {
        effect.create.kind
        for action in kind.actions.values()
        for effect in action.effects
        if effect.create is not None and effect.create.link == called.link
    }
    if not begun:
        yield Fault(("link",), "no_children_so_linked", {"name": called.link})
    for name in sorted(begun):
        child = kinds.find(name)
        for index, wanted in enumerate(called.take):
            action = child.actions.get(wanted) if child is not None else None
            if action is None or action.called is None:
                yield Fault(("take", index), "not_called", {"name": wanted, "kind": name})


def _child_faults(parent: Kind, create: ChildDeclaration, kinds: Kinds) -> Iterator[Fault]:
    try:
        child = kinds.get(create.kind)
    except Invalid:
        yield Fault(("kind",), "unknown_child", {"name": create.kind})
        return
    if "clock" not in child.start.by:
        yield Fault(("kind",), "child_not_begun", {"name": create.kind})
    yield from _value_faults(parent, child, create)
    for name in create.files:
        if name not in child.parts:
            yield Fault(("files", name), "no_part", {"name": name})
    for name, field in child.fields.items():
        needed = name == child.meaning.title if child.has_flow else field.required
        if needed and field.default is None and name not in create.fields:
            yield Fault(("fields",), "child_field_missing", {"name": name})


def _value_faults(parent: Kind, child: Kind, create: ChildDeclaration) -> Iterator[Fault]:
    for name, value in create.fields.items():
        if name not in child.fields:
            yield Fault(("fields", name), "no_field", {"name": name})
        elif value == THIS_RECORD and child.fields[name].type is not FieldType.RECORDS:
            named = {"name": name, "type": FieldType.RECORDS.value}
            yield Fault(("fields", name), "no_field_of_type", named)
        elif isinstance(value, str) and value.startswith(FROM_FIELD):
            field = parent.fields.get(value.removeprefix(FROM_FIELD))
            if field is not None and not _fits(field.type, child.fields[name].type):
                named = {"name": name, "type": field.type.value}
                yield Fault(("fields", name), "no_field_of_type", named)


def _fits(given: FieldType, wanted: FieldType) -> bool:
    texts = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE}
    return given is wanted or (given in texts and wanted in {FieldType.TEXT, FieldType.LONG_TEXT})
