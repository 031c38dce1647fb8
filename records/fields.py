"""Values of fields: checked against their declaration, one clear fault at a time."""

from collections.abc import Callable, Mapping
from datetime import date

from records.errors import Invalid
from records.identity import UnitCode
from records.kind import FieldDeclaration, FieldType, Kind
from records.organisation import Organisation, parse_token
from records.revision import FieldValue

Given = Mapping[str, object]


def read_fields(kind: Kind, given: Given, organisation: Organisation) -> dict[str, FieldValue]:
    """The given values in their stored types; fields not given stay out.

    Raises Invalid: ``unknown_field``, ``wrong_type``, ``too_long``, ``not_an_option``,
    ``unknown_token``, ``unknown_unit``; facts name the field and its label.
    """
    values: dict[str, FieldValue] = {}
    for name, value in given.items():
        if name not in kind.fields:
            raise Invalid("unknown_field", field=name, kind=kind.kind, allowed=tuple(kind.fields))
        values[name] = _read(name, kind.fields[name], value, organisation)
    return values


def missing_fields(kind: Kind, values: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """Labels of required fields that are empty."""
    return tuple(
        field.label
        for name, field in kind.fields.items()
        if _is_required(field, values) and values.get(name) in (None, "", ())
    )


def _is_required(field: FieldDeclaration, values: Mapping[str, FieldValue]) -> bool:
    return field.required or (field.required_if is not None and bool(values.get(field.required_if)))


def _read(
    name: str, field: FieldDeclaration, value: object, organisation: Organisation
) -> FieldValue:
    if value is None or value == "":
        return None
    if field.type is FieldType.AUDIENCE:
        return _entries(name, field, value, lambda text: parse_token(text, organisation))
    if field.type is FieldType.UNITS:
        return _entries(name, field, value, lambda text: _unit(text, organisation))
    return _READERS[field.type](name, field, value)


def is_text(value: str) -> bool:
    """Whether UTF-8 can write it: JSON can spell half of a surrogate pair, no store takes it."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _wrong(name: str, field: FieldDeclaration, expected: str) -> Invalid:
    return Invalid("wrong_type", field=name, label=field.label, expected=expected)


def _text(name: str, field: FieldDeclaration, value: object) -> str:
    if not isinstance(value, str) or not is_text(value):
        raise _wrong(name, field, "text")
    text = value.replace("\r\n", "\n").replace("\0", "").strip()
    if field.type is FieldType.TEXT:
        text = " ".join(text.split("\n"))
    if len(text) > field.max:
        raise Invalid("too_long", field=name, label=field.label, max=field.max, given=len(text))
    return text


def _choice(name: str, field: FieldDeclaration, value: object) -> str:
    if value not in field.options:
        raise Invalid("not_an_option", field=name, label=field.label, allowed=field.options)
    return str(value)


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


def _integer(name: str, field: FieldDeclaration, value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise _wrong(name, field, "integer") from error


def _entries(
    name: str, field: FieldDeclaration, value: object, read: Callable[[str], str]
) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(entry, str) for entry in given):
        raise _wrong(name, field, "list")
    if len(given) > field.max:
        raise Invalid("too_long", field=name, label=field.label, max=field.max, given=len(given))
    return tuple(dict.fromkeys(read(entry) for entry in given))


def _unit(code: str, organisation: Organisation) -> str:
    if not organisation.has_unit(UnitCode(code)):
        raise Invalid("unknown_unit", unit=code)
    return code


_READERS: Mapping[FieldType, Callable[[str, FieldDeclaration, object], FieldValue]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.RECORD: _text,
    FieldType.CHOICE: _choice,
    FieldType.FLAG: _flag,
    FieldType.DATE: _date,
    FieldType.INTEGER: _integer,
}
