"""Samples of 反馈 and 回执: the slip of a recipient, and the table of all."""

from dataclasses import replace
from datetime import UTC, date, datetime

from search_ui.samples.record import NOTICE
from search_ui.samples.shell import Sample
from search_ui.views.answers import (
    AnswerFileRow,
    AnswerLine,
    AnswerSlip,
    ReceiptLine,
    ReceiptsPage,
)
from search_ui.views.fields import FormField
from search_ui.views.shell import Badge, Choice, Crumb, Pager, Tab

DAY = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
FILE = AnswerFileRow("值班安排表.xlsx", "/f/1")
TEXT = FormField("answer-text", "反馈内容", "long_text", required=True, max=5000, wide=True)
SLIP = AnswerSlip(
    label="反馈", name="", recipient="clerk1", number=0, action_href="/records/a/answers",
    fields=(TEXT,), idempotency_key="sample", due_on=date(2026, 11, 27),
    drop=FormField("answer-files", "反馈附件", "files", scope="clerk1"),
)  # fmt: skip
DONE = replace(
    SLIP, label="反馈（食品监管科）", name="食品监管科", recipient="unit:food", number=1, at=DAY,
    by="丙三", late=True, held=(FILE,),
    lines=(AnswerLine("反馈内容", "已按要求落实值班安排，物资清点完毕。"),),
)  # fmt: skip
MEETING = replace(
    SLIP, label="回执", drop=None, overdue=True, problem="还有必填内容没有填写：替会人。",
    fields=(
        FormField("answer-reply", "是否参加", "choice", "替会", required=True, choices=tuple(
            Choice(c, c, chosen=c == "替会") for c in ("参加", "请假", "替会"))),
        FormField("answer-reason", "事由", "text", "出差"),
        FormField("answer-substitute", "替会人", "text"),
    ),
)  # fmt: skip


def _line(name: str, unit: str, word: Badge, **more: object) -> ReceiptLine:
    plain = ReceiptLine(name, unit, word, read="", at=None, by="", lines=(), files=())
    return replace(plain, **more)  # type: ignore[arg-type]


ROWS = (
    _line("丁四", "法规科", Badge("未读（逾期未反馈）", "danger")),
    _line("己六", "办公室", Badge("已读", "info"), read="2026年11月23日 9:12"),
    _line("丙三", "食品监管科", Badge("已反馈（逾期）", "warning"), read="2026年11月23日 8:40",
          at=DAY, lines=DONE.lines, files=(FILE,)),
    _line("江北区市场监督管理局", "", Badge("已反馈", "ok"), read="12/30 人已读", at=DAY, by="戊五",
          lines=DONE.lines),
    _line("新来的", "食品监管科", Badge("后加入")),
)  # fmt: skip
PAGE = ReceiptsPage(
    title="关于做好寒潮天气应急工作的通知", label="反馈",
    crumbs=(Crumb("关于做好寒潮天气应急工作的通知", "/records/a"), Crumb("阅读情况")),
    tabs=(
        Tab("全部", "?which=all", current=True, count=5), Tab("未读", "?which=unread", count=1),
        Tab("已读未反馈", "?which=silent", count=1), Tab("已反馈", "?which=answered", count=2),
        Tab("未反馈", "?which=owing", count=2), Tab("逾期", "?which=late", count=2),
    ),
    choices=(("参加", 12), ("请假", 2), ("替会", 1)), rows=ROWS,
    pager=Pager(5, 1, 5, None, None), export_xlsx_href="/x", export_csv_href="/c",
    urge_href="/u", owing=2, owes="answered", due_on=date(2026, 11, 23), overdue=True,
)  # fmt: skip
_READ = replace(NOTICE, actions=(), receipts=(("已读", 12), ("未读", 3), ("已反馈", 9)),
                receipts_href="/records/a/receipts", preview=None)  # fmt: skip
ANSWERS = {
    "answer": Sample("record", replace(_READ, answers=(SLIP,)), "notices"),
    "answer-done": Sample("record", replace(_READ, answers=(DONE,)), "notices"),
    "answer-again": Sample("record", replace(_READ, answers=(MEETING,)), "notices"),
    "receipts": Sample("receipts", PAGE, "notices"),
    "receipts-read": Sample("receipts", replace(PAGE, label="", rows=(), choices=(), owing=0)),
}
