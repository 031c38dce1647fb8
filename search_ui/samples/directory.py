"""Samples of 通讯录."""

from datetime import UTC, datetime

from search_ui.samples.shell import Sample, pager
from search_ui.views.fields import FormField
from search_ui.views.organisation import UnitNode
from search_ui.views.person.directory import (
    CardView,
    ContactRow,
    ContactsView,
    CorrectionRow,
    CorrectionsView,
    DirectoryRow,
    DirectoryView,
)
from search_ui.views.shell import Tab

_TABS = (Tab("机构通讯录", "/directory", current=True), Tab("个人通讯录", "/directory/own"))
_OWN_TABS = (Tab("机构通讯录", "/directory"), Tab("个人通讯录", "/directory/own", current=True))
_ROWS = (
    DirectoryRow("周军", "/directory/people/zhoujun", "渝州市市场监督管理局", "局领导",
                 "023-55550001", "", mobile_hidden=True, mail="zhoujun@example.gov.cn", room="501"),
    DirectoryRow("甲一", "/directory/people/jiayi", "办公室", "机要室、督查室", "023-55550012",
                 "13900000012", mobile_hidden=False, mail="jiayi@example.gov.cn", room="203"),
    DirectoryRow("吴静", "/directory/people/law2", "法规科", "", "", "",
                 mobile_hidden=False, mail="", room=""),
)  # fmt: skip
_TREE = (
    UnitNode("bureau", "渝州市市场监督管理局", "/directory?unit=bureau", 52, "市", (
        UnitNode("office", "办公室", "/directory?unit=office", 8, current=True),
        UnitNode("law", "法规科", "/directory?unit=law", 5),
    ), opened=True),
)  # fmt: skip
_FORM = (
    FormField("phone", "办公电话", "text", "023-55550012", max=60),
    FormField("room", "房间", "text", "203", max=60, error="“房间”过长（61，上限 60）。"),
)


def _directory(rows: tuple[DirectoryRow, ...]) -> DirectoryView:
    shown = pager(len(rows))
    return DirectoryView(_TABS, _TREE, "办公室", "office", "", rows, shown, "/directory/export")


DIRECTORY: dict[str, Sample] = {
    "directory": Sample("directory", _directory(_ROWS), "directory"),
    "directory-empty": Sample("directory", _directory(()), "directory"),
    "directory-card": Sample("directory_card", CardView(_ROWS[0], "/search", None), "directory"),
    "directory-card-own": Sample(
        "directory_card",
        CardView(_ROWS[1], "/search", "/people/person/jiayi", _FORM, "", "更正申请等待确认。"),
        "directory",
    ),
    "contacts": Sample(
        "contacts",
        ContactsView(_OWN_TABS, (
            ContactRow("孙工", "设备维保公司", "", "13900000099", "", "电梯维保",
                       "/directory/own?edit=a", "/directory/own/a/drop"),
        ), "", _FORM, "a", "", "/directory/own/export"),
        "directory",
    ),
    "contacts-empty": Sample(
        "contacts",
        ContactsView(_OWN_TABS, (), "", _FORM, "", "个人通讯录刚在别处修改。",
                     "/directory/own/export"),
        "directory",
    ),
    "corrections": Sample(
        "corrections",
        CorrectionsView((
            CorrectionRow("jiayi", "甲一", "办公室",
                          (("房间", "204（申请时为：203）", "305"),), "已搬到三楼",
                          datetime(2026, 11, 30, 2, tzinfo=UTC), "a"),
        ), pager(1)),
        "people",
    ),
    "corrections-empty": Sample("corrections", CorrectionsView((), pager(0)), "people"),
}  # fmt: skip
