"""无人承办: who left, what he held, and what became of it when it was handed over."""

from dataclasses import dataclass
from datetime import date, datetime

from search_ui.views.fields import FormField


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """Somebody who left, or a post that nobody has."""

    name: str
    href: str
    records: int


@dataclass(frozen=True, slots=True)
class StrandedPage:
    """All of them."""

    people: tuple[VacancyRow, ...]
    posts: tuple[VacancyRow, ...]


@dataclass(frozen=True, slots=True)
class StrandedRow:
    """A task; `value` names it in the form, `told` says why it was not handed over."""

    value: str
    kind: str
    label: str
    title: str
    holder: str
    unit: str
    opened_at: datetime
    due_on: date | None
    chosen: bool = True
    told: str = ""


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """What somebody held, with the form that gives it to another."""

    who: str
    rows: tuple[StrandedRow, ...]
    holders: tuple[str, ...]
    also: tuple[str, ...]
    to: FormField
    reason: FormField
    idempotency_key: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class HandedOverPage:
    """What became of it."""

    who: str
    done: int
    refused: tuple[StrandedRow, ...]
    back_href: str
