"""Values of fields: checked against their declaration, one clear fault at a time."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from records.errors import Invalid, NotFound
from records.identity import Login, UnitCode
from records.people.organisation import Organisation, parse_token
from records.revision import FieldValue
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType, holds_for
from records.times.office_time import OFFICE_ZONE, office_day

Given = Mapping[str, object]

MOST = 2**53 - 1
"""The largest integer that every reader of JSON keeps exactly (RFC 8259, 6)."""


def read_fields(kind: Kind, given: Given, organisation: Organisation) -> dict[str, FieldValue]:
    """The given values in their stored types; fields not given stay out.

    Raises Invalid: ``unknown_field``, ``wrong_type``, ``too_long``, ``not_an_option``,
    ``unknown_token``, ``unknown_unit``, ``unknown_person``, ``unknown_folder``; facts name the
    field and its label.
    """
    return read_values(kind.fields, given, organisation)


def read_values(
    declared: Mapping[str, FieldDeclaration], given: Given, organisation: Organisation
) -> dict[str, FieldValue]:
    """As `read_fields`, of any fields that are declared somewhere."""
    values: dict[str, FieldValue] = {}
    for name, value in given.items():
        if name not in declared:
            raise Invalid("unknown_field", field=name, allowed=tuple(declared))
        values[name] = _read(name, declared[name], value, organisation)
    return values


def missing_fields(kind: Kind, values: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """Labels of required fields that are empty."""
    return missing_values(kind.fields, values)


def missing_values(
    declared: Mapping[str, FieldDeclaration], values: Mapping[str, FieldValue]
) -> tuple[str, ...]:
    """As `missing_fields`, of any fields that are declared somewhere."""
    return tuple(
        field.label
        for name, field in declared.items()
        if _is_required(field, values) and values.get(name) in (None, "", ())
    )


def instant_of(stored: str) -> datetime:
    """The moment that an instant field holds, as an aware UTC value."""
    return datetime.fromisoformat(stored)


def day_of(stored: str) -> date:
    """The calendar day of a date field, or in Beijing that of an instant field."""
    return office_day(instant_of(stored)) if "T" in stored else date.fromisoformat(stored)


def is_text(value: str) -> bool:
    """Whether UTF-8 can write it: JSON can spell half of a surrogate pair, no store takes it."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _is_required(field: FieldDeclaration, values: Mapping[str, FieldValue]) -> bool:
    return field.required or holds_for(field.required_if, values)


def _read(
    name: str, field: FieldDeclaration, value: object, organisation: Organisation
) -> FieldValue:
    if value is None or value == "":
        return None
    if field.type in _OF_ORGANISATION:
        read = _OF_ORGANISATION[field.type]
        return _entries(name, field, value, lambda text: read(text, organisation))
    if field.type is FieldType.UNIT:
        given = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
        if not isinstance(given, str):
            raise _wrong(name, field, "text")
        return _unit(given, organisation)
    if field.type is FieldType.FOLDER:
        return _folder(name, value, organisation)
    if field.type is FieldType.ROWS:
        return _rows(name, field, value, organisation)
    return _READERS[field.type](name, field, value)


def _wrong(name: str, field: FieldDeclaration, expected: str) -> Invalid:
    return Invalid("wrong_type", field=name, label=field.label, expected=expected)


def _text(name: str, field: FieldDeclaration, value: object) -> str:
    if not isinstance(value, str) or not is_text(value):
        raise _wrong(name, field, "text")
    text = value.replace("\r\n", "\n").replace("\0", "").strip()
    if field.type is not FieldType.LONG_TEXT:
        text = " ".join(text.split("\n"))
    if len(text) > field.max:
        raise Invalid("too_long", field=name, label=field.label, max=field.max, given=len(text))
    return text


def _choice(name: str, field: FieldDeclaration, value: object) -> str:
    if value not in field.options:
        raise Invalid("not_an_option", field=name, label=field.label, allowed=field.options)
    return str(value)


def _choices(name: str, field: FieldDeclaration, value: object) -> tuple[str, ...]:
    return _entries(name, field, value, lambda text: _choice(name, field, text))


def _flag(name: str, field: FieldDeclaration, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("on", "true", "1"):
        return True
    if value in ("off", "false", "0"):
        return False
    raise _wrong(name, field, "flag")


def _date(name: str, field: FieldDeclaration, value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise _wrong(name, field, "date") from error


def _instant(name: str, field: FieldDeclaration, value: object) -> str:
    """UTC to the second, so that the order of texts is the order of time."""
    try:
        moment = datetime.fromisoformat(str(value))
        moment = moment.replace(tzinfo=OFFICE_ZONE) if moment.tzinfo is None else moment
        office_day(moment)  # the last hours of year 9999 have no day in Beijing
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError) as error:
        raise _wrong(name, field, "instant") from error


def _integer(name: str, field: FieldDeclaration, value: object) -> int:
    try:
        number = int(str(value))
    except ValueError as error:
        raise _wrong(name, field, "integer") from error
    if abs(number) > MOST:
        raise _wrong(name, field, "integer")
    return number


def _decimal(name: str, field: FieldDeclaration, value: object) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise _wrong(name, field, "decimal") from error
    if not number.is_finite() or len(str(value)) > 40 or abs(number.adjusted()) > 40:
        raise _wrong(name, field, "decimal")  # 1E+999999 would be written out as a million digits
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _records(name: str, field: FieldDeclaration, value: object) -> tuple[str, ...]:
    return _entries(name, field, value, lambda text: _text(name, field, text))


def _entries(
    name: str, field: FieldDeclaration, value: object, read: Callable[[str], str]
) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(entry, str) for entry in given):
        raise _wrong(name, field, "list")
    if len(given) > field.max:
        raise Invalid("too_long", field=name, label=field.label, max=field.max, given=len(given))
    return tuple(dict.fromkeys(read(entry) for entry in given))


def _rows(
    name: str, field: FieldDeclaration, value: object, organisation: Organisation
) -> tuple[str, ...]:
    """Each row as JSON with its keys in order; a row without any value is left out."""
    if not isinstance(value, list | tuple):
        raise _wrong(name, field, "rows")
    if len(value) > field.max:
        raise Invalid("too_long", field=name, label=field.label, max=field.max, given=len(value))
    rows: list[str] = []
    for row in value:
        if not isinstance(row, dict) or set(row) - set(field.columns):
            raise _wrong(name, field, "rows")
        cells = {
            column: _read(f"{name}.{column}", declared, row.get(column), organisation)
            for column, declared in field.columns.items()
        }
        if any(cell not in (None, "") for cell in cells.values()):
            rows.append(json.dumps(cells, ensure_ascii=False))
    return tuple(rows)


def _folder(name: str, value: object, organisation: Organisation) -> str:
    """The folder that stands for this one now. Raises Invalid (``unknown_folder``)."""
    folder = organisation.library.find(value) if isinstance(value, str) else None
    if folder is None:
        raise Invalid("unknown_folder", field=name, given=str(value)[:60])
    return folder.code


def _unit(code: str, organisation: Organisation) -> str:
    try:
        return organisation.unit(UnitCode(code)).code
    except NotFound as error:
        raise Invalid("unknown_unit", unit=code) from error


def _login(login: str, organisation: Organisation) -> str:
    try:
        return organisation.person(Login(login.removeprefix("person:"))).login
    except NotFound as error:
        raise Invalid("unknown_person", login=login, field="next") from error


def _token(text: str, organisation: Organisation) -> str:
    return parse_token(text, organisation)


_OF_ORGANISATION: Mapping[FieldType, Callable[[str, Organisation], str]] = {
    FieldType.AUDIENCE: _token,
    FieldType.UNITS: _unit,
    FieldType.PEOPLE: _login,
}

_READERS: Mapping[FieldType, Callable[[str, FieldDeclaration, object], FieldValue]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.TERM: _text,
    FieldType.RECORD: _text,
    FieldType.RECORDS: _records,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.FLAG: _flag,
    FieldType.DATE: _date,
    FieldType.INSTANT: _instant,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
}
