"""One's own searches, and the look of hits one likes, as views."""

from urllib.parse import urlencode

from search_ui.shown.search.address import address
from search_ui.shown.search.facets import Conditions
from search_ui.texts import Texts
from search_ui.views.search import ColumnChoice, HitsLook, PastSearch
from services.house import House
from services.people.caller import Caller
from services.searching.asked_address import CONDITIONS, Parameters
from services.searching.hit_columns import HIT_COLUMNS, HitColumn, columns_of
from services.searching.search_memory import Remembered

VIEWS = LIST, TABLE, SPLIT = ("list", "table", "split")


def look_of(known: Remembered, given: Parameters) -> tuple[HitsLook, tuple[HitColumn, ...]]:
    """How the hits are shown; the columns of the table, where it is one."""
    view = known.view if known.view in VIEWS else LIST
    columns = columns_of(known.columns)
    choices = tuple(
        ColumnChoice(name, column.label, chosen=column in columns)
        for name, column in HIT_COLUMNS.items()
    )
    heads = tuple(column.label for column in columns)
    look = HitsLook(view, urlencode(given), heads, choices, pictures=known.pictures)
    return look, columns if view == TABLE else ()


def past_searches(
    house: House, caller: Caller, known: Remembered, t: Texts
) -> tuple[PastSearch, ...]:
    """The caller's own, the last first, in words."""
    return tuple(
        PastSearch(
            each.id,
            "　".join([each.words] * bool(each.words) + _told(house, caller, each.conditions, t)),
            address([*([("q", each.words)] if each.words else []), *each.conditions]),
        )
        for each in known.searches
    )


def _told(house: House, caller: Caller, conditions: Parameters, t: Texts) -> list[str]:
    known = tuple(pair for pair in conditions if pair[0] in CONDITIONS)
    return [chip.label for chip in Conditions(house, caller, known, t).chips()]
