"""Samples of what people and administrators keep of the organisation: 委托代办, 字典维护."""

from datetime import date

from search_ui.samples.shell import Sample
from search_ui.views.dictionaries import DictionaryPage, WordRow
from search_ui.views.fields import FormField, Picked
from search_ui.views.person.delegations import DelegationRow, DelegationsPage
from search_ui.views.shell import Badge, Choice, Tab

GIVEN = (
    DelegationRow("乙二", "办公室", date(2026, 11, 20), date(2026, 12, 4), "全部事项",
                  Badge("代办中", "ok"), "赴京参加培训", "/delegations/2/end"),
    DelegationRow("丁四", "法规科", date(2026, 5, 1), date(2026, 5, 7), "发文、收文",
                  Badge("已结束")),
)  # fmt: skip
TAKEN = (
    DelegationRow("己六", "食品监管科", date(2026, 12, 1), date(2026, 12, 3), "督查件",
                  Badge("未开始", "info")),
)  # fmt: skip
FIELDS = (
    FormField("to", "代办人", "people", help="只转交本人和本人岗位的待办。",
              picked=(Picked("person:head1", "乙二"),)),
    FormField("from_on", "开始日期", "date", "2026-12-07", required=True),
    FormField("until_on", "截止日期", "date", "2026-12-05", required=True),
    FormField("reason", "原因", "text", "年休假", max=200),
)  # fmt: skip
KINDS = (Choice("notice", "通知公告", chosen=True), Choice("dispatch", "发文"))
ON, OFF = Badge("在用", "ok"), Badge("已停用")
WORDS = (
    WordRow("重点工作", ON),
    WordRow("会议决定事项", ON),
    WordRow("书面督办", OFF, disabled=True),
)
TABS = (
    Tab("业务类型", "/dictionaries/business_type", current=True),
    Tab("紧急程度", "/dictionaries/urgency"),
)
ORGANISATION = {
    "delegations": Sample("delegations", DelegationsPage(GIVEN, TAKEN, FIELDS, KINDS)),
    "delegations-wrong": Sample("delegations", DelegationsPage(
        (), (), FIELDS, KINDS, "委托的起止日期不正确。",
        "截止日期不能早于开始日期和今天，一次最多 366 天。")),
    "dictionary": Sample("dictionary", DictionaryPage(
        TABS, "business_type", "业务类型", WORDS), "dictionaries"),
    "dictionary-wrong": Sample("dictionary", DictionaryPage(
        TABS, "business_type", "业务类型", WORDS, "“重点工作”已在字典中。", "重点工作"),
        "dictionaries"),
}  # fmt: skip
