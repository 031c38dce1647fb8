"""收藏 as its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from languages.errors import Told
from search_ui.shown.paging import query_of
from search_ui.shown.rows import record_row
from search_ui.texts import Texts
from search_ui.views.person.favourites import (
    FavouriteForm,
    FavouriteLine,
    FavouritesPage,
    SharedLine,
)
from search_ui.views.shell import Choice, Pager, Tab
from services.finding.favourites import Favourite, FavouriteRow
from services.house import House
from services.people.caller import Caller
from services.standing.saved_searches import SharedSearch, Wanted
from services.standing.subscriptions import When

HERE = "/favourites"
SHOWN = 50

Typed = tuple[Wanted, Told]
"""What came in a form, and what is wrong with it."""

CHOICES = (When.NEVER, When.AT_ONCE, When.DAILY)


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
        searches = self.house.lists.searches
        told = searches.told(self.caller)
        kept = [("folder", folder)] if folder is not None else []
        kept += [("q", words)] if words else []
        return FavouritesPage(
            folders=tuple(self._folders(found.folders, found.everything, folder)),
            rows=tuple(self._line(row, told) for row in found.rows),
            names=[name for name in found.folders if name],
            folder=folder,
            words=words,
            everything=found.everything,
            form=self._form(edit, typed, told) if edit else None,
            shared=tuple(map(self._shared, searches.shared(self.caller))) if page == 1 else (),
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

    def _line(self, row: FavouriteRow, told: Mapping[str, When]) -> FavouriteLine:
        kept = row.favourite
        title, icon = self.t("favourite.closed"), "lock"
        href: str | None = None
        facts: tuple[str, ...] = ()
        if kept.is_search:
            title, icon, href = kept.name, "search", f"/search?{kept.asks}"
            facts = tuple(self._search_facts(kept, told))
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

    def _search_facts(self, kept: Favourite, told: Mapping[str, When]) -> Iterator[str]:
        yield self.t("favourite.search")
        if (when := told.get(kept.target)) is not None:
            yield self.t(f"favourite.told_{when}")
        if kept.shared_with is not None:
            yield self.t("favourite.shared_here")
        if gone := self.house.lists.searches.gone(self.caller, kept.asks):
            yield self.t("favourite.gone", words="、".join(gone))

    def _shared(self, each: SharedSearch) -> SharedLine:
        kept, organisation = each.favourite, self.caller.organisation
        gone = self.house.lists.searches.gone(self.caller, kept.asks)
        by = self.t("favourite.shared_by", name=organisation.name_of(each.by))
        facts = (by, self.t("favourite.gone", words="、".join(gone))) if gone else (by,)
        return SharedLine(kept.name, f"/search?{kept.asks}", facts, kept.asks)

    def _form(self, target: str, typed: Typed | None, told: Mapping[str, When]) -> FavouriteForm:
        kept = self.house.lists.favourites.get(self.caller.person.login, target)
        when, shared = told.get(target, When.NEVER), kept.shared_with is not None
        wanted = Wanted(when, shared, folder=kept.folder, note=kept.note)
        wanted, wrong = typed or (wanted, None)
        (row,) = self.house.lists.favourites.shown(self.caller, [kept])
        return FavouriteForm(
            action_href=f"{HERE}/{target}",
            title=self._line(row, told).title,
            folder=wanted.folder,
            note=wanted.note,
            problem=wrong.what if wrong else "",
            advice=wrong.advice if wrong else "",
            when=tuple(self._when(each, wanted) for each in CHOICES) if kept.is_search else (),
            shared=bool(wanted.shared),
        )

    def _when(self, each: When, wanted: Wanted) -> Choice:
        return Choice(each, self.t(f"favourite.when_{each}"), chosen=each is wanted.when)


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
