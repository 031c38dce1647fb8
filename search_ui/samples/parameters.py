"""Samples of 参数设置."""

from search_ui.samples.shell import NOW, Sample
from search_ui.views.parameters import ChangeRow, ParameterGroup, ParameterRow, ParametersPage

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
