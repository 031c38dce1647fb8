"""What recipients answer to what was published: the form of one, and the table of all."""

from dataclasses import dataclass
from datetime import date, datetime

from search_ui.views.fields import FormField
from search_ui.views.shell import Badge, Crumb, Pager, Tab


@dataclass(frozen=True, slots=True)
class AnswerFileRow:
    """A file that came with an answer."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One value of an answer, under its label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerSlip:
    """What somebody answers, or may answer, for himself or for a unit."""

    label: str
    """What it is called: 反馈, 回执."""
    name: str
    """Of the unit; empty for himself."""
    recipient: str
    number: int
    action_href: str
    fields: tuple[FormField, ...]
    idempotency_key: str
    drop: FormField | None = None
    held: tuple[AnswerFileRow, ...] = ()
    lines: tuple[AnswerLine, ...] = ()
    at: datetime | None = None
    """When it was answered; None while it was not."""
    by: str = ""
    late: bool = False
    due_on: date | None = None
    overdue: bool = False
    """One given now counts as late."""
    is_open: bool = True
    """Whether one may be given now; else it is only shown."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One recipient in the table."""

    name: str
    unit: str
    standing: Badge
    read: str
    at: datetime | None
    by: str
    lines: tuple[AnswerLine, ...]
    files: tuple[AnswerFileRow, ...]


@dataclass(frozen=True, slots=True)
class ReceiptsPage:
    """Everybody to whom a record was published, and what came back."""

    title: str
    label: str
    """What is answered (反馈, 回执); empty where nothing is."""
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    choices: tuple[tuple[str, int], ...]
    rows: tuple[ReceiptLine, ...]
    pager: Pager
    export_xlsx_href: str
    export_csv_href: str
    urge_href: str
    owing: int
    """How many would be urged; nobody is offered to where it is 0."""
    owes: str
    """Which receipt they owe."""
    due_on: date | None = None
    overdue: bool = False
