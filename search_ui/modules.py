"""The modules of the menu: what kinds declare, for whom it is (GT-07)."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from records.lists.menu import MenuEntry
from records.schema.kind import Kind
from search_ui.shown.words import calendar_href, kind_icon
from search_ui.views.shell import NavigationGroup, NavigationItem
from services.finding.own_records import FILE, FOLDER
from services.intake.starting import may_begin, names_of, takes_part
from services.people.caller import Caller


def modules(kinds: Iterable[Kind], caller: Caller) -> tuple[NavigationGroup, ...]:
    """Groups in the order in which kinds first name them; kinds without a menu come last."""
    headed: dict[str, list[NavigationItem]] = {}
    others: list[NavigationItem] = []
    for kind in sorted(kinds, key=lambda each: each.menu.order if each.menu else 0):
        if not takes_part(kind, caller) or kind.kind in (FOLDER, FILE):
            continue
        if kind.menu is None:
            others.append(_item(kind, kind.title))
        else:
            ways = tuple(_ways(kind, caller))
            item = _item(kind, kind.menu.title, ways)
            headed.setdefault(kind.menu.group, []).append(item)
    groups = [NavigationGroup("", tuple(them), label=name) for name, them in headed.items()]
    return (*groups, NavigationGroup("lists", tuple(others))) if others else tuple(groups)


def _item(kind: Kind, label: str, ways: tuple[NavigationItem, ...] = ()) -> NavigationItem:
    href = f"/kinds/{kind.kind}"
    return NavigationItem(f"kind-{kind.kind}", href, kind_icon(kind), label=label, ways=ways)


def _ways(kind: Kind, caller: Caller) -> Iterator[NavigationItem]:
    for entry in kind.menu.entries if kind.menu else ():
        if is_for(entry, caller) and (entry.begin is None or may_begin(kind, caller)):
            yield NavigationItem("", entry_href(kind, entry), "", label=entry.label)


def is_for(entry: MenuEntry, caller: Caller) -> bool:
    """Whether the entry is for everybody, or names the caller."""
    return not entry.for_ or bool(names_of(caller) & set(entry.for_))


def _page_href(kind: Kind, page: str) -> str:
    match page:
        case "calendar":
            return calendar_href(kind.kind)
        case "statistics":
            return f"/kinds/{kind.kind}/statistics"
        case _:
            return f"/{page}"


def entry_href(kind: Kind, entry: MenuEntry) -> str:
    """Where the entry leads."""
    if entry.begin:
        return f"/records/new/{kind.kind}"
    if entry.page is not None:
        return _page_href(kind, entry.page)
    if entry.finds:
        return f"/search?{urlencode([('kind', name) for name in entry.finds])}"
    if entry.tasks is not None:
        return f"/tasks?{urlencode({'which': entry.tasks, 'kind': kind.kind})}"
    asked = [("filter", f"{name}:{v}") for name, values in entry.where.items() for v in values]
    asked += [("columns", name) for name in entry.columns]
    return f"/kinds/{kind.kind}?{urlencode(asked)}" if asked else f"/kinds/{kind.kind}"
