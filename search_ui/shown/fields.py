"""Fields of a record as they are read, in the manner of Chinese offices."""

import json
from collections.abc import Iterable
from datetime import date

from records.fields import instant_of
from records.identity import Login, Token, UnitCode
from records.people.organisation import Organisation
from records.revision import FieldValue, Grant, Revision
from records.schema.kind import Kind
from records.schema.kind_fields import FieldDeclaration, FieldType
from search_ui.formats import day, moment
from search_ui.shown.related import Related
from search_ui.shown.words import record_href
from search_ui.views.fields import GrantRow, ShownField, ShownLine

_IN_ONE_LINE = frozenset({FieldType.CHOICES, FieldType.PEOPLE})
_RECORDS = frozenset({FieldType.RECORD, FieldType.RECORDS})


def shown_fields(
    kind: Kind, revision: Revision, organisation: Organisation, related: Related
) -> list[ShownField]:
    """Fields with a value, but for those that stand in the head or body of the page."""
    apart = {kind.meaning.title, kind.meaning.number, kind.meaning.body}
    if not kind.has_flow:
        apart.discard(kind.meaning.body)
    return [
        ShownField(
            name,
            field.label,
            _lines(field, value, organisation, related),
            wide=field.type in {FieldType.LONG_TEXT, FieldType.ROWS},
        )
        for name, field in kind.fields.items()
        if name not in apart
        and _may_be_named(field, revision.fields.get(name), related)
        and (kind.has_flow or field.type not in _RECORDS)
        and not _is_blank(value := revision.fields.get(name))
    ]


def _is_blank(value: FieldValue) -> bool:
    """Whether there is nothing to show: a flag that is off says nothing, a nought does."""
    return value is None or value is False or value in ("", ())


def _may_be_named(field: FieldDeclaration, value: FieldValue, related: Related) -> bool:
    """Of a folder whether the caller may see it: one who was let read one record alone may not."""
    return field.type is not FieldType.FOLDER or bool(related.folder(str(value or "")))


def grant_rows(grants: Iterable[Grant], organisation: Organisation) -> tuple[GrantRow, ...]:
    """Grants, to be read or changed."""
    return tuple(
        grant_row(
            grant.to, grant.right, grant.until.isoformat() if grant.until else "", organisation
        )
        for grant in grants
    )


def grant_row(token: str, right: str, until: str, organisation: Organisation) -> GrantRow:
    """A grant as it stands or was filled in; `until` is a day, or empty."""
    known = organisation.knows(Token(token))
    label = organisation.describe(Token(token)) if known else token
    return GrantRow(token, label, token_icon(token), right, until)


def token_icon(token: str) -> str:
    """The picture for a token."""
    kind = token.partition(":")[0]
    return {"unit": "sitemap", "person": "user", "everyone": "world"}.get(kind, "users")


def entry_label(type_: FieldType, entry: str, organisation: Organisation) -> str:
    """One entry of a list in words: a unit by its full name, a person by his own."""
    if type_ in {FieldType.UNIT, FieldType.UNITS}:
        return organisation.full_name(UnitCode(entry))
    if type_ is FieldType.PEOPLE:
        return organisation.name_of(Login(entry))
    if type_ is FieldType.AUDIENCE:
        return organisation.describe(Token(entry))
    return entry


def value_lines(
    field: FieldDeclaration,
    value: FieldValue,
    organisation: Organisation,
    *,
    related: Related,
) -> tuple[str, ...]:
    """A value in words, line by line; none of an empty one, or of a flag that is off."""
    if _is_blank(value):
        return ()
    return tuple(line.text for line in _lines(field, value, organisation, related))


def _lines(
    field: FieldDeclaration, value: FieldValue, organisation: Organisation, related: Related
) -> tuple[ShownLine, ...]:
    entries = value if isinstance(value, tuple) else (value,)
    if field.type in _RECORDS:
        found = [(str(each), related.title(str(each))) for each in entries]
        return tuple(
            ShownLine(title or related.hidden, record_href(each) if title else None)
            for each, title in found
        )
    if field.type is FieldType.FOLDER:
        return (ShownLine(related.folder(str(value))),)
    if field.type is FieldType.ROWS:
        return tuple(ShownLine(_row(field, str(each))) for each in entries)
    if isinstance(value, tuple):
        told = [entry_label(field.type, each, organisation) for each in value]
        return tuple(map(ShownLine, ["、".join(told)] if field.type in _IN_ONE_LINE else told))
    return tuple(ShownLine(each) for each in _told(field, value, organisation).split("\n"))


def _told(field: FieldDeclaration, value: FieldValue, organisation: Organisation) -> str:
    """One value in words; a flag that is off is not shown at all."""
    if field.type is FieldType.FLAG:
        return "✓"
    if field.type is FieldType.DATE:
        return day(date.fromisoformat(str(value)))
    if field.type is FieldType.INSTANT:
        return moment(instant_of(str(value)))
    return entry_label(field.type, str(value), organisation)


def _row(field: FieldDeclaration, stored: str) -> str:
    """A line of a table: 品名 办公桌；数量 3."""
    cells = json.loads(stored)
    named = ((declared.label, cells.get(name)) for name, declared in field.columns.items())
    return "；".join(f"{label} {cell}" for label, cell in named if cell not in (None, ""))
