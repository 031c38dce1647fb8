"""The archive: a place of its tree, its pieces, and the catalogue of a box."""

from dataclasses import dataclass

from search_ui.views.search import FacetValue
from search_ui.views.shell import Crumb, Pager


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One piece; its cells stand under the heads."""

    href: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A place of the tree 年度 – 机构 – 保管期限."""

    crumbs: tuple[Crumb, ...]
    level: str
    """What the branches are; empty at the end of the tree."""
    branches: tuple[FacetValue, ...]
    heads: tuple[str, ...]
    rows: tuple[PieceRow, ...]
    pager: Pager
    words: str
    kept: tuple[tuple[str, str], ...]
    catalogue_href: str
    export_href: str


@dataclass(frozen=True, slots=True)
class ArchiveCatalogue:
    """归档文件目录, and the 备考表 that is laid behind it."""

    organ: str
    place: str
    heads: tuple[str, ...]
    rows: tuple[PieceRow, ...]
    supplements: tuple[str, ...]
    """One line each, for the 备考表."""
    files: int
    made_by: str
    made_on: str
    back_href: str
    export_href: str
