"""Forms read back into values, as services take them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from languages.errors import tell
from records.errors import Invalid, WenshuError
from records.identity import Token
from records.people.organisation import Organisation
from records.rights.access import EVERYONE
from records.schema.kind_fields import FieldDeclaration, FieldType
from search_ui.desk import text_of, texts_of
from search_ui.shown.fields import grant_row
from search_ui.views.fields import GrantForm, GrantRow

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


UNKNOWN = frozenset({"unknown_name", "unclear_name", "unknown_document"})
"""Reasons for which what was typed into a picker stands there again."""


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What was filled in, unread: services check it. Nothing is left out because of a fault."""

    values: dict[str, object]
    fault: Invalid | None = None
    """The first name in a picker that fits nobody (``unknown_name``, ``unclear_name``)."""

    def sound(self) -> dict[str, object]:
        """The values. Raises Invalid where a name fits nobody."""
        if self.fault is not None:
            raise self.fault
        return self.values


def read_form(
    fields: Mapping[str, FieldDeclaration],
    form: FormData,
    organisation: Organisation,
    *,
    prefix: str = "",
) -> ReadForm:
    """What was filled in. `prefix` stands before the name of each control."""
    values: dict[str, object] = {}
    faults: list[Invalid] = []
    for name, field in fields.items():
        control = f"{prefix}{name}"
        try:
            values[name] = read_control(field, form, organisation, name=name, control=control)
        except Invalid as fault:
            faults.append(fault)
            values[name] = _picked(field, form, control)
    return ReadForm(values, faults[0] if faults else None)


def read_control(
    field: FieldDeclaration, form: FormData, organisation: Organisation, *, name: str, control: str
) -> object:
    """The value of one control. Raises Invalid as `entry_named`."""
    if field.type is FieldType.ROWS:
        return _rows(field, form, control)
    if field.type in SEVERAL or field.type in PICKED:
        typed = text_of(form, f"{control}_add").strip()
        if not typed or field.type not in PICKED:
            return _picked(field, form, control)
        return _picked(
            field, form, control, entry_named(field.type, typed, organisation, field=name)
        )
    return text_of(form, control)


def _picked(field: FieldDeclaration, form: FormData, control: str, *more: str) -> object:
    """The entries that stand chosen, and one more that was typed."""
    chosen = [*(value for value in texts_of(form, control) if value), *more]
    if field.type is FieldType.PEOPLE:
        chosen = list(dict.fromkeys(each.removeprefix("person:") for each in chosen))
    if field.type in SEVERAL:
        return chosen
    return chosen[-1] if chosen else ""


def _rows(field: FieldDeclaration, form: FormData, control: str) -> list[dict[str, object]]:
    """The rows of a table; services leave out those in which nothing was typed."""
    columns = {name: texts_of(form, f"{control}.{name}") for name in field.columns}
    count = max(map(len, columns.values()), default=0)
    return [
        {name: typed[number] for name, typed in columns.items() if number < len(typed)}
        for number in range(count)
    ]


def entry_named(kind: FieldType, typed: str, organisation: Organisation, *, field: str) -> str:
    """What a list of that type keeps of a name typed.

    Raises Invalid (``unknown_name``, ``unclear_name``; ``unknown_document`` for a record).
    """
    if kind in {FieldType.RECORD, FieldType.RECORDS}:
        found = _RECORD.search(typed)
        if found is None:
            raise Invalid("unknown_document", given=typed, field=field)
        return found.group()
    if kind in {FieldType.UNIT, FieldType.UNITS}:
        whole = [u.code for u in organisation.units if organisation.full_name(u.code) == typed]
        if len(whole) == 1:
            return whole[0]
    token = token_named(typed, organisation, field=field)
    return token if kind is FieldType.AUDIENCE else token.partition(":")[2]


def token_named(typed: str, organisation: Organisation, *, field: str) -> Token:
    """The unit or person of exactly that name, or the token itself.

    Raises Invalid: ``unknown_name`` when nobody is called so, ``unclear_name`` when several are.
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
    if (":" in typed or typed == EVERYONE) and organisation.knows(Token(typed)):
        return Token(typed)
    raise Invalid("unclear_name" if found else "unknown_name", given=typed, field=field)


@dataclass(frozen=True, slots=True)
class ReadGrants:
    """Grants as they were filled in, a row without a right taken away."""

    rows: tuple[GrantRow, ...]
    typed: str = ""
    fault: Invalid | None = None
    """What was typed names nobody."""

    def given(self) -> list[dict[str, object]]:
        """As services take them. Raises Invalid where a name fits nobody."""
        if self.fault is not None:
            raise self.fault
        return [
            {"to": row.token, "right": row.right, "until": row.until or None} for row in self.rows
        ]

    def again(self, error: WenshuError | None = None) -> GrantForm:
        """The rows to be filled in once more, with what was amiss where it is theirs."""
        told = str(tell(error)) if error and error.facts.get("field") in {"grants", "until"} else ""
        return GrantForm(self.rows, self.typed if self.fault else "", told)


def read_grant_form(form: FormData, organisation: Organisation) -> ReadGrants:
    """The grants of a form; a name that was typed is one more."""
    rows = [
        grant_row(to, right, until, organisation)
        for to, right, until in zip(
            texts_of(form, "grant_to"),
            texts_of(form, "grant_right"),
            texts_of(form, "grant_until"),
            strict=False,
        )
        if right
    ]
    typed = text_of(form, "grant_add").strip()
    if not typed:
        return ReadGrants(tuple(rows))
    try:
        found = token_named(typed, organisation, field="grants")
    except Invalid as fault:
        return ReadGrants(tuple(rows), typed, fault)
    return ReadGrants((*rows, grant_row(found, "read", "", organisation)))
