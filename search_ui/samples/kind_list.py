"""Samples of the list of a kind."""

from search_ui.samples.shell import Sample, pager
from search_ui.views.lists.kind_list import (
    ColumnHead,
    DayFilter,
    FilterGroup,
    KindListPage,
    ListCell,
    ListRow,
    ListViews,
)
from search_ui.views.lists.list_views import ViewRow, ViewsPage
from search_ui.views.search import Chip, FacetValue
from search_ui.views.shell import Badge, Choice, Tab

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

VIEWS = ListViews(
    tabs=(Tab("全部", BASE), Tab("本月到期", f"{BASE}?view=a", current=True),
          Tab("法规科在办（乙二）", f"{BASE}?view=b")),
    columns=(Choice("title", "标题", chosen=True), Choice("leading", "主办单位", chosen=True),
             Choice("source", "来源")),
    columns_kept=(("sort", "-due"),),
    kept=(("sort", "-due"), ("columns", "title")),
    share_with="办公室",
    drop_href=f"{BASE}/views/a/drop",
    current="本月到期",
    asks="kind=supervision&filter=state%3Ahandling",
    gone="督查类别",
)  # fmt: skip
NO_VIEWS = ListViews((), VIEWS.columns, (), (), "办公室")


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
        bulk_href=None if empty else f"{BASE}/bulk",
        views=NO_VIEWS if empty else VIEWS,
        sort_href=None if empty else BASE,
        new_href="/records/new/supervision",
    )


KIND_LIST = {
    "kind-list": Sample("kind_list", _page(empty=False), "kind-supervision"),
    "kind-list-empty": Sample("kind_list", _page(empty=True), "kind-supervision"),
    "views": Sample("views", ViewsPage((
        ViewRow("本月到期", "督查件", f"{BASE}?view=a", "/v/a", shared=True, filters=2),
        ViewRow("会议纪要", "minutes", None, "/v/b", shared=False, filters=0,
                told="这类文件已不再使用，视图不能打开"),
    ))),
    "views-none": Sample("views", ViewsPage(())),
}  # fmt: skip
