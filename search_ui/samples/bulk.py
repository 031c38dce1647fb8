"""Samples of 批量办理: before and after."""

from search_ui.samples.shell import Sample
from search_ui.views.lists.bulk import BulkAction, BulkDonePage, BulkPage, BulkRow
from search_ui.views.shell import Badge

BASE = "/kinds/notice"
ROWS = (
    BulkRow("a", "关于开展冬季食品安全专项检查的通知", "/records/a", 3,
            Badge("待科室审核", "warning")),
    BulkRow("b", "关于调整办公用房的通知", "/records/b", 2, Badge("待科室审核", "warning")),
)  # fmt: skip
LATE = BulkRow(
    "c", "关于报送年度工作总结的通知", "/records/c", 4, Badge("待发布", "warning"),
    told="这条记录已有更新的版本（第 4 版，乙二保存）。请刷新后重试。",
)  # fmt: skip
ACTIONS = (
    BulkAction("同意", f"{BASE}/bulk/agree", primary=True, opinion="optional"),
    BulkAction("退回", f"{BASE}/bulk/return", primary=False, opinion="required"),
)
BULK = {
    "bulk": Sample("bulk", BulkPage("通知公告", BASE, ROWS, ACTIONS, "k"), "kind-notice"),
    "bulk-none": Sample("bulk", BulkPage("通知公告", BASE, (*ROWS, LATE), (), "k"), "kind-notice"),
    "bulk-done": Sample(
        "bulk_done", BulkDonePage("通知公告", "同意", BASE, ROWS, (LATE,)), "kind-notice"
    ),
}
