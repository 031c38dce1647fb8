"""Fields of a kind as views, and forms read back into values."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from starlette.datastructures import FormData

from records.access import EVERYONE
from records.dictionaries import Dictionaries
from records.errors import Invalid
from records.identity import Token
from records.kind import Kind
from records.kind_fields import FieldDeclaration, FieldType
from records.organisation import Organisation
from records.revision import FieldValue, Grant, Revision
from search_ui.desk import text_of, texts_of
from search_ui.formats import day
from search_ui.views.fields import FormField, GrantRow, Picked, ShownField
from search_ui.views.shell import Choice

_LISTS = (FieldType.AUDIENCE, FieldType.UNITS)
_WIDE = (FieldType.LONG_TEXT, *_LISTS)
_BODY_ROWS = 14


def editable(kind: Kind) -> dict[str, FieldDeclaration]:
    """Fields that people fill in: not those an action stamps, nor links to other records."""
    stamped = {action.stamps for action in kind.actions.values()}
    return {
        name: field
        for name, field in kind.fields.items()
        if name not in stamped and field.type is not FieldType.RECORD
    }


def form_fields(
    kind: Kind,
    values: Mapping[str, object],
    organisation: Organisation,
    *,
    dictionaries: Dictionaries,
    errors: Mapping[str, str],
) -> tuple[FormField, ...]:
    """The controls of a kind's form, filled with what is there."""
    drawn = (
        _form_field(kind, name, values.get(name), organisation, error=errors.get(name, ""))
        for name in editable(kind)
    )
    return tuple(
        _of_words(each, dictionaries.active(kind.fields[each.name].dictionary or ""))
        if kind.fields[each.name].type is FieldType.TERM
        else each
        for each in drawn
    )


def read_form(kind: Kind, form: FormData, organisation: Organisation) -> dict[str, object]:
    """What was filled in, unread: services check it.

    Raises Invalid (``unknown_token``) for a name in a picker that fits nobody.
    """
    given: dict[str, object] = {}
    for name, field in editable(kind).items():
        if field.type in _LISTS:
            chosen = texts_of(form, name)
            typed = text_of(form, f"{name}_add").strip()
            if typed:
                found = token_named(typed, organisation, field=name)
                chosen.append(found if field.type is FieldType.AUDIENCE else found[5:])
            given[name] = chosen
        else:
            given[name] = text_of(form, name)
    return given


def token_named(typed: str, organisation: Organisation, *, field: str) -> Token:
    """The unit or person of exactly that name, or the token itself.

    Raises Invalid (``unknown_token``) when nobody, or more than one, is called so.
    """
    units = [f"unit:{unit.code}" for unit in organisation.units if unit.name == typed]
    people = [
        f"person:{person.login}"
        for person in organisation.people
        if typed in {person.name, person.login} and not person.disabled
    ]
    found = [*units, *people]
    if len(found) == 1:
        return Token(found[0])
    if typed == organisation.describe(EVERYONE):
        return EVERYONE
    if ":" in typed or typed == EVERYONE:
        return Token(typed)
    raise Invalid("unknown_token", given=typed, field=field)


def shown_fields(kind: Kind, revision: Revision, organisation: Organisation) -> list[ShownField]:
    """Fields with a value, but for those that stand in the head or body of the page."""
    apart = {kind.meaning.title, kind.meaning.number, kind.meaning.body}
    if not kind.has_flow:
        apart.discard(kind.meaning.body)
    return [
        ShownField(
            name,
            field.label,
            tuple(_lines(field, value, organisation)),
            wide=field.type is FieldType.LONG_TEXT,
        )
        for name, field in kind.fields.items()
        if name not in apart
        and field.type is not FieldType.RECORD
        and (value := revision.fields.get(name)) not in (None, "", (), False)
    ]


def grant_rows(grants: Iterable[Grant], organisation: Organisation) -> tuple[GrantRow, ...]:
    """Grants, to be read or changed."""
    return tuple(
        GrantRow(
            token=grant.to,
            label=organisation.describe(grant.to),
            icon=token_icon(grant.to),
            right=grant.right,
            until=grant.until.isoformat() if grant.until else "",
        )
        for grant in grants
    )


def read_grant_form(form: FormData, organisation: Organisation) -> list[dict[str, object]]:
    """Grants as services take them; a row without a right is taken away."""
    rows = zip(
        texts_of(form, "grant_to"),
        texts_of(form, "grant_right"),
        texts_of(form, "grant_until"),
        strict=False,
    )
    given: list[dict[str, object]] = [
        {"to": to, "right": right, "until": until or None} for to, right, until in rows if right
    ]
    typed = text_of(form, "grant_add").strip()
    if typed:
        found = token_named(typed, organisation, field="grants")
        given.append({"to": found, "right": "read", "until": None})
    return given


def token_icon(token: str) -> str:
    """The picture for a token."""
    kind = token.partition(":")[0]
    return {"unit": "sitemap", "person": "user", "everyone": "world"}.get(kind, "users")


def _form_field(
    kind: Kind, name: str, value: object, organisation: Organisation, *, error: str
) -> FormField:
    field = kind.fields[name]
    held = field.default if value is None else value
    picked: tuple[Picked, ...] = ()
    if field.type in _LISTS and isinstance(held, list | tuple):
        picked = tuple(
            Picked(str(entry), _entry(field.type, str(entry), organisation)) for entry in held
        )
    text = "" if held is None or picked or isinstance(held, list | tuple) else str(held)
    return FormField(
        name=name,
        label=field.label,
        type=field.type,
        value=text.lower() if field.type is FieldType.FLAG else text,
        required=field.required,
        max=field.max,
        help=field.help or "",
        error=error,
        choices=tuple(Choice(option, option, chosen=option == text) for option in field.options),
        picked=picked,
        rows=_BODY_ROWS if name == kind.meaning.body else 4,
        wide=field.type in _WIDE or name == kind.meaning.title,
    )


def _of_words(field: FormField, active: tuple[str, ...]) -> FormField:
    """A choice among the words in use; one that was disabled meanwhile may stay."""
    words = active if not field.value or field.value in active else (field.value, *active)
    choices = tuple(Choice(word, word, chosen=word == field.value) for word in words)
    return replace(field, type=FieldType.CHOICE, choices=choices)


def _lines(field: FieldDeclaration, value: FieldValue, organisation: Organisation) -> list[str]:
    if field.type is FieldType.FLAG:
        return ["✓"]  # a flag that is off is not shown at all
    if field.type is FieldType.DATE:
        return [day(date.fromisoformat(str(value)))]
    if isinstance(value, tuple):
        return [_entry(field.type, entry, organisation) for entry in value]
    return str(value).split("\n")


def _entry(type_: FieldType, entry: str, organisation: Organisation) -> str:
    token = Token(f"unit:{entry}") if type_ is FieldType.UNITS else Token(entry)
    return organisation.describe(token)
