"""One's own records: what one worked on last, what one began, the folders of one's drive."""

from records.facts import field_fact
from records.identity import KindName, RecordId
from records.kind import Kinds
from records.query import Everything, FactRange, Holds, Not, Query
from records.search import Narrowing, Slot
from services.finding.listing import Listing, ListPage, RecordLister
from services.people.caller import Caller

FOLDER, FILE = KindName("folder"), KindName("drive_file")
_PLACES = {FOLDER: "parent", FILE: "folder"}
"""The field that names the folder in which a record of the drive lies (YP-01)."""


class OwnRecords:
    """Lists what the caller owns."""

    def __init__(self, lister: RecordLister, kinds: Kinds) -> None:
        self._lister = lister
        self._kinds = kinds

    def recent(self, caller: Caller, *, size: int) -> ListPage:
        """Of all kinds, last changed first."""
        return self._page(caller, Everything(), Slot.CHANGED, (), size=size, descending=True)

    def announced(
        self, caller: Caller, *, size: int, after: str | None = None, before: str | None = None
    ) -> ListPage:
        """Of kinds that are published to an audience, in whatever state, last changed first."""
        kinds = tuple(kind.kind for kind in self._kinds if kind.meaning.audience)
        return self._page(
            caller, Everything(), Slot.CHANGED, kinds,
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
    ) -> ListPage:
        """Folders or files of the drive that lie in a folder, or at the top; in order of names."""
        field = _PLACES[kind]
        anywhere = Holds((FactRange(field_fact(field, ""), f"field.{field}>"),))
        tree = Holds((field_fact(field, folder),)) if folder else Not(anywhere)
        return self._page(caller, tree, Slot.LIST, (kind,), size=size, after=after, before=before)

    def _page(
        self,
        caller: Caller,
        tree: Query,
        slot: Slot,
        kinds: tuple[KindName, ...],
        *,
        size: int,
        descending: bool = False,
        after: str | None = None,
        before: str | None = None,
    ) -> ListPage:
        narrowing = Narrowing(kinds=kinds, authors=(caller.person.login,))
        listing = Listing(tree, slot, descending=descending, narrowing=narrowing)
        return self._lister.page(caller, listing, size=size, after=after, before=before)
