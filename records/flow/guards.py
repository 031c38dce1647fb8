"""Guards that actions may name: each tells why the action is not possible now, or nothing."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from records.errors import Refused
from records.fields import instant_of, missing_fields
from records.flow.capacity import OFFICE_VERBS
from records.flow.choosing import targets
from records.flow.decision import Situation
from records.flow.declarations import ActionDeclaration
from records.flow.marks import signed_digest
from records.flow.task import ANSWERED, Task, Verdict
from records.flow.task_list import of_round
from records.identity import UnitCode
from records.times.office_time import OFFICE_ZONE

Parameters = Mapping[str, str | int | bool | tuple[str, ...]]
Guard = Callable[[Situation, Parameters], Refused | None]


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
    for name in _names(given["fields"]):
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


def in_use(s: Situation, given: Parameters) -> Refused | None:
    """The record that `field` names stands in `state` (``not_in_use``): a room that is open."""
    field = str(given["field"])
    related = s.office.related.get(field)
    if related is not None and related.state == given["state"] and not related.deleted:
        return None
    return Refused("not_in_use", label=s.office.kind.fields[field].label)


def filed(s: Situation, given: Parameters) -> Refused | None:
    """The record that `field` names stands in `state`, in an archive of the own organ (补充件).

    ``not_filed`` where it does not, or is itself of this kind; ``other_organ``.
    """
    field = str(given["field"])
    related, label = s.office.related.get(field), s.office.kind.fields[field].label
    if related is None or related.state != given["state"] or related.kind == s.revision.kind:
        return Refused("not_filed", label=label)
    organ_of = s.office.organisation.organ_of
    theirs = organ_of(related.unit)
    if theirs.code == organ_of(s.revision.unit).code:
        return None
    return Refused("other_organ", label=label, organ=theirs.name)


def open_hours(s: Situation, given: Parameters) -> Refused | None:
    """From `from` to `to` the record of `field` is open, by its `open_from` and `open_to` as hh:mm.

    A time that is not given is no bound; more than one day is open only without bounds
    (``closed_hours``).
    """
    field, related = str(given["field"]), s.office.related.get(str(given["field"]))
    first, last = s.revision.fields.get(str(given["from"])), s.revision.fields.get(str(given["to"]))
    if related is None or not isinstance(first, str) or not isinstance(last, str):
        return None
    opens = _hour(related.fields.get("open_from"), none="00:00")
    closes = _hour(related.fields.get("open_to"), none="24:00")
    begins, ends = (instant_of(each).astimezone(OFFICE_ZONE) for each in (first, last))
    if (opens, closes) == ("00:00", "24:00"):
        return None
    same_day = begins.date() == ends.date()
    if same_day and opens <= f"{begins:%H:%M}" and f"{ends:%H:%M}" <= closes:
        return None
    label = s.office.kind.fields[field].label
    return Refused("closed_hours", label=label, hours=f"{opens}–{closes}")


def _hour(value: object, *, none: str) -> str:
    """A time of day as hh:mm; what is not one is no bound."""
    try:
        return f"{datetime.strptime(str(value), '%H:%M'):%H:%M}"  # noqa: DTZ007 - no day, no zone
    except ValueError:
        return none


def signed_text(s: Situation, given: Parameters) -> Refused | None:
    """Who signed by `action` signed the text as it stands now (条例 art. 25; ``text_changed``)."""
    names = _names(given["action"])
    signed = [each for each in s.revision.opinions if each.action in names]
    present = signed_digest(s.office.kind, s.revision)
    if signed and signed[-1].on == present and signed[-1].verdict is not Verdict.DISAGREE:
        return None
    who = signed[-1].name if signed else None
    return Refused("text_changed" if signed else "not_signed", action=s.action.label, by=who)


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def state_of_related(action: ActionDeclaration, field: str) -> str | None:
    """The state in which the record that a field names must stand; None where it is all one."""
    if action.copies is not None and action.copies.of == field:
        return action.copies.state
    named = (guard.with_ for guard in action.guards if guard.name == in_use.__name__)
    return next((str(each["state"]) for each in named if each["field"] == field), None)


GUARDS: Mapping[str, Guard] = {
    "complete": complete,
    "untouched": untouched,
    "unopened": unopened,
    "not_before": not_before,
    "apart": apart,
    "before": before,
    "in_order": in_order,
    "signed_text": signed_text,
    "in_use": in_use,
    "filed": filed,
    "open_hours": open_hours,
}
"""All guards that a kind may name."""

PARAMETERS: Mapping[str, frozenset[str]] = {
    "not_before": frozenset({"later", "than"}),
    "apart": frozenset({"fields"}),
    "before": frozenset({"field"}),
    "in_order": frozenset({"from", "to"}),
    "signed_text": frozenset({"action"}),
    "in_use": frozenset({"field", "state"}),
    "filed": frozenset({"field", "state"}),
    "open_hours": frozenset({"field", "from", "to"}),
}
"""What each takes; guards not named take nothing. All are checked when a kind is loaded."""

RELATED = frozenset({"in_use", "filed", "open_hours"})
"""Guards that look at the record which their `field` names."""
