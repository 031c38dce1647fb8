"""Saved views of a list as tabs over it, with the forms that make and change one."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, urlencode

from records.schema.kind import Kind
from search_ui.texts import Texts
from search_ui.views.lists.kind_list import ListViews
from search_ui.views.shell import Choice, Tab
from services.finding.kind_lists import ListAsked
from services.finding.list_columns import columns_of, offered_columns
from services.finding.saved_views import ReadyView
from services.people.caller import Caller
from services.searching.asked_address import asks_of_list

Parameters = tuple[tuple[str, str], ...]


def parameters_of(asked: ListAsked) -> Parameters:
    """What a list is asked, as it stands in an address; without the place."""
    filters = tuple(("filter", f"{name}:{value}") for name, value in asked.filters)
    words = (("q", asked.words),) if asked.words else ()
    order = (("sort", asked.sort),) if asked.sort else ()
    return (*filters, *words, *order, *(("columns", name) for name in asked.columns))


def list_href(kind: Kind) -> str:
    """Where the list of a kind is."""
    return f"/kinds/{quote(kind.kind)}"


def list_views(
    kind: Kind,
    asked: ListAsked,
    views: Iterable[ReadyView],
    caller: Caller,
    t: Texts,
    *,
    opened: ReadyView | None = None,
) -> ListViews:
    """The views of a list; `opened` is the one that the address names."""
    ready, here = list(views), _wanted(asked)
    current = opened or next((each for each in ready if _wanted(each.asked) == here), None)
    own = current is not None and current.view.owner == caller.person.login
    tabs = tuple(_tab(each, current, caller, t) for each in ready)
    plain = current is None and here == _wanted(ListAsked())
    everything = Tab(t("view.all"), list_href(kind), current=plain)
    return ListViews(
        tabs=(everything, *tabs) if tabs else (),
        columns=_columns(kind, asked),
        columns_kept=parameters_of(replace(asked, columns=())),
        kept=parameters_of(asked),
        share_with=caller.organisation.unit_name(caller.person.unit),
        drop_href=f"{view_href(current)}/drop" if current and own else None,
        current=current.view.name if current else "",
        asks=asks_of_list(kind.kind, asked.filters, asked.words) if _narrows(asked) else "",
        gone="、".join(opened.gone) if opened else "",
    )


def _narrows(asked: ListAsked) -> bool:
    return bool(asked.filters or asked.words)


def view_href(ready: ReadyView) -> str:
    """Under which address a view is changed."""
    return f"/kinds/{quote(ready.view.kind)}/views/{quote(ready.view.id)}"


def view_list_href(kind: str, view: str) -> str:
    """The list as the view shows it."""
    return f"/kinds/{quote(kind)}?{urlencode({'view': view})}"


def _tab(each: ReadyView, current: ReadyView | None, caller: Caller, t: Texts) -> Tab:
    view = each.view
    label = view.name
    if view.owner != caller.person.login:
        who = caller.organisation.name_of(view.owner)
        label = t("view.of_somebody", name=view.name, who=who)
    chosen = current is not None and current.view.id == view.id
    return Tab(label, view_list_href(view.kind, view.id), current=chosen)


def _columns(kind: Kind, asked: ListAsked) -> tuple[Choice, ...]:
    shown = [column.name for column in columns_of(kind, asked.columns)]
    offered = offered_columns(kind)
    rest = [name for name in offered if name not in shown]
    return tuple(
        Choice(name, offered[name].label, chosen=name in shown) for name in (*shown, *rest)
    )


def _wanted(asked: ListAsked) -> tuple[object, ...]:
    """What tells one view from another, wherever in it the reader is."""
    return frozenset(asked.filters), asked.sort, asked.words, asked.columns
