"""Samples of 分组管理."""

from search_ui.samples.shell import Sample
from search_ui.views.fields import FormField, Picked
from search_ui.views.person.groups import GroupRow, GroupsPage

MEMBERS = FormField("members", "成员", "people", required=True, roster_href="/roster/people",
                    picked=(Picked("person:clerk2", "乙二"), Picked("person:clerk5", "戊五")),
                    )  # fmt: skip
OWN = (
    GroupRow("冬季安全检查组", ("乙二", "丙三", "戊五"), "/groups?edit=a", "/groups/a/drop"),
    GroupRow("值班领导", ("甲一", "丁四"), "/groups?edit=b", "/groups/b/drop"),
)
GROUPS = {
    "groups": Sample(
        "groups",
        GroupsPage(OWN, (GroupRow("各科负责人", ("乙二", "丁四", "己六")),), MEMBERS, "督查组"),
    ),
    "groups-none": Sample("groups", GroupsPage((), (), MEMBERS, problem="分组还没有名称。")),
}
