"""Kinds: what records consist of, and what may be done with them (M01)."""

from fastapi import APIRouter

from api.access import TheCaller, TheHouse
from api.requests import Wire
from gate.bounded_request import BoundedRoute
from records.schema.dictionaries import Dictionaries
from records.schema.kind import Kind
from services.intake.starting import may_begin
from services.people.caller import Caller

router = APIRouter(prefix="/api/v1/kinds", tags=["kinds"], route_class=BoundedRoute)


class FieldShape(Wire):
    """A field of a kind."""

    label: str
    type: str
    required: bool
    options: list[str]


class PartShape(Wire):
    """A place for files."""

    label: str
    required: bool


class StateShape(Wire):
    """A state of a flow; `done`: nothing waits for anybody any more."""

    label: str
    done: bool


class ActionName(Wire):
    """An action of a flow and the group of buttons it stands in."""

    label: str
    group: str | None


class KindShape(Wire):
    """A kind; `may_begin`: whether the caller may begin a record of it."""

    kind: str
    title: str
    version: int
    fields: dict[str, FieldShape]
    parts: dict[str, PartShape]
    states: dict[str, StateShape]
    actions: dict[str, ActionName]
    may_begin: bool


@router.get("")
def kinds(caller: TheCaller, house: TheHouse) -> list[KindShape]:
    """All kinds of this installation."""
    dictionaries = house.dictionaries.current()
    return [_shape(kind, caller, dictionaries) for kind in house.kinds]


def _shape(kind: Kind, caller: Caller, dictionaries: Dictionaries) -> KindShape:
    return KindShape(
        kind=kind.kind,
        title=kind.title,
        version=kind.version,
        fields={
            name: FieldShape(
                label=field.label,
                type=field.type,
                required=field.required,
                options=list(
                    dictionaries.active(field.dictionary) if field.dictionary else field.options
                ),
            )
            for name, field in kind.fields.items()
        },
        parts={
            name: PartShape(label=part.label, required=part.required)
            for name, part in kind.parts.items()
        },
        states={
            name: StateShape(label=state.label, done=state.done)
            for name, state in kind.states.items()
        },
        actions={
            name: ActionName(label=action.label, group=action.group)
            for name, action in kind.actions.items()
        },
        may_begin=may_begin(kind, caller),
    )
