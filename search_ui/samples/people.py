"""Samples of 机构与人员, its forms, files of people, and applications."""

from search_ui.samples.shell import BUREAU, NOW, Sample, pager
from search_ui.views.fields import FormField, Picked
from search_ui.views.organisation import (
    ApplicationRow,
    ApplicationsPage,
    ChangeLine,
    FaultRow,
    KeepingPage,
    Link,
    PeopleFilePage,
    PeoplePage,
    PersonRow,
    RoleRow,
    RolesPage,
    Step,
    UnitNode,
)
from search_ui.views.shell import Badge, Choice

OK = Badge("正常", "ok")
TREE = (
    UnitNode("bureau", BUREAU, "?unit=bureau", 58, "市", opened=True, children=(
        UnitNode("office", "办公室", "?unit=office", 9, current=True),
        UnitNode("food", "食品监管科", "?unit=food", 7),
        UnitNode("district", "江北区市场监督管理局", "?unit=district", 14, "区", children=(
            UnitNode("d-office", "办公室", "?unit=d-office", 4),)),
    )),
)  # fmt: skip
PEOPLE = (
    PersonRow("clerk1", "甲一", "办公室", ("机要室",), ("工作人员",), Badge("内部"), OK,
              href="/people/person/clerk1"),
    PersonRow("head1", "乙二", "办公室", ("科室负责人",), ("工作人员", "档案员"),
              Badge("秘密", "danger"), Badge("已停用", "danger"),
              href="/people/person/head1"),
    PersonRow("new1", "己六", "办公室", (), ("工作人员",), Badge("公开", "ok"),
              Badge("待首次登录", "warning"), href="/people/person/new1"),
)  # fmt: skip
LINKS = (
    Link("新增人员", "/people/new", "plus", primary=True),
    Link("批量导入", "/people/file", "upload"),
)
UNIT = FormField(
    "unit", "单位", "unit", picked=(Picked("office", "办公室"),), required=True, from_tree=True
)
INTO = FormField("into", "并入的单位", "unit", from_tree=True, error="没有填写“并入的单位”。")
POSTS = FormField(
    "posts", "岗位", "choices", wide=True,
    choices=(Choice("机要室", "机要室", chosen=True), Choice("科室负责人", "科室负责人")),
)  # fmt: skip
ALSO = FormField(
    "also", "兼职", "rows", wide=True, help="在其他单位兼任的岗位。",
    lines=((FormField("also.unit", "单位", "text", "法规科"),
            FormField("also.posts", "岗位", "text", "文印室")),),
)  # fmt: skip
FIELDS = (FormField("name", "姓名", "text", "甲一", required=True), UNIT, POSTS, ALSO)
STEPS = (
    Step("重置密码", "/people/person/jiayi/reset", "重置甲一的密码？"),
    Step("并入", "/people/units/law/merge", "并入？", (INTO,), help="不能撤回。"),
    Step("恢复单位", "/people/units/law/close", "恢复？", hidden=(("back", "1"),)),
)
PEOPLE_PAGES = {
    "people": Sample("people", PeoplePage(
        TREE, "办公室", PEOPLE, pager(3), links=LINKS,
        unit_link=Link("维护本单位", "/people/units/office", "edit")), "people"),
    "people-none": Sample("people", PeoplePage(TREE, "办公室", (), pager(0), query="庚七"),
                          "people"),
    "keeping": Sample("keeping", KeepingPage(
        "甲一", "/people/person/jiayi", "0", FIELDS, "/people", steps=STEPS,
        facts=(("用户名", "jiayi"), ("房间", "305 室")), links=LINKS), "people"),
    "keeping-code": Sample("keeping", KeepingPage(
        "己六", "", "", (), "/people", Badge("已停用"), code="K7Q2-9XTM", code_for="己六",
        locked="该账号由系统管理员管理，您只能查看。"), "people"),
    "keeping-wrong": Sample("keeping", KeepingPage(
        "甲一", "/people/person/jiayi", "0", FIELDS, "/people",
        problem="甲一的资料刚被别人修改。", go="开通账号"),
        "people"),
    "people-file": Sample("people_file", PeopleFilePage(), "people"),
    "people-file-wrong": Sample("people_file", PeopleFilePage(
        "文件中有 2 处错误，没有导入。", "请按下面列出的改正后，重新选择文件。",
        faults=(FaultRow("人员表第 3 条", "没有代码为“fod”的单位。请核对单位代码。"),
                FaultRow("人员表第 9 条", "登录名“jiayi”重复。每个登录名只能出现一次。")), more=3),
        "people"),
    "people-file-changes": Sample("people_file", PeopleFilePage(
        told="将改动 2 条，另有 40 条与现有相同。确认前不会生效。", take_href="/people/file/1/take",
        changes=(
            ChangeLine("人员表第 1 条", "丁四", new=True, lines=(("岗位", "", "机要室"),)),
            ChangeLine("单位表第 2 条", "法规科", new=False, lines=(("名称", "旧", "新"),)))),
        "people"),
    "people-file-taken": Sample("people_file", PeopleFilePage(
        told="已导入：单位 1 个，人员 1 人。", codes=(("dingsi", "丁四", "K7Q29XTMabcd"),),
        warnings=("岗位字典中没有“秘书”，流程不会送到这里；写错的请改正。",)), "people"),
    "applications": Sample("applications", ApplicationsPage((
        ApplicationRow("丁四", "dingsi", "法规科", "新调入", NOW, "/people/applications/1"),),
        pager(1)),
        "people"),
    "roles": Sample("roles", RolesPage((
        RoleRow("archivist", "档案员", is_own=False, given_by="系统管理员",
                may=("查看编号台账",), kinds=("发文", "收文"), holders=2),
        RoleRow("liaison", "督查联络员", is_own=True, given_by="系统管理员、单位管理员",
                may=(), kinds=("督查件",), holders=14))), "people"),
    "applications-none": Sample("applications", ApplicationsPage((), pager(0)), "people"),
}  # fmt: skip
