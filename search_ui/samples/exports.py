"""Samples of 我的导出."""

from datetime import timedelta
from typing import Any

from search_ui.samples.shell import NOW, Sample
from search_ui.views.lists.exports import ExportRow, ExportsPage
from search_ui.views.shell import Badge

LATER = NOW + timedelta(hours=24)


def _row(name: str, badge: Badge, rows: str, **more: Any) -> ExportRow:
    given: dict[str, Any] = {"percent": None, "xlsx_href": None, "csv_href": None, **more}
    return ExportRow(
        title=name,
        badge=badge,
        rows=rows,
        at=NOW,
        until=LATER,
        drop_href="/exports/a/drop",
        **given,
    )


ROWS = (
    _row("督查件", Badge("正在导出", "info"), "已写 12,500 行，共 48,210 行",
         is_open=True, percent=25),
    _row("通知公告", Badge("等待导出", "info"), "", is_open=True),
    _row("会议室预订", Badge("已完成", "ok"), "3,412 行", is_open=False,
         xlsx_href="/exports/c/file?format=xlsx", csv_href="/exports/c/file?format=csv"),
    _row("督查来件", Badge("没有完成", "danger"), "", is_open=False,
         told="您的账号或这类文件在导出期间发生了变化，请重新导出。"),
)  # fmt: skip
EXPORTS = {
    "exports": Sample("exports", ExportsPage(ROWS)),
    "exports-none": Sample("exports", ExportsPage(())),
}
