"""Samples of 无人承办 and 移交."""

from datetime import date

from search_ui.samples.shell import NOW, Sample
from search_ui.views.fields import FormField, Picked
from search_ui.views.stranded import (
    HandedOverPage,
    HandOverPage,
    StrandedPage,
    StrandedRow,
    VacancyRow,
)

PEOPLE = (VacancyRow("丙三", "/stranded/hand-over?holder=person:c", 12),)
POSTS = (VacancyRow("科室负责人（法规科）", "/stranded/hand-over?holder=post:law/科室负责人", 3),)
ROWS = (
    StrandedRow("a:2:1", "督查件", "主办", "", "丙三", "办公室", NOW, date(2026, 12, 4)),
    StrandedRow("b:3:1", "通知公告", "待科室审核", "关于调整办公用房的通知",
                "科室负责人（法规科）", "法规科", NOW, None),
)  # fmt: skip
LATE = StrandedRow("c:2:1", "督查件", "协办", "", "丙三", "办公室", NOW, None,
                   told="这件任务刚刚有了变化，请刷新后再移交。")  # fmt: skip
PICKED = (Picked("person:d", "丁四"),)
TO = FormField("to", "移交给", "person", required=True, picked=PICKED)
REASON = FormField("reason", "移交原因", "text", required=True, max=500, value="丙三调离",
                   help="写入每一件的办理过程。")  # fmt: skip
ALSO = ("待阅 4 件：不影响办理，不移交", "委托 丁四 代办：离岗后已自动停止")
PAGE = HandOverPage("丙三、科室负责人（法规科）", ROWS, ("person:c",), ALSO, TO, REASON, "k")
STRANDED = {
    "stranded": Sample("stranded", StrandedPage(PEOPLE, POSTS), "stranded"),
    "stranded-none": Sample("stranded", StrandedPage((), ()), "stranded"),
    "hand-over": Sample("hand_over", PAGE, "stranded"),
    "hand-over-none": Sample(
        "hand_over", HandOverPage("丙三", (), ("person:c",), ALSO, TO, REASON, "k"), "stranded"
    ),
    "handed-over": Sample(
        "handed_over", HandedOverPage("丁四", 1, (LATE,), "/stranded"), "stranded"
    ),
    "handed-over-all": Sample(
        "handed_over", HandedOverPage("丁四", 12, (), "/stranded"), "stranded"
    ),
}
