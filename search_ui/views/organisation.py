"""The organisation as administrators keep it: its tree, its people, forms, and files of people."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.fields import FormField
from search_ui.views.shell import Badge, Pager


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree."""

    code: str
    name: str
    href: str
    people: int
    level: str = ""
    children: tuple["UnitNode", ...] = ()
    opened: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list of a unit."""

    login: str
    name: str
    unit: str
    posts: tuple[str, ...]
    roles: tuple[str, ...]
    clearance: Badge
    status: Badge
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from a page."""

    label: str
    href: str
    symbol: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role, in words."""

    name: str
    title: str
    is_own: bool
    given_by: str
    may: tuple[str, ...]
    kinds: tuple[str, ...]
    holders: int


@dataclass(frozen=True, slots=True)
class RolesPage:
    """All roles of the house."""

    roles: tuple[RoleRow, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The organisation: its tree, and the people of the unit chosen."""

    tree: tuple[UnitNode, ...]
    unit: str
    people: tuple[PersonRow, ...]
    pager: Pager
    query: str = ""
    links: tuple[Link, ...] = ()
    unit_link: Link | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A change by one button, with what is asked before."""

    label: str
    href: str
    question: str
    fields: tuple[FormField, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """A person or a unit in a form, and what else can be done with it."""

    title: str
    action: str
    seen: str
    fields: tuple[FormField, ...]
    back: str
    status: Badge | None = None
    problem: str = ""
    steps: tuple[Step, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    code: str = ""
    """A one-time code just made, shown once."""
    code_for: str = ""
    links: tuple[Link, ...] = ()
    go: str = ""
    """What the button of the form says, where it is not 保存."""
    locked: str = ""
    """Why nothing can be changed here; empty where it can."""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What is wrong with a row of a file."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a row would change."""

    where: str
    name: str
    new: bool
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PeopleFilePage:
    """A file of people: to be chosen, looked at, or taken."""

    problem: str = ""
    advice: str = ""
    take_href: str = ""
    faults: tuple[FaultRow, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    more: int = 0
    """Rows that are not shown."""
    told: str = ""
    codes: tuple[tuple[str, str, str], ...] = ()
    """Login, name and one-time code of new accounts."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application that waits."""

    name: str
    login: str
    unit: str
    reason: str
    at: datetime
    href: str


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """What waits for the caller's decision."""

    rows: tuple[ApplicationRow, ...]
    pager: Pager
