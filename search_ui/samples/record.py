"""Samples of the record page with every kind of preview, and of its forms."""

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import quote

from markupsafe import Markup

from search_ui.samples.preview import IMAGE, MAIL, OFFICE, PAGES, SLIDES, TABLE, TEXT
from search_ui.samples.shell import Sample
from search_ui.samples.work import GRANTS
from search_ui.views.differences import Differences, FieldDifference
from search_ui.views.fields import FormField, GrantForm, Picked, ShownField, ShownLine
from search_ui.views.preview import NoPreview, Preview
from search_ui.views.record import (
    ActionView,
    Paragraph,
    RecordPage,
    RevisionRow,
    SideStep,
    Step,
    TieRow,
)
from search_ui.views.record_form import FormFile, RecordForm, SharePage
from search_ui.views.shell import Badge, Choice, Crumb, PersonLine
from search_ui.views.slip import PrintedFile, PrintPage, SlipCell, SlipOpinion, SlipPage
from search_ui.views.upload import FilePart, FileRow

DAY = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
WRITTEN = "data:image/svg+xml," + quote(
    '<svg xmlns="http://www.w3.org/2000/svg" width="180" height="60" viewBox="0 0 180 60">'
    '<path d="M8 40C30 0 44 60 62 30S96 8 118 34 150 48 172 16" fill="none" stroke="#111"'
    ' stroke-width="4" stroke-linecap="round"/></svg>'
)
FILES = FilePart("attachments", "附件", (
    FileRow("寒潮天气应对方案.pdf", "?file=1", "/d/1", 1_204_224, "file-type-pdf", DAY, "丙三",
            current=True, new_version_href="/v/1"),
    FileRow("物资储备清单（加密）.xlsx", "?file=2", "/d/2", 48_213, "table", DAY, "丙三", 3,
            Badge("有密码保护", "warning"), new_version_href="/v/2", step="协办",
            remove_href="/records/a/files/remove"),
), add_href="/records/a/files")  # fmt: skip
SAVED_AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
STALE = Differences(
    5, "乙二", SAVED_AT, 6, "/records/a",
    fields=(
        FieldDifference("title", "标题", ("关于做好寒潮应对工作的通知",),
                        ("关于做好寒潮天气应急工作的通知",), ("关于做好低温雨雪应对工作的通知",),
                        "乙二", SAVED_AT, asked=True),
        FieldDifference("expires_on", "有效期至", (), ("2027年3月31日",), (), "乙二", SAVED_AT),
    ),
    events=("乙二 2026年11月21日 16:00 更新了附件：物资储备清单.xlsx",),
)  # fmt: skip
STEPS = (
    Step("起草", DAY, "丙三", "食品监管科"),
    Step("送审", DAY, "丙三", "食品监管科", opinion="请审阅。", tone="info"),
    Step("退回", datetime(2026, 11, 19, 2, 2, tzinfo=UTC), "乙二", "食品监管科",
         opinion="第二条请补充物资清点的频次，改好后再送。", tone="warning", drawn_href=WRITTEN),
    Step("送审", datetime(2026, 11, 19, 7, 15, tzinfo=UTC), "丙三", "食品监管科", tone="info"),
    Step("同意", datetime(2026, 11, 21, 8, 0, tzinfo=UTC), "乙二", "食品监管科",
         opinion="同意，请机要室发布。", tone="ok"),
    Step("会签", datetime(2026, 11, 21, 9, 0, tzinfo=UTC), "丁四", "法规科", opinion="无不同意见。",
         tone="ok", verdict="同意", instead_of="戊五", round=2, lasted="3小时",
         detail=("改派：会签（财务科） → 会签（法规科）",)),
    Step("主办", None, "己六", "办公室", blocked="协办（食品监管科）"),
    Step("待发布", None, "甲一", "机要室", lasted="2天", due_on=date(2026, 11, 24)),
)  # fmt: skip
NEXT = (
    Choice("person:clerk2", "乙二", detail="食品监管科"),
    Choice("person:clerk5", "戊五", detail="财务科"),
)
ACTIONS = (
    ActionView("publish", "发布", "/records/a/actions/publish", "speakerphone", primary=True,
               opinion="optional", pen=True,
               question="发布后发布范围内的人员即可看到，确定发布吗？"),
    ActionView("return", "退回", "/records/a/actions/return", "arrow-back-up", opinion="required",
               goes_to="丙三（食品监管科）"),
    ActionView("forward", "转办", "/records/a/actions/forward", "send", opinion="optional",
               group="审核程序", asks=(
        FormField("task", "您要办理的任务", "radio", required=True, scope="forward",
                  choices=(Choice("3", "会签（法规科）", chosen=True),
                           Choice("4", "会签（财务科）"))),
        FormField("next-", "办理人", "people", required=True, choices=NEXT, scope="forward",
                  picked=(Picked("person:clerk5", "戊五"), Picked("person:clerk2", "乙二")),
                  roster_href="/roster/people"),
        FormField("field-until", "延至", "date", "2026-12-01", scope="forward"),
        FormField("next-会签", "会签", "person", scope="forward"))),
    ActionView("withdraw", "撤回", "/records/a/actions/withdraw", allowed=False,
               why_not="尚未发布，不需要撤回"),
    ActionView("seal", "用印", "/records/a/actions/seal", allowed=False, hindered=True,
               primary=True, why_not="还有必填内容没有填写：印发份数。"),
)  # fmt: skip
NOTICE = RecordPage(
    id="01JD4Z8Q6T3K5V7M9X2B4N6P8R", revision=6,
    title="关于做好寒潮天气应急工作的通知", number="渝市监发〔2026〕18号", kind="通知公告",
    badges=(Badge("通知公告"), Badge("待发布", "warning"), Badge("内部", "info")),
    crumbs=(Crumb("检索“应急”", "/search?q=应急"), Crumb("关于做好寒潮天气应急工作的通知")),
    unit="食品监管科", author="丙三", changed_at=datetime(2026, 11, 21, 8, 0, tzinfo=UTC),
    fields=(
        ShownField("category", "类型", (ShownLine("通知"),)),
        ShownField("audience", "发布范围",
                   (ShownLine("渝州市市场监督管理局"), ShownLine("江北区市场监督管理局"))),
        ShownField("expires_on", "有效期至", (ShownLine("2027年3月31日"),)),
    ),
    organ="渝州市市场监督管理局", body=tuple(map(Paragraph, map(Markup, (
        "各区县市场监督管理局，市局各科室：",
        "据市气象台预报，11月23日夜间起我市将出现寒潮天气。为做好应急工作，现将有关事项通知如下：",
        "一、严格落实应急值守责任制，实行领导带班和二十四小时值班。",
        "二、加强对餐饮单位、农贸市场和特种设备的检查，发现隐患立即整改。",
    )))),
    parts=(FILES,), preview=PAGES, steps=STEPS,
    revisions=(
        RevisionRow(6, datetime(2026, 11, 21, 8, 0, tzinfo=UTC), "乙二", "同意", "?revision=6",
                    current=True),
        RevisionRow(5, datetime(2026, 11, 19, 7, 15, tzinfo=UTC), "丙三", "送审", "?revision=5"),
        RevisionRow(4, datetime(2026, 11, 19, 7, 10, tzinfo=UTC), "丙三", "修改", "?revision=4",
                    reason="补充物资清点频次"),
    ),
    grants=GRANTS, actions=ACTIONS, idempotency_key="sample",
    holders=(PersonLine("clerk1", "甲一", "办公室", "机要室"),), due_on=date(2026, 11, 24),
    blocked=("您承办的“主办”暂不能提交，还有 1 项没有办结：协办（食品监管科）",),
    side_steps=(SideStep("传阅", "丁四", Badge("未答复", "info")),
                SideStep("传阅", "戊五", Badge("已阅", "ok"), DAY)),
    ties=(TieRow("督查", "关于落实寒潮应对的督查", "/records/c", Badge("待督查办理", "warning")),
          TieRow("承办", "江北区市场监督管理局", None, Badge("已办结", "ok"))),
    edit_href="/records/a/edit", share_href="/records/a/share", opened_href="/records/a/opened",
)  # fmt: skip


def _library(preview: Preview) -> RecordPage:
    return replace(
        NOTICE, body=(), steps=(), actions=(), holders=(), preview=preview, number="",
        title="渝州市餐饮服务食品安全操作指引（修订稿）", kind="文件",
        badges=(Badge("文件"), Badge("公开", "ok")),
    )  # fmt: skip


SLIP = SlipPage(
    heading="渝州市市场监督管理局", name="发文处理单", title="关于做好寒潮天气应急工作的通知",
    rows=(
        (SlipCell("文号", 2, ("渝市监发〔2026〕12号",)), SlipCell("紧急程度", 1, ("特急",))),
        (SlipCell("签发", 3, opinions=(SlipOpinion("同意发文。", "局一", "2026年11月20日"),),
                  is_opinions=True),),
        (SlipCell("标题", 3, ("关于做好寒潮天气应急工作的通知",)),),
    ),
    unit="法规科", author="丙三", began="2026年11月18日", files=(), back_href="/records/a",
    whole_href="/records/a/slip?whole=1",
)  # fmt: skip

FORM = RecordForm(
    title="起草通知", kind="通知公告", action_href="/records/new/notice", cancel_href="/notices",
    crumbs=(Crumb("通知公告", "/notices"), Crumb("起草通知")),
    fields=(
        FormField("title", "标题", "text", "关于调整办公用房的通知", required=True, max=200,
                  wide=True),
        FormField("category", "类型", "choice", "通知", choices=(
            Choice("通知", "通知", chosen=True), Choice("公告", "公告"))),
        FormField("expires_on", "有效期至", "date", "2027-03-31",
                  help="过期后仍可检索，不再列在首页"),
        FormField("body", "正文", "long_text", "各科室：", required=True, max=100000, rows=10,
                  wide=True),
        FormField("audience", "发布范围", "audience", required=True, wide=True,
                  picked=(Picked("unit:office", "办公室"), Picked("everyone", "全体人员"))),
        FormField("copies", "印发份数", "integer", "60"),
        FormField("begins", "开始时间", "instant", "2026-11-30T09:00"),
        FormField("amount", "金额（元）", "decimal", "12.50"),
        FormField("needs", "设备", "choices", choices=(
            Choice("投影", "投影", chosen=True), Choice("音响", "音响"), Choice("白板", "白板"))),
        FormField("main_unit", "主办单位", "unit", required=True,
                  picked=(Picked("office", "办公室"),)),
        FormField("source", "来源文件", "record", picked=(Picked("01J", "关于值班的通知"),)),
        FormField("items", "物品明细", "rows", wide=True, lines=tuple(
            (FormField("items.what", "名称", "text", what, scope=f"field-{n}"),
             FormField("items.count", "数量", "integer", count, scope=f"field-{n}"),
             FormField("items.day", "日期", "date", scope=f"field-{n}"))
            for n, (what, count) in enumerate((("复印纸", "20"), ("硒鼓", "2"), ("", ""))))),
        FormField("pinned", "置顶", "flag", "true"),
    ),
    parts=(FormField("attachments", "附件", "files", wide=True),),
    idempotency_key="sample", submit_label="保存草稿",
)  # fmt: skip
RECORD = {
    "record": Sample("record", NOTICE, "notices", query="应急"),
    "record-again": Sample("record", replace(NOTICE, actions=(
        replace(ACTIONS[1], opened=True, words="请补充。", problem="还没有选择办理人。"),),
        problem="“发布”已由他人办理。")),
    "record-plain": Sample("record", replace(NOTICE, body_label="督查要求")),
    "record-bare": Sample("record", replace(
        NOTICE, body=(), parts=(), preview=None,
        calendar_href="/kinds/room_booking/calendar?of=a")),
    "record-old": Sample("record", replace(NOTICE, actions=(), superseded_href="/records/a")),
    "record-office": Sample("record", _library(OFFICE)),
    "record-mail": Sample("record", _library(MAIL)),
    "record-slides": Sample("record", _library(SLIDES)),
    "record-picture": Sample("record", _library(IMAGE)),
    "record-table": Sample("record", _library(TABLE)),
    "record-text": Sample("record", _library(TEXT)),
    "record-pages": Sample("record", _library(PAGES)),
    "record-none": Sample("record", _library(NoPreview("encrypted"))),
    "form": Sample("record_form", FORM, "notices"),
    "form-wrong": Sample("record_form", replace(
        FORM, problem="还没有填写：标题。", fields=(
            replace(FORM.fields[0], value="", error="请填写标题"), *FORM.fields[1:]))),
    "form-stale": Sample("record_form", replace(
        FORM, title="修改通知", revision=5, submit_label="",
        stale=STALE, lost_files=("正文（改）.docx",))),
    "form-document": Sample("record_form", replace(
        FORM, title="新建发文", kind="发文", parts=FORM.parts, attach=False, send_label="发送",
        fields=(*FORM.fields[:2], FormField("main_to", "主送", "text", "各区县局", required=True,
                                            from_tree=True, help="双击选择单位，或直接填写")),
        document=FormField("part-body", "正文", "files", wide=True))),
    "form-document-saved": Sample("record_form", replace(
        FORM, title="修改发文", kind="发文", revision=3, send_label="发送",
        document=FormField("part-body", "正文", "files", wide=True),
        held=(FormFile("part-body", "正文.docx", "/records/a?file=b", 20_480, "file-text"),))),
    "slip": Sample("slip", SLIP),
    "print": Sample("print", PrintPage(
        NOTICE.title, "/records/a", NOTICE.organ, NOTICE.number, NOTICE.body,
        slip="发文处理单", slip_href="/records/a/slip")),
    "print-file": Sample("print", PrintPage("台账", "/records/a", file=PrintedFile(
        "", "台账.txt", text="第一行\n第二行"))),
    "slip-whole": Sample("slip", replace(SLIP, whole_href=None, files=(
        PrintedFile("正文", "正文.docx", body=Markup("<p>各区县局：</p>")),
        PrintedFile("附件", "清单.zip", left_out="此文件不能随表单打印，请下载后打印。")))),
    "form-file": Sample("record_form", replace(
        FORM, title="登记文件", kind="文件", grants=GrantForm(GRANTS))),
    "share": Sample("share", SharePage(
        "关于做好寒潮天气应急工作的通知", "/records/a/share", "/records/a",
        (Crumb("通知", "/records/a"), Crumb("权限")), GrantForm(GRANTS), 6, "sample")),
}  # fmt: skip
