"""通讯录: the directory of the organisation, a card, one's own contacts, corrections."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.fields import FormField
from search_ui.views.organisation import UnitNode
from search_ui.views.shell import Pager, Tab


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """A person; a number that is not for the reader says so by `mobile_hidden`."""

    name: str
    href: str
    unit: str
    posts: str
    phone: str
    mobile: str
    mobile_hidden: bool
    mail: str
    room: str


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """The tree, as far as it is opened, and the people of the unit chosen."""

    tabs: tuple[Tab, ...]
    tree: tuple[UnitNode, ...]
    unit: str
    unit_code: str
    query: str
    rows: tuple[DirectoryRow, ...]
    pager: Pager
    export_href: str


@dataclass(frozen=True, slots=True)
class CardView:
    """One person; `form` is of himself alone, to ask for a correction."""

    row: DirectoryRow
    papers_href: str
    """What he drafted, as far as the reader may see it."""
    edit_href: str | None
    """Of who keeps him."""
    form: tuple[FormField, ...] = ()
    problem: str = ""
    state: str = ""
    """What became of his last correction, in words."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody of whom only the reader knows."""

    name: str
    organisation: str
    phone: str
    mobile: str
    mail: str
    note: str
    edit_href: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class ContactsView:
    """One's own contacts, and the form of one."""

    tabs: tuple[Tab, ...]
    rows: tuple[ContactRow, ...]
    query: str
    form: tuple[FormField, ...]
    id: str
    """Of the one that is changed; empty for a new one."""
    problem: str
    export_href: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What somebody wants to stand of him: name, what stands, what shall stand."""

    login: str
    name: str
    unit: str
    lines: tuple[tuple[str, str, str], ...]
    note: str
    at: datetime
    seen: str


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """What waits for who keeps these people."""

    rows: tuple[CorrectionRow, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whose name was typed, as the directory has him."""

    name: str
    place: str
    """His unit, and his posts."""
    reached: str
    """His telephone and his room, as far as they are known."""
    href: str
    papers_href: str = ""
    """The search for what he drafted; empty where nobody is named."""
