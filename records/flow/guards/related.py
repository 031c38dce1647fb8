"""Guards over the record that a field names: a room that is open, a car that may be driven."""

from collections.abc import Callable, Mapping
from datetime import datetime

from records.errors import Refused
from records.fields import day_of, instant_of
from records.flow.decision import Situation
from records.flow.declarations import ActionDeclaration
from records.meaning import title_of
from records.times.office_time import OFFICE_ZONE

Parameters = Mapping[str, str | int | bool | tuple[str, ...]]
Guard = Callable[[Situation, Parameters], Refused | None]

OF_RELATED = frozenset({"until", "bound"})
"""Parameters that name fields of that record (`records.schema.related_check`)."""


def in_use(s: Situation, given: Parameters) -> Refused | None:
    """The record that `field` names stands in `state` (``not_in_use``): a room that is open."""
    field = str(given["field"])
    related = s.office.related.get(field)
    if related is not None and related.state == given["state"] and not related.deleted:
        return None
    return Refused("not_in_use", label=s.office.kind.fields[field].label)


def state_of_related(action: ActionDeclaration, field: str) -> str | None:
    """The state in which the record that a field names must stand; None where it is all one."""
    if action.copies is not None and action.copies.of == field:
        return action.copies.state
    named = (guard.with_ for guard in action.guards if guard.name == in_use.__name__)
    return next((str(each["state"]) for each in named if each["field"] == field), None)


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


def unexpired(s: Situation, given: Parameters) -> Refused | None:
    """On the day of `day` no `until` of the record that `field` names is over (``expired``).

    The last day itself is still good (年检、保险、驾照).
    """
    field, on = str(given["field"]), s.revision.fields.get(str(given["day"]))
    related, kind = s.office.related.get(field), s.office.kinds.get(field)
    if related is None or kind is None or not isinstance(on, str) or not on:
        return None
    label, name = s.office.kind.fields[field].label, title_of(kind, related)
    for each in names_in(given["until"]):
        until = related.fields.get(each)
        if isinstance(until, str) and until and day_of(until) < day_of(on):
            what = kind.fields[each].label
            return Refused("expired", label=label, name=name, what=what, until=until)
    return None


def at_most(s: Situation, given: Parameters) -> Refused | None:
    """`count` is no more than `bound` of the record that `field` names (``too_many``)."""
    field, count = str(given["field"]), str(given["count"])
    related, kind = s.office.related.get(field), s.office.kinds.get(field)
    if related is None or kind is None:
        return None
    wanted, most = s.revision.fields.get(count), related.fields.get(str(given["bound"]))
    if not isinstance(wanted, int) or not isinstance(most, int) or wanted <= most:
        return None
    labels = {"label": s.office.kind.fields[field].label, "what": s.office.kind.fields[count].label}
    bound = kind.fields[str(given["bound"])].label
    name = title_of(kind, related)
    return Refused("too_many", **labels, name=name, count=wanted, bound=bound, most=most)


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


def names_in(value: object) -> tuple[str, ...]:
    """A parameter of one name or several."""
    return value if isinstance(value, tuple) else (str(value),)


RELATED_GUARDS: Mapping[str, Guard] = {
    "in_use": in_use,
    "filed": filed,
    "open_hours": open_hours,
    "unexpired": unexpired,
    "at_most": at_most,
}
"""Each by the name that kinds call it by; its record is that which `field` names."""
