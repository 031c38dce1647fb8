"""Samples of the list of a kind."""

from search_ui.samples.shell import Sample, pager
from search_ui.views.kind_list import (
    ColumnHead,
    DayFilter,
    FilterGroup,
    KindListPage,
    ListCell,
    ListRow,
)
from search_ui.views.search import Chip, FacetValue
from search_ui.views.shell import Badge

BASE = "/kinds/supervision"
HEADS = (
    ColumnHead("标题", f"{BASE}?sort=title", "", "按标题升序排列", figures=False),
    ColumnHead("主办单位", f"{BASE}?sort=leading", "", "按主办单位升序排列", figures=False),
    ColumnHead("办结时间", f"{BASE}?sort=due", "descending", "按办结时间升序排列", figures=True),
    ColumnHead("状态", None, "", "", figures=False),
)
ROWS = (
    ListRow("/records/a", (
        ListCell("关于落实市政府第12次常务会议议定事项的督查通知"), ListCell("食品监管科"),
        ListCell("2026-12-01", whole=True), ListCell("", Badge("承办中", "warning")))),
    ListRow("/records/b", (
        ListCell("关于办理市长信箱第2026-118号来信的督查通知"), ListCell("信访办公室"),
        ListCell("2026-11-20", whole=True), ListCell("", Badge("待归档", "ok")))),
)  # fmt: skip
FILTERS = (
    FilterGroup("业务类型", (
        FacetValue("领导批示", 18, f"{BASE}?filter=sort:领导批示", chosen=True),
        FacetValue("会议议定事项", 7, f"{BASE}?filter=sort:会议议定事项"))),
    FilterGroup("状态", (FacetValue("承办中", 11, f"{BASE}?filter=state:handling"),)),
)  # fmt: skip


def _page(*, empty: bool) -> KindListPage:
    return KindListPage(
        kind="督查件",
        base=BASE,
        words="",
        kept=(("sort", "-due"),),
        heads=HEADS,
        rows=() if empty else ROWS,
        filters=() if empty else FILTERS,
        days=(DayFilter("due", "办结时间", "2026-11-01", "", ()),),
        chips=() if empty else (Chip("业务类型：领导批示", BASE),),
        clear_href=BASE,
        export_xlsx_href=f"{BASE}/export?format=xlsx",
        export_csv_href=f"{BASE}/export?format=csv",
        pager=pager(0 if empty else 25),
        sort_href=None if empty else BASE,
        new_href="/records/new/supervision",
    )


KIND_LIST = {
    "kind-list": Sample("kind_list", _page(empty=False), "kind-supervision"),
    "kind-list-empty": Sample("kind_list", _page(empty=True), "kind-supervision"),
}
