"""Samples of 权限说明."""

from search_ui.samples.shell import Sample
from search_ui.views.access import AccessPage, RuleRow
from search_ui.views.fields import FormField, Picked
from search_ui.views.shell import Badge

FIELDS = (
    FormField("record", "文件", "text", "01KBF2Z3N4W5X6Y7Z8A9B0C1D2", required=True),
    FormField("person", "人员", "person", picked=(Picked("person:liping", "李平"),)),
)
RULES = (
    RuleRow("授权", "北湖区市场监督管理局（含下级）", "长期", Badge("与他相符", "ok")),
    RuleRow("文件所有人", "王敏", "长期", Badge("与他无关")),
)
ACCESS = {
    "access": Sample("access", AccessPage(FIELDS), "access"),
    "access-open": Sample("access", AccessPage(
        FIELDS, "关于更新通讯录的通知", is_open=True, verdict="李平可以查看这份文件",
        why="授权：北湖区市场监督管理局（含下级）", facts=(("文件密级", "内部"),),
        rules=RULES), "access"),
    "access-closed": Sample("access", AccessPage(
        FIELDS, "通知（您无权查看标题）", verdict="李平不能查看这份文件",
        why="文件的密级（秘密）高于他的知悉范围（内部）。", rules=RULES[1:]), "access"),
    "access-none": Sample("access", AccessPage(FIELDS, problem="没有这条记录。"), "access"),
}  # fmt: skip
