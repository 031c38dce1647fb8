"""What an action asks for and depends on: fields, files, guards, the time of the clock."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from records.declared import Declared

MOST_DAYS = 10_000
"""Days that a deadline may count: some thirty years; beyond the year 9999 there is no day."""


class ActionField(Declared):
    """A field that an action takes, whether or not the state lets it be edited."""

    required: bool = False
    label: str | None = None


class ActionFiles(Declared):
    """Files that an action takes into a part, whether or not the state lets it be edited."""

    required: bool = Field(default=False, description="Its actor must have brought one here")
    label: str | None = None
    replaces: bool = Field(
        default=False, description="One of the same name takes its place, whoever brought that"
    )


class Copies(Declared):
    """What a record gets of another that one of its fields names (红头模板, 补充件)."""

    of: str = Field(description="A field of one record")
    same: dict[str, str] = Field(
        default={},
        description="While that field is empty: the record whose field is the same as one here",
    )
    state: str | None = Field(default=None, description="In which the other record must stand")
    fields: dict[str, str] = Field(default={}, description="Field → field of the other record")
    files: dict[str, str] = Field(
        default={}, description="Part of one file → part of the other record; its last file"
    )
    shelf: bool = Field(
        default=False,
        description="Its unit too, and at least its level: both lie on one shelf of the archive",
    )
    readers: str | None = Field(
        default=None, description="A field of an audience that gets who may read the other record"
    )


class At(Declared):
    """When the clock acts: after the day (at the instant) of a field, or counted in workdays."""

    field: str | None = None
    entered: int | None = Field(
        default=None, ge=0, le=MOST_DAYS, description="Workdays since the state began"
    )
    overdue: int | None = Field(
        default=None, ge=0, le=MOST_DAYS, description="Workdays after the tasks' due day"
    )


def _at(given: object) -> object:
    return {"field": given} if isinstance(given, str) else given


class GuardCall(Declared):
    """A guard by name, with its parameters: ``complete`` or ``{not_before: {…}}``."""

    name: str
    with_: dict[str, str | int | bool | tuple[str, ...]] = Field(default={}, alias="with")


def _guard(given: object) -> object:
    if isinstance(given, str):
        return {"name": given}
    if isinstance(given, dict) and len(given) == 1 and "name" not in given:
        name, parameters = next(iter(given.items()))
        return {"name": name, "with": parameters}
    return given


Time = Annotated[At | None, BeforeValidator(_at)]
"""When the clock acts; a bare name is short for the day of a field."""

Guards = tuple[Annotated[GuardCall, BeforeValidator(_guard)], ...]
"""Guards, each by its bare name where it takes no parameters."""
