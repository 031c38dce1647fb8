"""The folders of a library as they are kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder in the tree: who reads it and who keeps it, besides those of the ones above."""

    name: str
    depth: int
    readers: str
    keepers: str
    list_href: str
    edit_href: str | None
    """None for who only reads it."""
    new_href: str | None


@dataclass(frozen=True, slots=True)
class FoldersPage:
    """The tree of one library, as far as it may be seen."""

    kind: str
    list_href: str
    rows: tuple[FolderRow, ...]
    new_href: str | None
    """A folder at the top; None for who may not."""
