"""Where a record stands in the orders of lists: keys whose characters sort as people expect.

A key holds hexadecimal digits, ``z`` and ``-``. The same keys stand in every index and are made
here for records that the index does not know yet, so that both can be told in one row.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial

from records.fields import day_of
from records.lists.facts import URGENCIES, is_listed, urgency_of
from records.queries.search import COLUMNS, ListOrder
from records.revision import FieldValue, Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType
from records.times.deadlines import due_of

TEXT_LENGTH = 40
"""Characters of a text that count; of those that agree so far the older record stands first."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_INSTANT = 2**64 - 1
_LEAST = 2**63
"""Added to whole numbers, so that negative ones sort before the others."""

_NO_DAY = "99999999"
_NUMBER_WIDTH = 8
_DIGITS = re.compile("[0-9]+")
_INVERTED = str.maketrans("0123456789abcdef", "fedcba9876543210")


def sorted_columns(kind: Kind) -> dict[str, ListOrder]:
    """Fields that a list of the kind can be sorted by, each with its column of the index."""
    named = [*kind.list.columns, *(column.lstrip("-") for column in kind.list.sort)]
    fields = [name for name in dict.fromkeys(named) if is_listed(kind.fields[name])]
    return dict(zip(fields, COLUMNS, strict=False))


def keys_of(kind: Kind, revision: Revision) -> tuple[tuple[ListOrder, str], ...]:
    """The keys of a record, one for each order in which it stands; work is of kinds with a flow."""
    return tuple((by, key()) for by, key in _keys(kind, revision))


def key_of(kind: Kind, revision: Revision, by: ListOrder) -> str | None:
    """The key of one order, at the price of one; None where the record does not stand in it."""
    return next((key() for each, key in _keys(kind, revision) if each is by), None)


def _keys(kind: Kind, revision: Revision) -> Iterator[tuple[ListOrder, Callable[[], str]]]:
    if kind.has_flow:
        yield ListOrder.WORK, partial(work_key, kind, revision)
    yield ListOrder.CHANGED, lambda: f"{_microseconds(revision.event.at):016x}"
    yield ListOrder.LIST, partial(_declared_key, kind, revision)
    for name, by in sorted_columns(kind).items():
        yield by, partial(value_key, kind.fields[name], revision.fields.get(name))


def work_key(kind: Kind, revision: Revision) -> str:
    """特急 before 加急 before 一般, then the earlier deadline, then what arrived last (GT-06)."""
    urgency = urgency_of(kind, revision)
    rank = URGENCIES.index(urgency) if urgency else len(URGENCIES)
    open_tasks = [task for task in revision.open_tasks if not task.blocked]
    meant = revision.fields.get(kind.meaning.due or "")
    due = due_of(revision) or (day_of(meant) if isinstance(meant, str) and meant else None)
    arrived = max((task.opened_at for task in open_tasks), default=revision.event.at)
    return f"{rank}{_day(due)}{_LAST_INSTANT - _microseconds(arrived):016x}"


def value_key(field: FieldDeclaration, value: FieldValue) -> str:
    """Where a value stands among others of its field; an empty one before all.

    Choices stand in the order of their options; numbers within texts count as numbers, so that
    2号 comes before 12号.
    """
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int):
        return f"{max(value + _LEAST, 0):016x}"
    if field.type is FieldType.DECIMAL and isinstance(value, str):
        return _decimal_key(value)
    text = ",".join(value) if isinstance(value, tuple) else value
    if field.type is FieldType.CHOICE and text in field.options:
        return f"{field.options.index(text):04x}"
    padded = _DIGITS.sub(lambda found: found[0].zfill(_NUMBER_WIDTH), text[:TEXT_LENGTH].lower())
    return padded.encode(errors="replace").hex()


def _declared_key(kind: Kind, revision: Revision) -> str:
    """The order that the kind declares, of several fields; where it declares none, by change."""
    if not kind.list.sort:
        return f"{_LAST_INSTANT - _microseconds(revision.event.at):016x}"
    parts = []
    for column in kind.list.sort:
        name = column.lstrip("-")
        key = value_key(kind.fields[name], revision.fields.get(name))
        parts.append(f"{key.translate(_INVERTED)}z" if column.startswith("-") else f"{key}-")
    return "".join(parts)


def _microseconds(at: datetime) -> int:
    return max((at - _EPOCH) // timedelta(microseconds=1), 0)


def _decimal_key(text: str) -> str:
    """Of a number with a fraction: its millionths, as a whole number."""
    try:
        millionths = int(Decimal(text).scaleb(6))
    except (InvalidOperation, OverflowError, ValueError):
        return ""
    return f"{min(max(millionths + _LEAST, 0), _LAST_INSTANT):016x}"


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else _NO_DAY
