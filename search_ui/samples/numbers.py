"""Samples of 编号台账."""

from search_ui.samples.shell import Sample
from search_ui.views.numbers import NumberRow, NumbersPage
from search_ui.views.shell import Badge, Tab

TABS = (
    Tab("渝工商发〔2026〕", "/numbers?series=a", current=True),
    Tab("收文〔2026〕", "/numbers?series=b"),
)
ROWS = (
    NumberRow(1, Badge("在用", "ok"), "关于开展冬季检查的通知", "/records/a", ""),
    NumberRow(2, Badge("作废", "danger"), "（无权查看）", None, "文件已办结或作废"),
    NumberRow(3, Badge("已退回", "neutral"), "关于值班的通知", "/records/c", ""),
)
NUMBERS = {
    "numbers": Sample("numbers", NumbersPage(TABS, ROWS, "/numbers?after=3"), "numbers"),
    "numbers-none": Sample("numbers", NumbersPage((), (), None), "numbers"),
}
