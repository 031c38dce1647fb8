"""Tiles of the home page: numbers of what waits for a person, and of what his posts look after.

What posts look after is declared by kinds: an entry of a menu with `tile: true` (GT-07).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from records.lists.menu import MenuEntry
from records.parameters.catalogue import SOON_DAYS
from records.schema.kind import Kind
from search_ui.modules import entry_href, is_for
from search_ui.texts import Texts
from search_ui.views.work import Tile
from services.finding.kind_lists import ListAsked
from services.finding.worklists import Worklist
from services.house import House
from services.intake.starting import takes_part
from services.people.caller import Caller


@dataclass(frozen=True, slots=True)
class TileShowing:
    """Counts for one caller."""

    house: House
    caller: Caller
    t: Texts

    def own(self, *, waiting: int, followed: int) -> Iterator[Tile]:
        """What waits for him: by urgency, by deadline, to be read; what he follows and keeps."""
        work, t = self.house.lists.of_work, self.t
        asked = [Worklist.UNREAD, Worklist.SOON, Worklist.OVERDUE]
        totals = work.totals(self.caller, asked)
        urgent = work.by_urgency(self.caller) if waiting else {}
        late = totals[Worklist.OVERDUE]
        soon_days = self.caller.parameters[SOON_DAYS]
        told = " · ".join(f"{name} {count}" for name, count in urgent.items())
        yield Tile(t("task.list.todo"), waiting, "/tasks", note=told, urgent=bool(urgent))
        yield Tile(t("home.soon", n=soon_days), totals[Worklist.SOON], "/tasks?which=soon")
        overdue = t("task.list.overdue")
        yield Tile(overdue, late, "/tasks?which=overdue", urgent=late > 0)
        yield Tile(t("task.list.unread"), totals[Worklist.UNREAD], "/tasks?which=unread")
        yield Tile(t("task.list.followed"), followed, "/tasks?which=followed")
        kept = self.house.lists.favourites.count(self.caller.person.login)
        yield Tile(t("nav.favourites"), kept, "/favourites")

    def of_posts(self) -> Iterator[Tile]:
        """What kinds declare for him; what is for everybody only where there is something."""
        kinds = sorted(self.house.kinds, key=lambda each: each.menu.order if each.menu else 0)
        for kind in kinds:
            if kind.menu is None or not takes_part(kind, self.caller):
                continue
            for entry in kind.menu.entries:
                if entry.tile and is_for(entry, self.caller):
                    number = self._count(kind, entry)
                    if number or entry.for_:
                        href = entry_href(kind, entry)
                        yield Tile(entry.label, number, href, note=kind.menu.title)

    def _count(self, kind: Kind, entry: MenuEntry) -> int:
        lists = self.house.lists
        if entry.tasks is not None:
            which, kinds = Worklist(entry.tasks), (kind.kind,)
            return lists.of_work.page(self.caller, which, kinds=kinds, size=0).total
        filters = tuple((name, value) for name, them in entry.where.items() for value in them)
        asked = ListAsked(filters=filters, size=0)
        return lists.of_kinds.page(self.caller, kind.kind, asked, counted=False).page.total
