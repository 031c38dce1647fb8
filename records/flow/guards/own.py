"""Guards over the record itself: each tells why an action is not possible now, or nothing."""

from collections.abc import Mapping
from datetime import date

from records.errors import Refused
from records.fields import instant_of, missing_fields
from records.flow.capacity import OFFICE_VERBS
from records.flow.choosing import targets
from records.flow.decision import Situation
from records.flow.guards.related import Guard, Parameters, names_in
from records.flow.marks import signed_digest
from records.flow.task import ANSWERED, Task, Verdict
from records.flow.task_list import of_round
from records.identity import UnitCode


def complete(s: Situation, _: Parameters) -> Refused | None:
    """Every required field and part is filled (``incomplete``, with the labels missing)."""
    kind, revision = s.office.kind, s.revision
    missing = missing_fields(kind, revision.fields)
    held = {file.part for file in revision.files}
    missing += tuple(
        part.label for name, part in kind.parts.items() if part.required and name not in held
    )
    return Refused("incomplete", missing=missing) if missing else None


def untouched(s: Situation, _: Parameters) -> Refused | None:
    """Nobody has acted since the record came here (``already_acted``, by whom)."""
    acted = next(
        (
            task
            for task in of_round(s.revision.state, s.revision.tasks)
            if task.ended_as in ANSWERED and task.done_by is not None
        ),
        None,
    )
    if acted is None or acted.done_by is None:
        return None
    return Refused("already_acted", by=s.office.organisation.name_of(acted.done_by))


def unopened(s: Situation, given: Parameters) -> Refused | None:
    """Nobody who holds a task here has opened the record (``already_opened``, by whom).

    Of an action that touches tasks of others it is about those that are named; before any is, one
    of them that nobody has opened is enough.
    """
    if s.action.task in OFFICE_VERBS:
        possible, named = targets(s), set(s.given.tasks)
        seen = {task.number: _opener(s, task) for task in possible}
        wanted = [by for number, by in seen.items() if not named or number in named]
        if not named and None in wanted and len(wanted) > 1:
            return None
        by = next((each for each in wanted if each is not None), None)
        return Refused("already_opened", by=by) if by is not None else None
    if (refusal := untouched(s, given)) is not None:
        return refusal
    openers = (_opener(s, task) for task in s.revision.holding_tasks)
    by = next((each for each in openers if each is not None), None)
    return Refused("already_opened", by=by) if by is not None else None


def _opener(s: Situation, task: Task) -> str | None:
    """Who holds the task and has opened the record, by his name; not the actor."""
    opened = s.office.opened_by or frozenset()
    return next(
        (
            person.name
            for person in s.office.organisation.holders(task.holder)
            if person.login in opened and person.login != s.actor.login
        ),
        None,
    )


def not_before(s: Situation, given: Parameters) -> Refused | None:
    """The day of `later` is not before that of `than` (``day_before``)."""
    kind, values = s.office.kind, s.revision.fields
    later, than = str(given["later"]), str(given["than"])
    if not values.get(later) or not values.get(than) or str(values[later]) >= str(values[than]):
        return None
    return Refused("day_before", later=kind.fields[later].label, than=kind.fields[than].label)


def apart(s: Situation, given: Parameters) -> Refused | None:
    """No value stands in two of `fields` (``named_twice``): no unit is 主办 and 协办."""
    kind, values = s.office.kind, s.revision.fields
    seen: dict[str, str] = {}
    for name in names_in(given["fields"]):
        value = values.get(name)
        for each in (
            (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        ):
            if each in seen and seen[each] != name:
                labels = f"{kind.fields[seen[each]].label}、{kind.fields[name].label}"
                name_of = s.office.organisation.unit_name
                return Refused("named_twice", name=name_of(UnitCode(each)), labels=labels)
            seen[each] = name
    return None


def before(s: Situation, given: Parameters) -> Refused | None:
    """The day or instant of `field` is still to come (``too_late``)."""
    name = str(given["field"])
    value = s.revision.fields.get(name)
    if not isinstance(value, str) or not value:
        return None
    past = (
        instant_of(value) <= s.office.now
        if "T" in value
        else date.fromisoformat(value) < s.office.today
    )
    label = s.office.kind.fields[name].label
    return Refused("too_late", label=label, action=s.action.label) if past else None


def in_order(s: Situation, given: Parameters) -> Refused | None:
    """The instant of `from` comes before that of `to` (``ends_before``)."""
    values, kind = s.revision.fields, s.office.kind
    begins, ends = str(given["from"]), str(given["to"])
    if not values.get(begins) or not values.get(ends) or str(values[begins]) < str(values[ends]):
        return None
    return Refused("ends_before", begins=kind.fields[begins].label, ends=kind.fields[ends].label)


def not_less(s: Situation, given: Parameters) -> Refused | None:
    """The number in `field` is no less than that in `than` (``less_than``): mileages."""
    values, fields = s.revision.fields, s.office.kind.fields
    field, than = str(given["field"]), str(given["than"])
    value, least = values.get(field), values.get(than)
    if not isinstance(value, int) or not isinstance(least, int) or value >= least:
        return None
    return Refused("less_than", label=fields[field].label, than=fields[than].label, least=least)


def signed_text(s: Situation, given: Parameters) -> Refused | None:
    """Who signed by `action` signed the text as it stands now (条例 art. 25; ``text_changed``)."""
    names = names_in(given["action"])
    signed = [each for each in s.revision.opinions if each.action in names]
    present = signed_digest(s.office.kind, s.revision)
    if signed and signed[-1].on == present and signed[-1].verdict is not Verdict.DISAGREE:
        return None
    who = signed[-1].name if signed else None
    return Refused("text_changed" if signed else "not_signed", action=s.action.label, by=who)


def not_named(s: Situation, given: Parameters) -> Refused | None:
    """Who acts is none of the people in `field` (``named_in``): nobody decides on himself."""
    field = str(given["field"])
    named = s.revision.fields.get(field)
    if not isinstance(named, tuple) or s.actor.login not in named:
        return None
    return Refused("named_in", label=s.office.kind.fields[field].label, action=s.action.label)


OWN_GUARDS: Mapping[str, Guard] = {
    "complete": complete,
    "untouched": untouched,
    "unopened": unopened,
    "not_before": not_before,
    "apart": apart,
    "before": before,
    "in_order": in_order,
    "signed_text": signed_text,
    "not_less": not_less,
    "not_named": not_named,
}
"""Each by the name that kinds call it by."""
