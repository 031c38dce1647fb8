"""What others changed while somebody wrote: field by field, beside what he typed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that somebody else changed: what it was, what it is, what was typed."""

    name: str
    """Of its control in the form; empty where the form has none."""
    label: str
    old: tuple[str, ...]
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    by: str
    at: datetime
    asked: bool = False
    """Both wrote it: one of the two is to be chosen. Else theirs stands in the form already."""
    takes_theirs: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """All of it since the revision that was written on."""

    against: int
    """The revision that was written on."""
    by: str
    at: datetime
    number: int
    """The newest revision."""
    href: str
    fields: tuple[FieldDifference, ...]
    events: tuple[str, ...]
    """What else happened: actions taken, files brought."""

    @property
    def asks(self) -> bool:
        """Whether anything is to be decided."""
        return any(each.asked for each in self.fields)
