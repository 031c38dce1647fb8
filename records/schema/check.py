"""Checks a kind as a whole: what no single key shows.

A kind passes when every name it uses exists, every state can be reached, every state that is not
done has a way out that somebody (not the clock alone) can take, and every task has a holder.
"""

from collections.abc import Iterator, Mapping

from records.faults import Fault, Place
from records.flow.check import flow_faults
from records.flow.check_names import actor_faults
from records.flow.declarations import ReadBy
from records.lists.facts import listed_fields
from records.lists.menu import BEGAN, HANDLED, MINE
from records.lists.statistics import STATE, TIMELINESS, TIMELY
from records.lists.statistics_check import statistics_faults
from records.schema.answer_check import answer_faults
from records.schema.kind import Kind
from records.schema.kind_fields import Condition, FieldDeclaration, FieldType


def faults_of(kind: Kind) -> Iterator[Fault]:
    """Each fault of the kind, gravest first."""
    yield from _word_faults(kind)
    yield from _field_faults(kind)
    yield from _list_faults(kind)
    yield from _menu_faults(kind)
    yield from _slip_faults(kind)
    yield from _same_faults(kind)
    yield from _meaning_faults(kind)
    yield from _start_faults(kind)
    yield from flow_faults(kind)
    yield from statistics_faults(kind)
    yield from _calendar_faults(kind)
    yield from answer_faults(kind)


def _word_faults(kind: Kind) -> Iterator[Fault]:
    """Names stand in addresses, in facts of the index and as keys: they are words."""
    for place in ("fields", "parts", "states", "actions"):
        for name in getattr(kind, place):
            if not name.isidentifier() or len(name) > _LONGEST_NAME:
                yield Fault((place, name), "bad_name", {"name": name})


_LONGEST_NAME = 40

_IN_CELLS = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CHOICE,
        FieldType.TERM,
        FieldType.DATE,
        FieldType.INSTANT,
        FieldType.INTEGER,
        FieldType.DECIMAL,
    }
)
"""What the cells of a table of rows may hold: one control each."""

_WITH_OPTIONS = frozenset({FieldType.CHOICE, FieldType.CHOICES})


def _field_faults(kind: Kind) -> Iterator[Fault]:
    for name in sorted(kind.fields.keys() & kind.parts.keys()):
        yield Fault(("parts", name), "field_and_part", {"name": name})
    for name, field in kind.fields.items():
        yield from _condition_faults(kind, ("fields", name, "required_if"), field.required_if)
        if (field.type in _WITH_OPTIONS) != bool(field.options):
            yield Fault(("fields", name), "options_of_choice")
        if (field.type is FieldType.TERM) != (field.dictionary is not None):
            yield Fault(("fields", name), "dictionary_of_term")
        if (field.type is FieldType.ROWS) != bool(field.columns):
            yield Fault(("fields", name), "columns_of_rows")
        for column, cell in field.columns.items():
            if cell.type not in _IN_CELLS:
                named = {"name": column, "type": "、".join(sorted(_IN_CELLS))}
                yield Fault(("fields", name, "columns", column), "no_field_of_type", named)
        if field.default is not None and not _is_default(field):
            yield Fault(("fields", name, "default"), "wrong_default", {"name": str(field.default)})
        yield from _cleared_faults(kind, ("fields", name), field.clears)
    for name, part in kind.parts.items():
        yield from _cleared_faults(kind, ("parts", name), part.clears)


def _list_faults(kind: Kind) -> Iterator[Fault]:
    for place, columns in (("columns", kind.list.columns), ("sort", kind.list.sort)):
        for column in columns:
            if column.lstrip("-") not in kind.fields:
                yield Fault(("list", place), "no_field", {"name": column})


def _same_faults(kind: Kind) -> Iterator[Fault]:
    known = listed_fields(kind) if kind.same else ()
    for name in kind.same:
        if name not in known:
            yield Fault(("same",), "no_field", {"name": name})


def _slip_faults(kind: Kind) -> Iterator[Fault]:
    named = kind.slip.opinions_in if kind.slip else ()
    for name in sorted(set(named) - set(kind.states)):
        yield Fault(("slip", "opinions_in"), "unknown_state", {"name": name})
    for row, box in kind.slip.boxes() if kind.slip else ():
        place: Place = ("slip", "rows", row)
        if (box.field is None) == (not box.opinions) or (box.opinions and not box.label):
            yield Fault(place, "field_or_opinions")
        if box.field is not None and box.field not in kind.fields:
            yield Fault(place, "no_field", {"name": box.field})
        for name in box.opinions:
            if name not in kind.actions:
                yield Fault(place, "no_action", {"name": name})


def _menu_faults(kind: Kind) -> Iterator[Fault]:
    for index, entry in enumerate(kind.menu.entries if kind.menu else ()):
        place: Place = ("menu", "entries", index)
        for position, actor in enumerate(entry.for_):
            yield from actor_faults(actor, (*place, "for", position), set())
        if entry.page == "calendar" and kind.calendar is None:
            yield Fault((*place, "page"), "no_calendar")
        if entry.page == "statistics" and not kind.statistics:
            yield Fault((*place, "page"), "no_statistics")
        if entry.tile and entry.tasks is None and not entry.where:
            yield Fault((*place, "tile"), "tile_counts_nothing")
        for name, values in entry.where.items():
            yield from _where_faults(kind, (*place, "where"), name, values)
        for name in entry.columns:
            if name != STATE and name not in kind.fields:
                yield Fault((*place, "columns"), "no_field", {"name": name})


def _calendar_faults(kind: Kind) -> Iterator[Fault]:
    calendar = kind.calendar
    if calendar is None:
        return
    for key, name, type_ in (
        ("of", calendar.of, FieldType.RECORD),
        ("from", calendar.from_, FieldType.INSTANT),
        ("to", calendar.to, FieldType.INSTANT),
        ("who", calendar.who, FieldType.TEXT),
    ):
        field = kind.fields.get(name)
        if field is None or field.type is not type_:
            yield Fault(("calendar", key), "no_field_of_type", {"name": name, "type": type_})
    for name in sorted(set(calendar.shows) - set(kind.states)):
        yield Fault(("calendar", "shows"), "unknown_state", {"name": name})
    for key, name in calendar.weekly or ():
        if name not in kind.actions:
            yield Fault(("calendar", "weekly", key), "no_action", {"name": name})


def _where_faults(kind: Kind, place: Place, name: str, values: tuple[str, ...]) -> Iterator[Fault]:
    """What is wrong with one filter of an entry."""
    if name == STATE:
        for value in set(values) - set(kind.states):
            yield Fault(place, "unknown_state", {"name": value})
    elif name == TIMELY and kind.has_flow and kind.meaning.due:
        for value in set(values) - set(TIMELINESS):
            yield Fault(place, "unknown_value", {"name": value})
    elif name == MINE and kind.has_flow:
        for value in set(values) - {BEGAN, HANDLED}:
            yield Fault(place, "unknown_value", {"name": value})
    elif name not in kind.fields:
        yield Fault(place, "no_field", {"name": name})


def _condition_faults(kind: Kind, place: Place, condition: Condition | None) -> Iterator[Fault]:
    for other, values in (condition or {}).items():
        declared = kind.fields.get(other)
        if declared is None:
            yield Fault(place, "no_field", {"name": other})
        elif declared.type is FieldType.FLAG and any(type(value) is not bool for value in values):
            yield Fault(place, "no_field_of_type", {"name": other, "type": FieldType.CHOICE})
        elif declared.type is not FieldType.FLAG and any(type(value) is bool for value in values):
            yield Fault(place, "no_field_of_type", {"name": other, "type": FieldType.FLAG})
        elif declared.options and not set(values) <= set(declared.options):
            yield Fault(place, "not_an_option", {"name": "、".join(map(str, values))})


def _cleared_faults(kind: Kind, place: tuple[str, str], marks: tuple[str, ...]) -> Iterator[Fault]:
    known = {mark for action in kind.actions.values() for mark in action.sets}
    for mark in marks:
        if mark not in known:
            yield Fault((*place, "clears"), "unknown_mark", {"name": mark})


def _is_default(field: FieldDeclaration) -> bool:
    given = field.default
    if field.type in _WITH_OPTIONS:
        return given in field.options
    if field.type is FieldType.FLAG:
        return isinstance(given, bool)
    if field.type is FieldType.INTEGER:
        return type(given) is int
    return field.type in _WORDS and isinstance(given, str)


_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.TERM, FieldType.DECIMAL})
"""Types whose default may be any words; others, as dates and people, have none."""


_MEANT: Mapping[str, frozenset[FieldType]] = {
    "title": frozenset({FieldType.TEXT}),
    "number": frozenset({FieldType.TEXT}),
    "dated_on": frozenset({FieldType.DATE, FieldType.INSTANT}),
    "audience": frozenset({FieldType.AUDIENCE, FieldType.UNITS}),
    "urgency": frozenset({FieldType.CHOICE, FieldType.TERM}),
    "due": frozenset({FieldType.DATE}),
    "body": frozenset({FieldType.LONG_TEXT}),
    "folder": frozenset({FieldType.FOLDER}),
    "issuer": frozenset({FieldType.TEXT, FieldType.TERM, FieldType.CHOICE, FieldType.UNIT}),
}

_IMPRINTED: Mapping[str, frozenset[FieldType]] = {
    "addressees": frozenset({FieldType.TEXT, FieldType.LONG_TEXT}),
    "copies": frozenset({FieldType.TEXT, FieldType.LONG_TEXT}),
    "signer": frozenset({FieldType.TEXT}),
    "dated_on": frozenset({FieldType.DATE}),
}


def _meaning_faults(kind: Kind) -> Iterator[Fault]:
    for meaning, types in _MEANT.items():
        given = getattr(kind.meaning, meaning)
        for name in given if isinstance(given, tuple) else (given,):
            if name is not None and (
                name not in kind.fields or kind.fields[name].type not in types
            ):
                named = {"name": name, "type": "、".join(sorted(types))}
                yield Fault(("meaning", meaning), "no_field_of_type", named)
    for said, types in _IMPRINTED.items():
        name = getattr(kind.meaning.imprint, said)
        if name is not None and (name not in kind.fields or kind.fields[name].type not in types):
            named = {"name": name, "type": "、".join(sorted(types))}
            yield Fault(("meaning", "imprint", said), "no_field_of_type", named)
    document = kind.meaning.document
    if document is not None and (document not in kind.parts or kind.parts[document].many):
        yield Fault(("meaning", "document"), "no_part", {"name": document})
    yield from _condition_faults(kind, ("meaning", "everyone_if"), kind.meaning.everyone_if)
    for name, state in kind.states.items():
        if state.read is ReadBy.AUDIENCE and not kind.meaning.audience:
            yield Fault(("states", name, "read"), "no_audience")
        if state.read is ReadBy.FOLDER and not kind.meaning.folder:
            yield Fault(("states", name, "read"), "no_folder")


def _start_faults(kind: Kind) -> Iterator[Fault]:
    if kind.has_flow and kind.start.state not in kind.states:
        yield Fault(("start", "state"), "unknown_state", {"name": kind.start.state or ""})
    if kind.start.received is not None and kind.start.received not in kind.states:
        yield Fault(("start", "received"), "unknown_state", {"name": kind.start.received})
    if not kind.has_flow and (kind.start.state or kind.actions):
        yield Fault(("start", "state"), "stateless")
    for index, actor in enumerate(kind.start.by):
        yield from actor_faults(actor, ("start", "by", index), {"anyone", "clock", "keeper"})
    for holder in kind.start.holder:
        if holder.startswith(("role:", "post:")):
            yield from actor_faults(holder, ("start", "holder"), set())
        else:
            yield Fault(("start", "holder"), "holder_of_start")
