"""Signing in, one's own account, the organisation, and the pages that say what went wrong."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.shell import Badge, Crumb, Pager


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in form; `problem` is a sentence, `advice` what to do about it."""

    organisation: str
    next_href: str = "/"
    login: str = ""
    problem: str = ""
    advice: str = ""
    expired: bool = False
    signed_out: bool = False
    hints: tuple[tuple[str, str, str], ...] = ()
    """Login, password and a word about each sign-in of a demo; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class SetPasswordPage:
    """A new password: after a one-time code, or because the old one must go."""

    organisation: str
    login: str
    code: str
    next_href: str = "/"
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One place where a person is signed in."""

    key: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    current: bool = False


@dataclass(frozen=True, slots=True)
class SecurityPage:
    """A person's own sessions and password."""

    sessions: tuple[SessionRow, ...]
    problem: str = ""


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
    reset_href: str | None = None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The organisation: its tree, and the people of the unit chosen."""

    tree: tuple[UnitNode, ...]
    unit: str
    people: tuple[PersonRow, ...]
    pager: Pager
    query: str = ""
    code: str = ""
    """A one-time code just made, shown once, with its owner in `code_for`."""
    code_for: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about an error: a label and what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from an error page."""

    label: str
    href: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong and what to do next; `request` finds the call in the log."""

    status: int
    title: str
    text: str
    advice: tuple[str, ...]
    ways: tuple[Way, ...]
    facts: tuple[Fact, ...] = ()
    request: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that the environment check looked at."""

    name: str
    status: Badge
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The environment of the server and of this browser."""

    server: tuple[CheckLine, ...]
    browser: tuple[CheckLine, ...]
    checked_at: datetime
    crumbs: tuple[Crumb, ...] = ()
