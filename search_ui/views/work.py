"""What waits for a person and what is new: home, tasks, notices."""

from dataclasses import dataclass
from datetime import date, datetime

from search_ui.views.shell import Badge, Choice, Crumb, Pager, Tab


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task: what is to be done on which record."""

    href: str
    title: str
    kind: str
    state: Badge
    from_person: str
    unit: str
    arrived_at: datetime
    due_on: date | None = None
    overdue: bool = False
    done_at: datetime | None = None
    outcome: str = ""
    urgency: str = ""
    """特急 or another that is not ordinary."""
    step: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A published notice as its reader sees it."""

    href: str
    title: str
    unit: str
    category: str
    published_on: date
    read: bool
    pinned: bool = False
    files: int = 0


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in a plain list."""

    href: str
    title: str
    kind: str
    icon: str
    changed_at: datetime
    state: Badge | None = None
    size_bytes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewKind:
    """A kind of record that this person may begin."""

    label: str
    href: str
    icon: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page after signing in."""

    tasks: tuple[TaskRow, ...]
    tasks_total: int
    notices: tuple[NoticeRow, ...]
    unread_total: int
    recent: tuple[RecordRow, ...]
    new_kinds: tuple[NewKind, ...]
    deputising: tuple[str, ...] = ()
    """Delegations that run today: for whom the reader acts, or who acts for him."""


@dataclass(frozen=True, slots=True)
class TasksPage:
    """One of the lists of a person; `which` is its word in the catalogue (`task.none.WHICH`)."""

    tabs: tuple[Tab, ...]
    which: str
    rows: tuple[TaskRow, ...]
    pager: Pager
    kinds: tuple[Tab, ...] = ()
    """The same list of one kind alone; the first is that of all."""


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Notices for this person, unread first."""

    tabs: tuple[Tab, ...]
    rows: tuple[NoticeRow, ...]
    pager: Pager
    categories: tuple[Choice, ...] = ()
    new_href: str | None = None


@dataclass(frozen=True, slots=True)
class DrivePage:
    """One folder of a person's own files."""

    crumbs: tuple[Crumb, ...]
    folders: tuple[RecordRow, ...]
    files: tuple[RecordRow, ...]
    folders_total: int
    files_total: int
    upload_href: str
    new_folder_href: str
    idempotency_key: str
    folder: str = ""
    """Identifier of the folder, empty at the top."""
    pager: Pager | None = None
