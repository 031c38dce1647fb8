"""Fields of a kind as the controls of a form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from records.flow.declarations import ActionDeclaration
from records.identity import KindName
from records.people.organisation import Organisation
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kind
from records.schema.kind_fields import (
    Condition,
    FieldDeclaration,
    FieldType,
    PartDeclaration,
)
from search_ui.formats import BEIJING
from search_ui.shown.fields import entry_label
from search_ui.shown.form_reading import PICKED, SEVERAL
from search_ui.shown.related import Related
from search_ui.texts import Texts
from search_ui.views.fields import FormField, Picked
from search_ui.views.shell import Choice
from services.house import House
from services.people.caller import Caller

_WIDE = frozenset(
    {
        FieldType.LONG_TEXT,
        FieldType.AUDIENCE,
        FieldType.UNITS,
        FieldType.PEOPLE,
        FieldType.RECORDS,
        FieldType.ROWS,
    }
)
_OF_UNITS = frozenset({FieldType.UNIT, FieldType.UNITS})
_EMPTY_LINES = 2
"""Of a field of rows: so many are there to be filled in, and more where scripts run."""

EVERYBODY = "/roster/people"
"""Where everybody in office is asked for, to be chosen."""

_BODY_ROWS = 8
"""Of a document. Each box is as high as its usual text; where scripts run it grows with more."""
_TEXT_ROWS = 4
"""Of a text that is no document: one without a number and without readers of its own."""
_FEW_ROWS = 2
"""Of a remark, and of a note to a file, which is the thing itself."""


def editable(kind: Kind) -> dict[str, FieldDeclaration]:
    """Fields that people fill in.

    Not those an action stamps or numbers, nor those that an action asks for and a form never
    needs (申请延至, 评价), nor links that the house sets itself. What is corrected after the end
    was filled in before.
    """
    made = {name for action in kind.actions.values() for name in action.stamps}
    made |= {state.lingers.field for state in kind.states.values() if state.lingers is not None}
    made |= {
        action.takes.number.field
        for action in kind.actions.values()
        if action.takes is not None and action.takes.number is not None
    }
    made |= {
        name
        for action in kind.actions.values()
        if action.copies is not None
        for name in (*action.copies.fields, action.copies.readers)
        if name is not None
    }
    made |= {
        name
        for action in kind.actions.values()
        for name in action.fields
        if not (kind.fields[name].required or kind.fields[name].required_if)
        and name not in kind.list.columns
        and not _corrects(kind, action)
    }
    return {
        name: field
        for name, field in kind.fields.items()
        if name not in made and (kind.has_flow or field.of or field.type is not FieldType.RECORD)
    }


def _corrects(kind: Kind, action: ActionDeclaration) -> bool:
    """Whether the action changes what is done and leaves it where it is."""
    over = all(each in kind.states and kind.states[each].done for each in action.from_)
    return over and action.to is None


def given_parts(kind: Kind) -> dict[str, PartDeclaration]:
    """Parts whose files people give: not those that an action makes out of another."""
    made = {
        action.makes.part
        for action in kind.actions.values()
        if action.makes is not None and action.makes.part != action.makes.from_
    }
    return {name: part for name, part in kind.parts.items() if name not in made}


@dataclass(frozen=True, slots=True)
class FormDrawing:
    """Draws controls for one caller."""

    organisation: Organisation
    dictionaries: Callable[[], Dictionaries]
    """Asked for where a field chooses from one."""
    related: Related
    texts: Texts

    def form(
        self,
        kind: Kind,
        values: Mapping[str, object],
        *,
        errors: Mapping[str, str],
        typed: str = "",
    ) -> tuple[FormField, ...]:
        """The controls of a kind's form, filled with what is there.

        `typed` is what names nobody in the picker that has the error.
        """
        return tuple(
            self.control(
                Asked(
                    name,
                    field,
                    label=field.label,
                    required=field.required,
                    rows=_rows(kind, name),
                    wide=name == kind.meaning.title,
                    help=field.help or self._when_required(kind, field.required_if),
                    handled_href=f"/kinds/{kind.kind}/handled/{name}" if field.handled else "",
                    library=kind.kind,
                ),
                values.get(name, field.default),
                error=errors.get(name, ""),
                typed=typed if name in errors else "",
            )
            for name, field in editable(kind).items()
        )

    def control(
        self, asked: "Asked", value: object, *, error: str = "", typed: str = ""
    ) -> FormField:
        """One control with its value; `typed` names nobody, and stands in the picker still."""
        field = asked.field
        entries = _entries(value) if field.type in SEVERAL or field.type in PICKED else ()
        text = "" if entries or value is None or isinstance(value, list | tuple) else str(value)
        type_, choices = self._choices(asked, text, entries)
        return FormField(
            name=f"{asked.prefix}{asked.name}",
            label=asked.label,
            type=type_,
            value=_written(field.type, text) or typed,
            required=asked.required,
            max=field.max,
            help=asked.help,
            error=error,
            choices=choices,
            picked=() if choices else self._picked(field, entries),
            lines=self._lines(asked, value) if field.type is FieldType.ROWS else (),
            rows=asked.rows,
            wide=asked.wide or field.type in _WIDE,
            scope=asked.scope,
            handled_href=asked.handled_href,
            roster_href=EVERYBODY if field.type is FieldType.PEOPLE else "",
            from_tree=field.suggests == "units" or field.type in _OF_UNITS,
        )

    def _lines(self, asked: "Asked", value: object) -> tuple[tuple[FormField, ...], ...]:
        """The rows that stand, and some to be filled in; each cell has the name of its column."""
        standing = [_row_of(each) for each in value] if isinstance(value, list | tuple) else []
        rows: list[Mapping[str, object]] = [*standing, *({} for _ in range(_EMPTY_LINES))]
        return tuple(
            tuple(
                self.control(
                    Asked(
                        f"{asked.name}.{column}",
                        declared,
                        label=declared.label,
                        prefix=asked.prefix,
                        scope=f"{asked.scope}-{number}",
                    ),
                    row.get(column),
                )
                for column, declared in asked.field.columns.items()
            )
            for number, row in enumerate(rows, start=1)
        )

    def _choices(
        self, asked: "Asked", text: str, entries: tuple[str, ...]
    ) -> tuple[str, tuple[Choice, ...]]:
        """The type of control and what is offered in it."""
        field = asked.field
        if field.type is FieldType.FOLDER:
            return "choice", self.related.folder_choices(asked.library, held=text)
        if field.type is FieldType.TERM:
            active = self.dictionaries().active(field.dictionary or "")
            # One that was disabled meanwhile may stay.
            words = active if not text or text in active else (text, *active)
            return "choice", tuple(Choice(word, word, chosen=word == text) for word in words)
        if field.type is FieldType.RECORD and field.of:
            return "choice", self.related.choices(field.of, state=asked.state, held=entries)
        chosen = {text, *entries}
        return field.type, tuple(Choice(o, o, chosen=o in chosen) for o in field.options)

    def _picked(self, field: FieldDeclaration, entries: tuple[str, ...]) -> tuple[Picked, ...]:
        if field.type not in PICKED:
            return ()
        if field.type in {FieldType.RECORD, FieldType.RECORDS}:
            return tuple(Picked(each, self.related.title(each) or each) for each in entries)
        return tuple(
            Picked(each, entry_label(field.type, each, self.organisation)) for each in entries
        )

    def _when_required(self, kind: Kind, condition: Condition | None) -> str:
        if not condition:
            return ""
        cases = "，".join(
            self.texts("form.is", label=kind.fields[name].label, value=_values(values))
            for name, values in condition.items()
        )
        return self.texts("form.required_if", cases=cases)


def _rows(kind: Kind, name: str) -> int:
    if name != kind.meaning.body or not kind.has_flow:
        return _FEW_ROWS
    return _BODY_ROWS if kind.meaning.number or kind.meaning.audience else _TEXT_ROWS


def drawing_for(house: House, caller: Caller, texts: Texts) -> FormDrawing:
    """What draws forms for this caller, with the words and the records of now."""
    related = Related(house, caller, texts("record.hidden"))
    return FormDrawing(caller.organisation, house.dictionaries.current, related, texts)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as one form asks for it: the form of its record, or the dialog of an action."""

    name: str
    field: FieldDeclaration
    label: str
    required: bool = False
    help: str = ""
    rows: int = _FEW_ROWS
    wide: bool = False
    handled_href: str = ""
    library: KindName | None = None
    """The kind whose form it is, where a folder of its library can be chosen."""
    state: str | None = None
    """Of a record that is chosen: the state in which it must stand, where the action says one."""
    prefix: str = ""
    """Stands before the name of the control, so that it meets no other of the form."""
    scope: str = "field"
    """Stands before the identifier of the control, so that it meets no other of the page."""


def _row_of(stored: object) -> Mapping[str, object]:
    """A row as it is stored, or as it was typed."""
    row = json.loads(stored) if isinstance(stored, str) else stored
    return row if isinstance(row, dict) else {}


def _values(values: tuple[str | bool, ...]) -> str:
    return "、".join("✓" if value is True else str(value) for value in values)


def _entries(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    return (str(value),) if value else ()


def _written(type_: FieldType, text: str) -> str:
    """A value as its control takes it: an instant as the clock in Beijing shows it."""
    if type_ is FieldType.FLAG:
        return text.lower()
    if type_ is not FieldType.INSTANT or not text:
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    local = at if at.tzinfo is None else at.astimezone(BEIJING)
    return f"{local:%Y-%m-%dT%H:%M}"
