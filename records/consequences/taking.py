"""Checks what a kind's actions take, and resolves it for one decision."""

import hashlib
import re
import string
import unicodedata
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from urllib.parse import quote

from records.consequences.reservations import (
    MOST_SLOTS,
    ORGAN,
    NameDeclaration,
    Names,
    NextNumber,
    NumberDeclaration,
    Reservation,
    SlotsDeclaration,
    TakesDeclaration,
)
from records.errors import Invalid, Refused
from records.faults import Fault, Place
from records.people.organisation import Organisation
from records.queries.numbering import number_key
from records.revision import Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from records.times.office_time import OFFICE_ZONE, office_day

_NAMED = re.compile(r"[^\s/.][^/]{0,59}")
_MOST_QUOTED = 190
"""A name becomes a segment of a key, 200 characters at most; a Chinese one takes nine of them."""

_WRITTEN = re.compile(r"(?P<series>.+)〔(?P<year>[0-9]{4})〕(?P<n>[0-9]+)号")
"""A number as papers bear it, in the form that `number_key` gives."""

_IN_FORM = frozenset({"series", "year", "n"})
_DIGITS = re.compile(r"(0[1-9][0-9]?)?")

_RESOURCES = frozenset({FieldType.RECORD, FieldType.CHOICE, FieldType.TERM})
_INSTANTS = frozenset({FieldType.INSTANT})
_SERIES = frozenset({FieldType.TEXT, FieldType.CHOICE, FieldType.TERM})
_YEARS = frozenset({FieldType.DATE, FieldType.TEXT})


def takes_faults(declaration: TakesDeclaration, kind: Kind) -> Iterator[Fault]:
    """What is wrong with what an action takes; places begin at `takes`."""
    if declaration.number is None and not declaration.slots and declaration.name is None:
        yield Fault((), "takes_nothing")
    if declaration.number is not None:
        yield from _number_faults(declaration.number, kind)
    for index, slots in enumerate(declaration.slots):
        place: Place = ("slots", index) if len(declaration.slots) > 1 else ("slots",)
        yield from _slots_faults(slots, kind, place)
    if declaration.name is not None:
        for field in declaration.name.of:
            if field not in kind.fields:
                yield Fault(("name", "of"), "no_field", {"name": field})


def _number_faults(number: NumberDeclaration, kind: Kind) -> Iterator[Fault]:
    for part in number.series:
        named = kind.fields.get(part)
        if named is not None and named.type not in _SERIES:
            wrong = {"name": part, "type": FieldType.CHOICE}
            yield Fault(("number", "series"), "no_field_of_type", wrong)
        if named is None and not _is_name(part):
            yield Fault(("number", "series"), "bad_series", {"name": part})
    if number.year is not None:
        dated = kind.fields.get(number.year)
        if dated is None or dated.type not in _YEARS:
            wrong = {"name": number.year, "type": FieldType.DATE}
            yield Fault(("number", "year"), "no_field_of_type", wrong)
    if number.field not in kind.fields or kind.fields[number.field].type is not FieldType.TEXT:
        wrong = {"name": number.field, "type": FieldType.TEXT}
        yield Fault(("number", "field"), "no_field_of_type", wrong)
    if number.again and not number.typed:
        yield Fault(("number", "again"), "again_is_typed")
    if not _is_form(number.form):
        yield Fault(("number", "form"), "bad_number_form")


def _is_form(form: str) -> bool:
    """Whether it holds {n}, {series} and {year} alone; `n` with zeros before it, to 99 digits."""
    try:
        parsed = [each for each in string.Formatter().parse(form) if each[1] is not None]
    except ValueError:
        return False
    plain = all(
        name in _IN_FORM and not conversion and _DIGITS.fullmatch(spec or "")
        for _, name, spec, conversion in parsed
    )
    return plain and any(name == "n" for _, name, _, _ in parsed)


def _slots_faults(slots: SlotsDeclaration, kind: Kind, place: Place) -> Iterator[Fault]:
    for key, name, types in (
        ("of", slots.of, _RESOURCES),
        ("from", slots.from_, _INSTANTS),
        ("to", slots.to, _INSTANTS),
    ):
        if name not in kind.fields or kind.fields[name].type not in types:
            named = {"name": name, "type": "、".join(sorted(types))}
            yield Fault((*place, key), "no_field_of_type", named)
    if 1440 % slots.quantum:
        yield Fault((*place, "quantum"), "bad_quantum")


def reservations_of(
    declaration: TakesDeclaration,
    kind: Kind,
    revision: Revision,
    *,
    now: datetime,
    organisation: Organisation,
) -> tuple[Reservation, ...]:
    """What a decision takes whose outcome is `revision`, before its number is filled in.

    A record that has its number keeps it and takes none. Raises Invalid (``bad_series``,
    ``bad_resource``, ``bad_slot``, ``slot_order``, ``slot_too_long``), Refused (``slot_past``,
    ``incomplete``).
    """
    found: list[Reservation] = [_slots(each, kind, revision, now) for each in declaration.slots]
    if declaration.name is not None:
        found.extend(_unique(declaration.name, kind, revision))
    if declaration.number is not None and declaration.number.typed:
        found.extend(_typed_number(declaration.number, kind, revision, organisation))
    elif declaration.number is not None and not revision.fields.get(declaration.number.field):
        organ = organisation.organ_of(revision.unit).name
        found.append(_next_number(declaration.number, kind, revision, now=now, organ=organ))
    return tuple(found)


def refuse_typed_numbers(kind: Kind, before: Revision | None, after: Revision) -> None:
    """Whether numbers that decisions take came by taking them (``typed_number``).

    One that was typed would be held by nobody, and another record could have it, too.
    """
    earlier = before.held_names if before is not None else ()
    if any(n.startswith("number/") for n in after.held_names if n not in earlier):
        return
    for action in kind.actions.values():
        field = action.takes.number.field if action.takes and action.takes.number else None
        was = before.fields.get(field) if before is not None and field is not None else None
        if field is not None and (after.fields.get(field) or None) != (was or None):
            raise Invalid("typed_number", field=field, label=kind.fields[field].label)


def _next_number(
    number: NumberDeclaration, kind: Kind, revision: Revision, *, now: datetime, organ: str
) -> NextNumber:
    series = _series(number, kind, revision, organ)
    if not _is_name(series):
        raise Invalid("bad_series", given=series, field=number.series[0])
    year = _year(number, kind, revision, now)
    return NextNumber(
        series=series, year=year, field=number.field, form=number.form, most=number.most
    )


def _typed_number(
    number: NumberDeclaration, kind: Kind, revision: Revision, organisation: Organisation
) -> Iterator[Names]:
    """The name of a number as it stands on paper; nothing once the record holds one.

    Raises Invalid (``unlike_number``): not of the series, or not of the form 代字〔年〕序号.
    """
    if any(name.startswith("number/") for name in revision.held_names):
        return
    organ = organisation.organ_of(revision.unit).name
    series = _series(number, kind, revision, organ)
    read = _WRITTEN.fullmatch(number_key(_given(number.field, kind, revision)) or "")
    if read is None or read["series"] != unicodedata.normalize("NFKC", series).lower():
        label = kind.fields[number.field].label
        raise Invalid("unlike_number", field=number.field, label=label, series=series)
    name = f"number/{series}/{read['year']}/{int(read['n']):06d}"
    yield Names(names=(name,), reason="number", again=number.again)


def _series(number: NumberDeclaration, kind: Kind, revision: Revision, organ: str) -> str:
    """The name of the series; of several parts those that are not filled are left out."""
    if len(number.series) == 1 and number.series[0] in kind.fields:
        return _given(number.series[0], kind, revision)
    parts = (
        organ
        if part == ORGAN
        else str(revision.fields.get(part) or "")
        if part in kind.fields
        else part
        for part in number.series
    )
    return "-".join(part for part in parts if part)


def _year(number: NumberDeclaration, kind: Kind, revision: Revision, now: datetime) -> int:
    if number.year is None:
        return office_day(now).year
    value = _given(number.year, kind, revision)
    year = re.match(r"[12][0-9]{3}", value)
    if year is None:
        raise Invalid("bad_year", given=value, field=number.year)
    return int(year[0])


def _slots(slots: SlotsDeclaration, kind: Kind, revision: Revision, now: datetime) -> Names:
    resource = _given(slots.of, kind, revision)
    if not _is_name(resource):
        raise Invalid("bad_resource", given=resource, field=slots.of)
    begins = _instant(slots.from_, kind, revision)
    ends = _instant(slots.to, kind, revision)
    if ends <= begins:
        raise Invalid("slot_order", field=slots.to, label=kind.fields[slots.to].label)
    if begins < now:
        raise Refused("slot_past", field=slots.from_, label=kind.fields[slots.from_].label)
    names = tuple(slot_names(resource, begins, ends, quantum_minutes=slots.quantum))
    if len(names) > MOST_SLOTS:
        days = MOST_SLOTS * slots.quantum // 1440
        raise Invalid("slot_too_long", field=slots.to, max_days=days)
    label = kind.fields[slots.of].label
    return Names(names=names, reason="slot", capacity=slots.capacity, label=label)


def slot_names(
    resource: str, begins: datetime, ends: datetime, *, quantum_minutes: int
) -> Iterator[str]:
    """The names of every quantum that the time touches, in order; `MOST_SLOTS` and one at most.

    The last instant touches nothing: the next booking may begin there.
    """
    quantum = timedelta(minutes=quantum_minutes)
    local = begins.astimezone(OFFICE_ZONE)
    midnight = datetime.combine(local.date(), time(), OFFICE_ZONE)
    at = midnight + (local - midnight) // quantum * quantum
    for _ in range(MOST_SLOTS + 1):
        if at >= ends:
            return
        yield f"slot/{resource}/{at:%Y-%m-%d}/{at:%H%M}"
        at += quantum


def _unique(name: NameDeclaration, kind: Kind, revision: Revision) -> Iterator[Names]:
    """The name of the values, however they are spelt; nothing while all of them are empty."""
    values = [
        "".join(unicodedata.normalize("NFKC", str(revision.fields.get(field) or "")).split())
        for field in name.of
    ]
    if any(values):
        digest = hashlib.sha256("\n".join(values).casefold().encode()).hexdigest()[:32]
        yield Names(names=(f"unique/{kind.kind}/{digest}",), reason="unique")


def _is_name(text: str) -> bool:
    return bool(_NAMED.fullmatch(text)) and len(quote(text, safe="")) <= _MOST_QUOTED


def _given(field: str, kind: Kind, revision: Revision) -> str:
    value = revision.fields.get(field)
    if not isinstance(value, str) or not value:
        raise Refused("incomplete", missing=(kind.fields[field].label,))
    return value


def _instant(field: str, kind: Kind, revision: Revision) -> datetime:
    """ISO 8601; an instant without a zone is Beijing time."""
    value = _given(field, kind, revision)
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise Invalid("bad_slot", field=field, label=kind.fields[field].label) from error
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_ZONE)
