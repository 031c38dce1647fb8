"""What a person is told, and where else he wants it."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.shell import Badge, Choice
from search_ui.views.work import RecordRow


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """One notice; its address opens the record and marks it read."""

    href: str
    matter: Badge
    text: str
    by: str
    at: datetime
    read: bool
    search: str = ""
    """Of what a subscribed search found: how it is called."""


@dataclass(frozen=True, slots=True)
class WayForm:
    """A way out of the house: the address of this person there, and which matters he wants."""

    channel: str
    label: str
    help: str
    address: str
    matters: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What a subscribed search found, told together."""

    title: str
    rows: tuple[RecordRow, ...]
    back_href: str


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """A page of the stream, and the choice of ways."""

    rows: tuple[NotificationRow, ...]
    unread: int
    next_href: str | None
    ways: tuple[WayForm, ...]
    problem: str = ""
