"""What a kind declares of its contents: fields and parts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from records.declared import Declared
from records.identity import KindName


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    """One line."""
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    """One of `options`."""
    CHOICES = "choices"
    """Several of `options`."""
    TERM = "term"
    """An entry of the dictionary that `dictionary` names (SY-09)."""
    FLAG = "flag"
    DATE = "date"
    """A calendar day, ISO 8601."""
    INSTANT = "instant"
    """A moment, ISO 8601 in UTC; what is given without a zone is Beijing time."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    """A number with a fraction, kept as written without needless zeros."""
    AUDIENCE = "audience"
    """Tokens: units, roles, people or everyone."""
    FOLDER = "folder"
    """The code of one folder of the kind's library (目录)."""
    UNIT = "unit"
    """The code of one unit."""
    UNITS = "units"
    """Codes of units."""
    PEOPLE = "people"
    """Logins."""
    RECORD = "record"
    """The identifier of another record."""
    RECORDS = "records"
    """Identifiers of other records."""
    ROWS = "rows"
    """Lines of a table, each a JSON object with the `columns` declared."""


def _by_value(given: object) -> object:
    """A bare name is short for "when this flag is set"; a single value for a list of one."""
    if isinstance(given, str):
        return {given: (True,)}
    if isinstance(given, dict):
        return {
            name: value if isinstance(value, list | tuple) else (value,)
            for name, value in given.items()
        }
    return given


Condition = Annotated[dict[str, tuple[str | bool, ...]], BeforeValidator(_by_value)]
"""Field → values of it under which the condition holds."""


def holds_for(condition: Condition | None, values: Mapping[str, object]) -> bool:
    """Whether these values meet a condition; no condition is met by none."""
    return condition is not None and all(
        values.get(name) in wanted for name, wanted in condition.items()
    )


class FieldDeclaration(Declared):
    """One field of a kind."""

    label: str
    type: FieldType
    required: bool = False
    required_if: Condition | None = Field(
        default=None, description="Required while another field has one of these values"
    )
    max: int = Field(default=2000, ge=1, description="Characters, or entries of a list")
    options: tuple[str, ...] = ()
    dictionary: str | None = Field(default=None, description="Of a term: whose entries it takes")
    columns: dict[str, "FieldDeclaration"] = Field(default={}, description="Of rows")
    of: KindName | None = Field(default=None, description="Of a record: the kind it must be")
    handled: dict[str, tuple[KindName, ...]] = Field(
        default={},
        description="Of records: heading → kinds of what the user has handled (FW-06)",
    )
    default: str | int | bool | None = None
    help: str | None = None
    personal: bool = Field(
        default=False, description="Not searched, and masked for whoever took no part"
    )
    indexed: bool = Field(default=False, description="Lists filter and count by it")
    signed: bool = Field(default=False, description="Opinions stand on it: part of what is signed")
    clears: tuple[str, ...] = Field(default=(), description="Marks that a change of it takes away")
    suggests: Literal["units"] | None = Field(
        default=None, description="Of a text: its names may be picked from a list, or typed freely"
    )


class PartDeclaration(Declared):
    """A place for files."""

    label: str
    required: bool = False
    many: bool = True
    signed: bool = Field(default=False, description="Opinions stand on it")
    clears: tuple[str, ...] = Field(default=(), description="Marks that a change of it takes away")
