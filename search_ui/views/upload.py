"""Putting files in: new ones, and a new version of one."""

from dataclasses import dataclass

from search_ui.views.fields import GrantRow
from search_ui.views.shell import Badge, Choice, Crumb


@dataclass(frozen=True, slots=True)
class UploadOutcome:
    """What became of one file that was handed in."""

    name: str
    size_bytes: int
    status: Badge
    detail: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Many files at once, each becoming a record."""

    action_href: str
    kinds: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    grants: tuple[GrantRow, ...]
    limit_bytes: int
    idempotency_key: str
    folder: str = ""
    outcomes: tuple[UploadOutcome, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NewVersionPage:
    """A new version of one file of a record."""

    title: str
    file_name: str
    version: int
    revision: int
    action_href: str
    cancel_href: str
    crumbs: tuple[Crumb, ...]
    limit_bytes: int
    idempotency_key: str
    problem: str = ""
