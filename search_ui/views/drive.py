"""The drive: a folder, what is done with several things in it, the recycle bin."""

from dataclasses import dataclass
from datetime import datetime

from search_ui.views.fields import GrantRow
from search_ui.views.shell import Crumb, Pager, Tab


@dataclass(frozen=True, slots=True)
class DriveRow:
    """A folder or file in a list, with all that its reader may do with it."""

    id: str
    title: str
    icon: str
    href: str
    changed_at: datetime
    size_bytes: int | None = None
    owner: str = ""
    """Whose it is, where it is somebody else's."""
    shared: str = ""
    """For how many it is open besides its owner; empty for nobody."""
    rename_href: str | None = None
    move_href: str | None = None
    share_href: str | None = None
    new_version_href: str | None = None
    download_href: str | None = None
    delete_href: str | None = None
    small_href: str | None = None
    """Its first page in small; None for what has none."""
    is_unread: bool = False
    """Whether it is a scan whose text is still to be recognised."""


@dataclass(frozen=True, slots=True)
class SortHead:
    """A way to another order."""

    label: str
    href: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class FolderForm:
    """The dialog of a new folder; open again with what was typed when that cannot be."""

    href: str
    parent: str
    idempotency_key: str
    name: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class DropForm:
    """What files are sent with that are dropped onto the list."""

    action_href: str
    kind: str
    folder: str
    idempotency_key: str
    grants: tuple[GrantRow, ...]
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class DrivePage:
    """One folder, or what others share."""

    title: str
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    rows: tuple[DriveRow, ...]
    folders_total: int
    files_total: int
    heads: tuple[SortHead, ...] = ()
    looks: tuple[Tab, ...] = ()
    tiles: bool = False
    """Whether what lies here is shown in tiles, larger than as a list."""
    note: str = ""
    """With whom the folder is shared, or whose it is."""
    share_href: str | None = None
    upload_href: str | None = None
    new_folder: FolderForm | None = None
    drop: DropForm | None = None
    pager: Pager | None = None
    none: str = "none"
    """The words of an empty list in the catalogue (`drive.NONE`)."""

    @property
    def chooses(self) -> bool:
        """Whether several can be chosen."""
        return any(row.delete_href for row in self.rows)


@dataclass(frozen=True, slots=True)
class DriveChange:
    """One thing or several about to be renamed, moved or deleted."""

    title: str
    crumbs: tuple[Crumb, ...]
    action_href: str
    back_href: str
    rows: tuple[DriveRow, ...]
    chosen: tuple[str, ...]
    note: str = ""
    problem: str = ""
    name: str = ""
    ending: str = ""
    """The ending of a file, which stays."""


@dataclass(frozen=True, slots=True)
class FolderChoice:
    """A folder into which something may be moved."""

    value: str
    title: str
    depth: int
    chosen: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class DriveMove:
    """Where to: the tree of one's folders."""

    change: DriveChange
    folders: tuple[FolderChoice, ...]


@dataclass(frozen=True, slots=True)
class BinRow:
    """Something that was deleted."""

    id: str
    title: str
    kind: str
    icon: str
    deleted_at: datetime
    last_at: datetime
    inside: int
    restore_href: str
    purge_href: str


@dataclass(frozen=True, slots=True)
class RecycleBinPage:
    """What was deleted in the last thirty days."""

    crumbs: tuple[Crumb, ...]
    tabs: tuple[Tab, ...]
    rows: tuple[BinRow, ...]
    pager: Pager
    days: int
    empty_href: str
