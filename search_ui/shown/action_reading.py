"""The dialog of an action read back into what services take."""

from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData

from records.errors import Invalid, WenshuError
from records.identity import Login
from records.kind import Kind
from records.kind_fields import FieldType
from records.organisation import Organisation
from search_ui.desk import revision_of, text_of, texts_of, whole_number
from search_ui.shown.form_reading import entry_named, read_control
from services.flow.act import ActionRequest

FIELD = "field-"
"""Before the names of an action's own fields."""

NEXT = "next-"
"""Before the keys of what the actor chooses; the key may be empty."""

ADDED = "_add"
"""Behind the name of a picker: what was typed into it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An action that was sent and refused: what was filled in, and why it came to nothing."""

    name: str
    form: FormData
    error: WenshuError

    def text(self, name: str) -> str:
        """What was filled in under a name."""
        return text_of(self.form, name)

    def texts(self, name: str) -> list[str]:
        """All that was filled in or ticked under a name."""
        return texts_of(self.form, name)


def read_action(form: FormData, kind: Kind, name: str, organisation: Organisation) -> ActionRequest:
    """What was filled in.

    Raises Invalid (``no_form_revision``, ``unknown_token``, ``wrong_type``) and NotFound
    (``unknown_action``).
    """
    fields = {
        field: read_control(
            kind.fields[field], form, organisation, name=field, control=f"{FIELD}{field}"
        )
        for field in kind.action(name).fields
        if f"{FIELD}{field}" in form or f"{FIELD}{field}{ADDED}" in form
    }
    signer = [*texts_of(form, "signer"), text_of(form, f"signer{ADDED}").strip()]
    return ActionRequest(
        revision=revision_of(form),
        opinion=text_of(form, "opinion"),
        chosen=_chosen(form, organisation),
        fields=fields,
        task=whole_number(text_of(form, "task")),
        straight=text_of(form, "straight") == "yes",
        signer=next((_login(each, organisation) for each in signer if each), None),
        signed_on=_day(text_of(form, "signed_on")),
        idempotency_key=text_of(form, "idempotency_key") or None,
    )


def _chosen(form: FormData, organisation: Organisation) -> dict[str, list[str]]:
    """By key, without empty answers; what was typed into a picker is looked up by name."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(form.keys()):
        if not name.startswith(NEXT):
            continue
        key = name.removeprefix(NEXT)
        if not key.endswith(ADDED):
            values = [each.removeprefix("person:") for each in texts_of(form, name) if each]
        else:
            key = key.removesuffix(ADDED)
            typed = text_of(form, name).strip()
            values = (
                [entry_named(FieldType.UNITS, typed, organisation, field="next")] if typed else []
            )
        if values:
            found[key] = [*found.get(key, []), *values]
    return found


def _login(given: str, organisation: Organisation) -> Login:
    login = given.removeprefix("person:")
    if organisation.find_person(Login(login)) is not None:
        return Login(login)
    return Login(entry_named(FieldType.PEOPLE, given, organisation, field="signer"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("wrong_type", field="signed_on", expected="date") from error
