"""One's own records: what one worked on last, what one began, the folders of one's drive."""

from collections.abc import Callable
from enum import StrEnum

from records.identity import KindName, Login, RecordId
from records.lists.facts import field_fact
from records.queries.query import And, Everything, FactRange, Holds, Not, Query
from records.queries.search import ListOrder, Narrowing
from records.revision import Revision
from records.schema.kind import Kinds
from services.finding.listing import Listing, ListPage, RecordLister
from services.finding.unindexed import UnindexedView
from services.people.caller import Caller

FOLDER, FILE = KindName("folder"), KindName("drive_file")
PLACES = {FOLDER: "parent", FILE: "folder"}
"""The field that names the folder in which a record of the drive lies (YP-01)."""


SAME = 20
"""Records of one name that are looked at."""


class DriveOrder(StrEnum):
    """Orders of a folder."""

    NAME = "name"
    NAME_BACKWARD = "-name"
    CHANGED = "-changed"
    CHANGED_FIRST = "changed"

    @property
    def by(self) -> ListOrder:
        """The order of the index."""
        return ListOrder.LIST if self.endswith("name") else ListOrder.CHANGED

    @property
    def descending(self) -> bool:
        """Whether the last comes first."""
        return self.startswith("-")


class OwnRecords:
    """Lists what the caller owns."""

    def __init__(
        self,
        lister: RecordLister,
        kinds: Kinds,
        *,
        unindexed: UnindexedView,
        is_rebuilding: Callable[[], bool],
    ) -> None:
        self._lister = lister
        self._kinds = kinds
        self._unindexed = unindexed
        self._is_rebuilding = is_rebuilding

    def may_lack_some(self) -> bool:
        """Whether a list may lack what stands in it: the index is behind, or being rebuilt."""
        unknown = self._unindexed.current()
        return bool(unknown.hidden) or unknown.is_behind or self._is_rebuilding()

    def recent(self, caller: Caller, *, size: int) -> ListPage:
        """Of all kinds but folders, last changed first."""
        kinds = tuple(kind.kind for kind in self._kinds if kind.kind != FOLDER)
        return self._page(
            caller, Everything(), ListOrder.CHANGED, kinds, size=size, descending=True
        )

    def announced(
        self, caller: Caller, *, size: int, after: str | None = None, before: str | None = None
    ) -> ListPage:
        """Of kinds that are published to an audience, in whatever state, last changed first."""
        kinds = tuple(kind.kind for kind in self._kinds if kind.announces)
        return self._page(
            caller, Everything(), ListOrder.CHANGED, kinds,
            size=size, descending=True, after=after, before=before,
        )  # fmt: skip

    def in_folder(
        self,
        caller: Caller,
        kind: KindName,
        folder: RecordId | None,
        *,
        size: int,
        after: str | None = None,
        before: str | None = None,
        owner: Login | None = None,
        order: DriveOrder | None = None,
    ) -> ListPage:
        """Folders or files of the drive that lie in a folder, or at the top; in order of names.

        In a folder of somebody else stands what its owner put there and the caller may read.
        """
        order = order or DriveOrder.NAME
        return self._page(
            caller, _in_place(kind, folder), order.by, (kind,),
            size=size, after=after, before=before, descending=order.descending,
            authors=(owner or caller.person.login,),
        )  # fmt: skip

    def folders(self, caller: Caller, *, size: int) -> ListPage:
        """All folders of the caller, in order of names."""
        return self._page(caller, Everything(), ListOrder.LIST, (FOLDER,), size=size)

    def named(
        self, caller: Caller, kind: KindName, title: str, folder: RecordId | None
    ) -> list[Revision]:
        """Own records of that title; of the drive those in that very folder, or at the top."""
        meaning = self._kinds.get(kind).meaning
        same = Holds((field_fact(meaning.title, title),))
        tree = And((same, _in_place(kind, folder))) if kind in PLACES else same
        page = self._page(caller, tree, ListOrder.LIST, (kind,), size=SAME)
        return [row.revision for row in page.rows]

    def shared_with(
        self, caller: Caller, *, size: int, after: str | None = None, before: str | None = None
    ) -> ListPage:
        """What the caller may read in the drives of others, last changed first."""
        own = caller.person.login
        others = tuple(each.login for each in caller.organisation.people if each.login != own)
        if not others:
            return ListPage(0, (), None)
        return self._page(
            caller, Everything(), ListOrder.CHANGED, (FOLDER, FILE),
            size=size, descending=True, after=after, before=before, authors=others,
        )  # fmt: skip

    def _page(
        self,
        caller: Caller,
        tree: Query,
        by: ListOrder,
        kinds: tuple[KindName, ...],
        *,
        size: int,
        descending: bool = False,
        after: str | None = None,
        before: str | None = None,
        authors: tuple[Login, ...] = (),
    ) -> ListPage:
        narrowing = Narrowing(kinds=kinds, authors=authors or (caller.person.login,))
        listing = Listing(tree, by, descending=descending, narrowing=narrowing)
        return self._lister.page(caller, listing, size=size, after=after, before=before)


def _in_place(kind: KindName, folder: RecordId | None) -> Query:
    """What lies in a folder, or in none."""
    field = PLACES[kind]
    anywhere = Holds((FactRange(field_fact(field, ""), f"field.{field}>"),))
    return Holds((field_fact(field, folder),)) if folder else Not(anywhere)
