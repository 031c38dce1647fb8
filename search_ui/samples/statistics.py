"""Samples of statistics."""

from search_ui.samples.shell import Sample
from search_ui.views.lists.statistics import FigureCell, FigureRow, StatisticsPage
from search_ui.views.shell import Tab

_LIST = "/kinds/supervision"
_BASE = f"{_LIST}/statistics"


def _row(label: str, bar: int, *texts: str) -> FigureRow:
    cells = (FigureCell(text, None if text in ("0", "—") else _LIST) for text in texts)
    return FigureRow(label, _LIST, tuple(cells), bar)


def _page(*, empty: bool) -> StatisticsPage:
    rows = (
        _row("办公室", 100, "24", "83.3%", "90.0%", "2", "1"),
        _row("法规科", 50, "12", "75.0%", "88.9%", "1", "0"),
        _row("北湖县市场监督管理局食品安全监督管理科", 4, "1", "0.0%", "—", "0", "0"),
    )
    return StatisticsPage(
        kind="督查件",
        list_href=_LIST,
        base=_BASE,
        name="by_main_unit",
        label="按主办单位",
        tabs=(
            Tab("按主办单位", f"{_BASE}?name=by_main_unit", current=True),
            Tab("按业务类型", f"{_BASE}?name=by_type"),
            Tab("按月", f"{_BASE}?name=by_month"),
        ),
        first="2026-01-01" if empty else "",
        last="",
        day="交办时间",
        heads=("主办单位", "件数", "办结率", "按期率", "超期", "退办"),
        rows=() if empty else rows,
        total=_row("合计", 0, "37", "78.4%", "89.7%", "3", "1"),
        export_xlsx_href=f"{_BASE}/export?name=by_main_unit&format=xlsx",
        export_csv_href=f"{_BASE}/export?name=by_main_unit&format=csv",
        all_days_href=f"{_BASE}?name=by_main_unit" if empty else None,
    )


STATISTICS = {
    "statistics": Sample("statistics", _page(empty=False), "kind-supervision"),
    "statistics-none": Sample("statistics", _page(empty=True), "kind-supervision"),
}
