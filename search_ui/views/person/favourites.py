"""收藏: what a person keeps for himself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from search_ui.views.shell import Choice, Pager, Tab


@dataclass(frozen=True, slots=True)
class FavouriteLine:
    """A record or a search; `href` is None of a record that may not be read any more."""

    title: str
    href: str | None
    icon: str
    facts: tuple[str, ...]
    note: str
    at: datetime
    edit_href: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class FavouriteForm:
    """Folder and note of one."""

    action_href: str
    title: str
    folder: str
    note: str
    problem: str = ""
    advice: str = ""
    when: tuple[Choice, ...] = ()
    """Of a search: when its owner is told what it finds."""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A search that a colleague shares; its form keeps it as one's own."""

    name: str
    href: str
    facts: tuple[str, ...]
    asks: str


@dataclass(frozen=True, slots=True)
class FavouritesPage:
    """The rows of a folder, or of all."""

    folders: tuple[Tab, ...]
    rows: tuple[FavouriteLine, ...]
    names: Sequence[str]
    """Of the folders there are, to choose from when one is typed."""
    folder: str | None
    words: str
    everything: int
    form: FavouriteForm | None = None
    pager: Pager | None = None
    shared: tuple[SharedLine, ...] = ()
