"""收藏 as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from languages.errors import Told
from records.errors import NotFound
from search_ui.shown.paging import query_of
from search_ui.shown.rows import record_row
from search_ui.texts import Texts
from search_ui.views.person.favourites import FavouriteForm, FavouriteLine, FavouritesPage
from search_ui.views.shell import Pager, Tab
from services.finding.favourites import Favourite, FavouriteRow
from services.house import House
from services.people.caller import Caller

HERE = "/favourites"
SHOWN = 50

Typed = tuple[str, str, Told]
"""(folder, note, what is wrong) as they came in a form."""


@dataclass(frozen=True, slots=True)
class FavouriteShowing:
    """The page for one caller."""

    house: House
    caller: Caller
    t: Texts

    def page(
        self,
        *,
        folder: str | None = None,
        words: str = "",
        page: int = 1,
        edit: str = "",
        typed: Typed | None = None,
    ) -> FavouritesPage:
        """One page of the rows, and the form of the one that `edit` names."""
        first = (page - 1) * SHOWN
        found = self.house.lists.favourites.page(
            self.caller, folder=folder, words=words, offset=first, size=SHOWN
        )
        kept = [("folder", folder)] if folder is not None else []
        kept += [("q", words)] if words else []
        return FavouritesPage(
            folders=tuple(self._folders(found.folders, found.everything, folder)),
            rows=tuple(map(self._line, found.rows)),
            names=[name for name in found.folders if name],
            folder=folder,
            words=words,
            everything=found.everything,
            form=self._form(edit, typed) if edit else None,
            pager=_pager(page, first, found.total, len(found.rows), kept),
        )

    def _folders(
        self, folders: Mapping[str, int], everything: int, chosen: str | None
    ) -> list[Tab]:
        """None where there is but one."""
        tabs = [Tab(self.t("favourite.all"), HERE, current=chosen is None, count=everything)]
        for name, count in folders.items():
            label = name or self.t("favourite.no_folder")
            href = f"{HERE}?folder={quote(name)}"
            tabs.append(Tab(label, href, current=chosen == name, count=count))
        return tabs if len(tabs) > 2 or chosen is not None else []

    def _line(self, row: FavouriteRow) -> FavouriteLine:
        kept = row.favourite
        title, icon = self.t("favourite.closed"), "lock"
        href: str | None = None
        facts: tuple[str, ...] = ()
        if kept.is_search:
            title, icon, href = kept.name, "search", f"/search?{kept.asks}"
            facts = (self.t("favourite.search"),)
        elif row.revision is not None:
            shown = record_row(row.revision, self.house.kinds)
            title, icon, href = shown.title, shown.icon, shown.href
            facts = tuple(each for each in (shown.kind, shown.note) if each)
        return FavouriteLine(
            title=title,
            href=href,
            icon=icon,
            facts=(*facts, kept.folder) if kept.folder else facts,
            note=kept.note,
            at=kept.at,
            edit_href=f"{HERE}?edit={kept.target}",
            drop_href=f"{HERE}/{kept.target}/drop",
        )

    def _form(self, target: str, typed: Typed | None) -> FavouriteForm:
        kept = self.house.lists.favourites.find(self.caller.person.login, target)
        if kept is None:
            raise NotFound("no_such_favourite", target=target)
        folder, note, told = typed or (kept.folder, kept.note, None)
        return FavouriteForm(
            action_href=f"{HERE}/{target}",
            title=self._title(kept),
            folder=folder,
            note=note,
            problem=told.what if told else "",
            advice=told.advice if told else "",
        )

    def _title(self, kept: Favourite) -> str:
        (row,) = self.house.lists.favourites.shown(self.caller, [kept])
        return self._line(row).title


def _pager(
    page: int, first: int, total: int, shown: int, kept: list[tuple[str, str]]
) -> Pager | None:
    def href(number: int) -> str:
        return f"{HERE}?{query_of([*kept, ('page', str(number))])}"

    if total <= SHOWN:
        return None
    return Pager(
        total=total,
        first=first + 1 if shown else 0,
        last=first + shown,
        previous_href=href(page - 1) if page > 1 else None,
        next_href=href(page + 1) if first + shown < total else None,
    )
