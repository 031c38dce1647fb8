"""What the rows of a list ask for, and those that ask for nothing that could be read."""

from dataclasses import dataclass
from enum import StrEnum


class Unread(StrEnum):
    """Why a cell that is not empty says nothing."""

    FORMULA = "formula"
    """A formula whose result was not stored: the program that wrote it did not reckon it."""
    FAULT = "fault"
    """The result of a formula is a fault: #N/A, #REF!."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row: what is looked for; or why that cannot be told, of the `words` that stand there."""

    words: str
    unread: Unread | None = None
