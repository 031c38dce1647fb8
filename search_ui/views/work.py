"""What waits for a person and what is new: home, tasks, notices."""

from dataclasses import dataclass
from datetime import date, datetime

from search_ui.views.shell import Badge, Pager, Tab


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
    answer_by: date | None = None
    """The last day for the answer that is wanted (反馈, 回执)."""
    answer: str = ""
    """What is wanted; empty for nothing."""
    state: Badge | None = None
    """Where it stands, for who drafted it."""


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
class Tile:
    """A number that stands for a list, and leads to it."""

    label: str
    number: int
    href: str
    note: str = ""
    """What tells it apart: 特急 1 · 加急 2, or the module that it belongs to."""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page after signing in."""

    tasks: tuple[TaskRow, ...]
    tasks_total: int
    notices: tuple[NoticeRow, ...]
    unread_total: int
    recent: tuple[RecordRow, ...]
    new_kinds: tuple[NewKind, ...]
    tiles: tuple[Tile, ...] = ()
    """What waits for everybody: 待办, 即将到期, 超期, 待阅, 跟踪."""
    post_tiles: tuple[Tile, ...] = ()
    """What the posts of this person look after, as kinds declare it."""
    followed: tuple[TaskRow, ...] = ()
    followed_total: int = 0
    deputising: tuple[str, ...] = ()
    """Delegations that run today: for whom the reader acts, or who acts for him."""
    tour: tuple[str, ...] = ()
    """Steps of the tour of the interface (GT-10); none once it was closed."""


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
    new: tuple[NewKind, ...] = ()
    """Kinds that are published, of which the person may begin one."""
    none: str = "none"
    """The words of an empty list in the catalogue (`notice.NONE_text`)."""
