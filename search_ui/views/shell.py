"""The frame around every page: who is signed in, where one can go, what has just happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tone = Literal["neutral", "info", "ok", "warning", "danger", "accent"]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as pages name him: 甲一 · 办公室 · 机要室."""

    login: str
    name: str
    unit: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the navigation; `name` is its word in the catalogue (`nav.NAME`).

    Where it has a `label` it is a name that an installation gave, and the catalogue has none.
    With `ways` it is a module that unfolds, and each of them leads somewhere.
    """

    name: str
    href: str
    icon: str
    count: int | None = None
    """None for an entry that counts nothing; 0 is not shown and may rise."""
    label: str = ""
    ways: tuple["NavigationItem", ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationGroup:
    """Entries under one small heading; the first group has none (`name` empty)."""

    name: str
    items: tuple[NavigationItem, ...]
    label: str = ""
    """A heading that kinds declare, in the place of one of the catalogue."""


@dataclass(frozen=True, slots=True)
class Flash:
    """What came of the last action, told once on the page that follows."""

    tone: Tone
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page for a signed-in person."""

    organisation: str
    person: PersonLine
    now: datetime
    navigation: tuple[NavigationGroup, ...]
    current: str
    """Name of the navigation entry that the page belongs to, or empty."""
    begins: tuple[NavigationItem, ...] = ()
    """Kinds of records that the person may begin."""
    query: str = ""
    unread: int = 0
    flashes: tuple[Flash, ...] = ()


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page; the last has no address."""

    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word in a coloured field: a state, a level, a kind."""

    label: str
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values to choose from."""

    value: str
    label: str
    chosen: bool = False
    detail: str = ""
    """What tells it from another of the same name."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same page."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a list stands; None where there is no such page."""

    total: int
    first: int
    """Number of the first entry shown, counted from 1; 0 for an empty list."""
    last: int
    previous_href: str | None
    next_href: str | None
    pages: tuple[Tab, ...] = ()
