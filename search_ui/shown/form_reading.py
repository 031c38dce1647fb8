"""Forms read back into values, as services take them."""

import re
from collections.abc import Mapping

from starlette.datastructures import FormData

from records.access import EVERYONE
from records.errors import Invalid
from records.identity import Token
from records.kind_fields import FieldDeclaration, FieldType
from records.organisation import Organisation
from search_ui.desk import text_of, texts_of

_RECORD = re.compile("[0-9A-HJKMNP-TV-Z]{26}")
"""The identifier of a record, alone or within the address of its page."""

SEVERAL = frozenset(
    {
        FieldType.AUDIENCE,
        FieldType.UNITS,
        FieldType.PEOPLE,
        FieldType.CHOICES,
        FieldType.RECORDS,
    }
)
"""Types that hold a list."""

PICKED = frozenset(
    {
        FieldType.AUDIENCE,
        FieldType.UNITS,
        FieldType.UNIT,
        FieldType.PEOPLE,
        FieldType.RECORD,
        FieldType.RECORDS,
    }
)
"""Types whose entries are looked up by name: what is typed counts as one more entry."""


def read_form(
    fields: Mapping[str, FieldDeclaration],
    form: FormData,
    organisation: Organisation,
    *,
    prefix: str = "",
) -> dict[str, object]:
    """What was filled in, unread: services check it. `prefix` stands before each name.

    Raises Invalid (``unknown_token``) for a name in a picker that fits nobody.
    """
    return {
        name: read_control(field, form, organisation, name=name, control=f"{prefix}{name}")
        for name, field in fields.items()
    }


def read_control(
    field: FieldDeclaration, form: FormData, organisation: Organisation, *, name: str, control: str
) -> object:
    """The value of one control. Raises Invalid (``unknown_token``)."""
    if field.type in SEVERAL or field.type in PICKED:
        chosen = [value for value in texts_of(form, control) if value]
        typed = text_of(form, f"{control}_add").strip()
        if typed and field.type in PICKED:
            chosen.append(entry_named(field.type, typed, organisation, field=name))
        if field.type is FieldType.PEOPLE:
            chosen = list(dict.fromkeys(each.removeprefix("person:") for each in chosen))
        if field.type in SEVERAL:
            return chosen
        return chosen[-1] if chosen else ""
    return text_of(form, control)


def entry_named(kind: FieldType, typed: str, organisation: Organisation, *, field: str) -> str:
    """What a list of that type keeps of a name typed. Raises Invalid (``unknown_token``)."""
    if kind in {FieldType.RECORD, FieldType.RECORDS}:
        found = _RECORD.search(typed)
        if found is None:
            raise Invalid("unknown_token", given=typed, field=field)
        return found.group()
    if kind in {FieldType.UNIT, FieldType.UNITS}:
        whole = [u.code for u in organisation.units if organisation.full_name(u.code) == typed]
        if len(whole) == 1:
            return whole[0]
    token = token_named(typed, organisation, field=field)
    return token if kind is FieldType.AUDIENCE else token.partition(":")[2]


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
