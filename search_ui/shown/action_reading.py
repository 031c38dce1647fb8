"""The dialog of an action read back into what services take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import FormData

from records.errors import Invalid, WenshuError
from records.flow.declarations import Choose
from records.identity import Login, Token
from records.people.organisation import Organisation
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType
from search_ui.desk import revision_of, text_of, texts_of, whole_number
from search_ui.shown.differences import Typed, kept_as_theirs
from search_ui.shown.form_reading import entry_named, read_control
from search_ui.views.differences import Differences
from services.flow.action_request import ActionRequest

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
    stale: Differences | None = None
    """What others changed since, where that is why."""
    shown: Mapping[str, object] = field(default_factory=dict)
    """Values of the action's fields as the dialog shows them then."""

    def text(self, name: str) -> str:
        """What was filled in under a name."""
        return text_of(self.form, name)

    def texts(self, name: str) -> list[str]:
        """All that was filled in or ticked under a name."""
        return texts_of(self.form, name)


def read_action(form: FormData, kind: Kind, name: str, organisation: Organisation) -> ActionRequest:
    """What was filled in.

    Raises Invalid (``no_form_revision``, ``unknown_name``, ``wrong_type``) and NotFound
    (``unknown_action``).
    """
    typed = typed_fields(form, kind, name, organisation)
    fields = {field: v for field, v in typed.values.items() if field not in typed.takes_theirs}
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
        handwriting=text_of(form, "handwriting"),
        idempotency_key=text_of(form, "idempotency_key") or None,
    )


def typed_fields(form: FormData, kind: Kind, name: str, organisation: Organisation) -> Typed:
    """What was typed into the action's own fields. Raises Invalid as `read_action`."""
    values = {
        field: read_control(
            kind.fields[field], form, organisation, name=field, control=f"{FIELD}{field}"
        )
        for field in kind.action(name).fields
        if _was_asked(form, f"{FIELD}{field}")
    }
    return Typed(values, kept_as_theirs(form, prefix=FIELD), prefix=FIELD)


def chosen_tokens(kind: Kind, name: str, request: ActionRequest) -> list[Token]:
    """Whom and which units the actor chose, in order, as his list of last choices keeps them."""
    given = request.chosen if isinstance(request.chosen, Mapping) else {"": request.chosen}
    marks = {Choose.PEOPLE: "person", Choose.UNITS: "unit"}
    return [
        Token(f"{marks[each.chosen]}:{value}")
        for each in kind.action(name).next
        if each.chosen in marks
        for value in given.get(each.label or "") or given.get("") or ()
    ]


def _was_asked(form: FormData, control: str) -> bool:
    """Whether the control stood in the form: by itself, as a picker, or as a table of rows."""
    names = {control, f"{control}{ADDED}"}
    return any(name in names or name.startswith(f"{control}.") for name in form)


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
