"""Samples of 检索用词."""

from search_ui.samples.shell import Sample
from search_ui.views.shell import Tab
from search_ui.views.words import TriedRow, WordsPage

GROUPS = "督查=督察\n市监局=市场监督管理局=市场监管局\n信用修复=信用信息修复"
HOT = "法规科：行政复议、合法性审查\n办公室：值班安排"
VERSIONS = (
    Tab("第 2 版　庚七　2026-11-22 14:02", "/words?version=2", current=False, count=3),
    Tab("第 1 版　庚七　2026-11-20 09:15", "/words?version=1", current=False, count=2),
)
TRIED = (TriedRow("督查 通知", "/search?q=x", 12, 17), TriedRow("市监局", "/search?q=y", 0, 1_203))
WORDS = {
    "words": Sample("words", WordsPage(GROUPS, HOT, 2, VERSIONS), "words"),
    "words-tried": Sample("words", WordsPage(GROUPS, HOT, 2, VERSIONS, TRIED), "words"),
    "words-wrong": Sample(
        "words",
        WordsPage(
            "督查=督察\n督察=督导",
            "",
            2,
            VERSIONS,
            (),
            "第 2 组的“督察”已在第 1 组。",
            "一个词只能在一组中，请合并两组，或删去其中一个。",
            "groups",
        ),
        "words",
    ),
    "words-none": Sample("words", WordsPage("", "", 0, ()), "words"),
}
