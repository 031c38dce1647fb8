"""委托代办."""

from dataclasses import dataclass
from datetime import date

from search_ui.views.fields import FormField
from search_ui.views.shell import Badge, Choice


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation, as either side sees it."""

    who: str
    unit: str
    from_on: date
    until_on: date
    kinds: str
    status: Badge
    reason: str = ""
    end_href: str | None = None


@dataclass(frozen=True, slots=True)
class DelegationsPage:
    """What a person has handed over and taken over, and the form for a new one."""

    given: tuple[DelegationRow, ...]
    taken: tuple[DelegationRow, ...]
    fields: tuple[FormField, ...]
    kinds: tuple[Choice, ...]
    problem: str = ""
    advice: str = ""
