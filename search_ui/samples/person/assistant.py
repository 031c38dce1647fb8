"""Samples of 工作助手 and 帮助."""

from search_ui.samples.shell import Sample
from search_ui.views.guide import HelpPage, HelpTool
from search_ui.views.person.assistant import AssistantPage, MonthDay, PlannerForm, PlannerRow
from search_ui.views.shell import NavigationGroup, NavigationItem

MEETING = PlannerRow(
    "食品安全专题会", "09:00–10:30", edit_href="/assistant?edit=a", base="/assistant/a"
)
TASK = PlannerRow("关于报送数据的函", "待办限期", late=True, href="/records/a")
PLAN = PlannerRow("写完年终总结", "12月20日前", edit_href="/assistant?edit=b", base="/assistant/b")
DONE = PlannerRow("核对台账", "", done=True, edit_href="/assistant?edit=c", base="/assistant/c")
NOTE = PlannerRow(
    "钥匙在二楼值班室。\n备用的一把在传达室。", edit_href="/assistant?edit=d", base="/assistant/d"
)
WEEKS = tuple(
    tuple(
        MonthDay(
            7 * week + n + 1,
            f"11月{7 * week + n + 1}日",
            "/assistant?day=2026-11-02",
            lines=(MEETING, TASK, DONE) if n == 2 else (),
            more=2 if n == 2 else 0,
            today=(week, n) == (3, 0),
            chosen=(week, n) == (3, 2),
        )
        for n in range(7)
    )
    for week in range(4)
)
MONTH = AssistantPage(
    "2026年11月",
    "/assistant?day=2026-10-01",
    "/assistant?day=2026-12-01",
    "/assistant",
    "一二三四五六日",
    WEEKS,
    "2026年11月24日 星期二",
    (MEETING, TASK),
    (PLAN, DONE),
    (NOTE,),
    PlannerForm(
        "appointment",
        on="2026-11-24",
        begins="10:00",
        ends="09:00",
        text="汇报",
        problem="结束时间须晚于开始时间。",
    ),
    PlannerForm("plan", item="b", version=2, text="写完年终总结", on="2026-12-20"),
    PlannerForm("note"),
    "2026-11-24",
)
HELP = HelpPage(
    (HelpTool("save", "check"), HelpTool("send", "send"), HelpTool("leave", "logout")),
    ("rail", "search"),
    (
        NavigationGroup(
            "",
            (
                NavigationItem(
                    "kind-outgoing",
                    "/kinds/outgoing",
                    "file-text",
                    label="发文管理",
                    ways=(NavigationItem("", "/records/new/outgoing", "", label="发文起草"),),
                ),
            ),
            label="公文处理",
        ),
    ),
)
ASSISTANT = {"assistant": Sample("assistant", MONTH), "help": Sample("help", HELP)}
