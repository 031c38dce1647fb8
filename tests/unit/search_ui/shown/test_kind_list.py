"""What the page of a list offers."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from records.identity import KindName
from records.times.office_time import OFFICE_ZONE
from search_ui.shown.lists.kind_list import KindListShowing
from search_ui.shown.lists.list_views import list_views
from search_ui.shown.paging import Place
from search_ui.texts import read_texts
from search_ui.views.lists.kind_list import KindListPage, ListCell
from search_ui.views.shell import Badge
from services.exporting.export_desk import AT_ONCE
from services.finding.kind_lists import KindList, ListAsked
from services.finding.list_columns import columns_of
from services.finding.listing import Listed, ListPage
from tests.flow_office import KINDS, begun
from tests.matters import MATTER
from tests.unit.services.finding.test_listing import CALLER


def shown(total: int) -> KindListPage:
    texts, asked = read_texts(), ListAsked(filters=(("urgency", "特急"),))
    found = KindList(MATTER, columns_of(MATTER), ListPage(total, (), None), {})
    views = list_views(MATTER, asked, (), CALLER, texts)
    place = Place(None, None, 1)
    return KindListShowing(found, asked, CALLER, texts).page(
        place, views, may_begin=False, has_statistics=False
    )


def test_a_list_that_is_long_is_exported_as_a_job() -> None:
    assert shown(AT_ONCE).export_long_href is None
    assert "filter=urgency" in shown(AT_ONCE).export_xlsx_href
    long = shown(AT_ONCE + 1)
    assert long.export_long_href == "/kinds/matter/exports"
    assert long.views.kept == (("filter", "urgency:特急"),)


def cell(today: date, *, state: str = "issued") -> ListCell:
    """归档期限 of a paper whose last day is 1 December."""
    kind = KINDS[KindName("outgoing")]
    paper = begun(kind, fields={"file_by": "2026-12-01"}).model_copy(update={"state": state})
    now = datetime.combine(today, time(12), OFFICE_ZONE)
    caller, asked = replace(CALLER, now=now), ListAsked(columns=("title", "file_by"))
    page = ListPage(1, (Listed(kind, paper, ""),), None)
    found = KindList(kind, columns_of(kind, asked.columns), page, {})
    texts = read_texts()
    view = KindListShowing(found, asked, caller, texts).page(
        Place(None, None, 1),
        list_views(kind, asked, (), caller, texts),
        may_begin=False,
        has_statistics=False,
    )
    return view.rows[0].cells[1]


@pytest.mark.feature("GD-08")
def test_what_lies_beyond_its_last_day_is_marked_until_it_is_filed() -> None:
    assert cell(date(2026, 12, 1)).badge is None
    assert cell(date(2026, 12, 2)).badge == Badge("2026-12-01 逾期", "danger")
    assert cell(date(2026, 12, 2), state="archived").badge is None
