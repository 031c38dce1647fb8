"""Samples of 参数设置 and 检索用词: what administrators set."""

from search_ui.samples.shell import NOW, Sample
from search_ui.views.parameters import ChangeRow, ParameterGroup, ParameterRow, ParametersPage
from search_ui.views.shell import Tab
from search_ui.views.words import TriedRow, WordsPage

LENGTH = ParameterRow(
    "password_length", "密码最短长度", "个字符", "10", "10", 8, 64, "默认 8 个字符，可设 8 至 64",
    "密码另须有字母、数字和特殊字符。", "庚七 2026-11-22 14:02 修改",
)  # fmt: skip
WRONG = ParameterRow(
    "lock_failures", "连续输错密码的次数", "次", "50", "5", 3, 20, "默认 5 次，可设 3 至 20",
    error="“连续输错密码的次数”不能是 50。请填写 3 至 20 之间的整数（次）。",
)  # fmt: skip
SWITCH = ParameterRow(
    "applications", "接受账号申请", "", "1", "1", 0, 1, "默认 开启", is_switch=True
)
CHANGES = (ChangeRow("密码最短长度", "8 个字符 → 10 个字符", "庚七", NOW),)
GROUPS = (ParameterGroup("登录与密码", (LENGTH,)), ParameterGroup("账号", (SWITCH,)))
PARAMETERS = {
    "parameters": Sample("parameters", ParametersPage(GROUPS, CHANGES), "parameters"),
    "parameters-wrong": Sample(
        "parameters",
        ParametersPage(
            (ParameterGroup("登录与密码", (LENGTH, WRONG)),),
            (),
            "有参数填写不正确，所有改动都没有保存。",
            "请按提示改正标出的各项，再保存。",
        ),
        "parameters",
    ),
}

SYNONYMS = "督查=督察\n市监局=市场监督管理局=市场监管局\n信用修复=信用信息修复"
HOT = "法规科：行政复议、合法性审查\n办公室：值班安排"
VERSIONS = (
    Tab("第 2 版　庚七　2026-11-22 14:02", "/words?version=2", current=False, count=3),
    Tab("第 1 版　庚七　2026-11-20 09:15", "/words?version=1", current=False, count=2),
)
TRIED = (TriedRow("督查 通知", "/search?q=x", 12, 17), TriedRow("市监局", "/search?q=y", 0, 1_203))
WORDS = {
    "words": Sample("words", WordsPage(SYNONYMS, HOT, 2, VERSIONS), "words"),
    "words-tried": Sample("words", WordsPage(SYNONYMS, HOT, 2, VERSIONS, TRIED), "words"),
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
