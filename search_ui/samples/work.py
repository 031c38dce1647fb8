"""Samples of home, tasks, notices, drive and upload."""

from datetime import UTC, date, datetime

from search_ui.samples.shell import Sample, pager
from search_ui.views.fields import GrantForm, GrantRow
from search_ui.views.shell import Badge, Choice, Crumb, Flash, Tab
from search_ui.views.upload import NewVersionPage, UploadOutcome, UploadPage
from search_ui.views.work import (
    HomePage,
    NewKind,
    NoticeRow,
    NoticesPage,
    RecordRow,
    TaskRow,
    TasksPage,
    Tile,
)

TASKS = (
    TaskRow(
        "/records/a",
        "关于开展冬季食品安全专项检查的通知",
        "通知公告",
        Badge("待发布", "warning"),
        "丙三",
        "食品监管科",
        datetime(2026, 11, 22, 1, 12, tzinfo=UTC),
        due_on=date(2026, 11, 24),
        urgency="特急",
        step="待发布",
    ),
    TaskRow(
        "/records/b",
        "关于印发《渝州市市场监督管理局值班工作规定》的通知",
        "通知公告",
        Badge("待发布", "warning"),
        "丁四",
        "人事教育科",
        datetime(2026, 11, 18, 8, 40, tzinfo=UTC),
        due_on=date(2026, 11, 20),
        overdue=True,
    ),
    TaskRow(
        "/records/c",
        "关于调整办公用房的通知",
        "通知公告",
        Badge("起草", "info"),
        "乙二",
        "办公室",
        datetime(2026, 11, 21, 9, 3, tzinfo=UTC),
    ),
)
NOTICES = (
    NoticeRow("/records/d", "关于做好寒潮天气应对工作的紧急通知", "市局办公室", "通知",
              date(2026, 11, 21), read=False, pinned=True, files=2),
    NoticeRow("/records/e", "2026年第四季度业务培训安排", "人事教育科", "会议通知",
              date(2026, 11, 19), read=False),
    NoticeRow("/records/f", "关于公布2026年度优秀案卷评选结果的通报", "法规科", "通报",
              date(2026, 11, 12), read=True, files=1),
)  # fmt: skip
TILES = (
    Tile("待办", 3, "/tasks", "特急 1 · 加急 1", urgent=True),
    Tile("3日内到期", 1, "/tasks?which=soon"),
    Tile("超期", 1, "/tasks?which=overdue", urgent=True),
    Tile("待阅", 2, "/tasks?which=unread"),
    Tile("跟踪", 0, "/tasks?which=followed"),
)
POST_TILES = (
    Tile("电子来文", 4, "/kinds/incoming?filter=state:unsigned", "收文管理"),
    Tile("未归档清单", 12, "/kinds/outgoing?filter=state:issued", "发文管理"),
)
RECENT = (
    RecordRow("/records/g", "渝州市餐饮服务食品安全操作指引（修订稿）", "文件", "file-text",
              datetime(2026, 11, 22, 3, 31, tzinfo=UTC), note="渝市监发〔2026〕12号"),
    RecordRow("/records/a", "关于开展冬季食品安全专项检查的通知", "通知公告", "speakerphone",
              datetime(2026, 11, 21, 7, 20, tzinfo=UTC), Badge("待发布", "warning")),
    RecordRow("/records/h", "特种设备检验台账（1—10月）", "云盘文件", "table",
              datetime(2026, 11, 9, 2, 0, tzinfo=UTC), size_bytes=182_400),
)  # fmt: skip
GRANTS = (
    GrantRow("unit:food", "食品监管科", "sitemap", "read"),
    GrantRow("person:clerk2", "乙二（办公室）", "user", "edit", "2026-12-31"),
)
UPLOAD = UploadPage(
    action_href="/upload",
    kinds=(Choice("library_file", "文件", chosen=True), Choice("drive_file", "云盘文件")),
    levels=(Choice("公开", "公开"), Choice("内部", "内部", chosen=True), Choice("秘密", "秘密")),
    grants=GrantForm(GRANTS),
    limit_bytes=4 << 30,
    idempotency_key="sample",
    title="上传文件",
    same=(Choice("ask", "逐个询问", chosen=True), Choice("version", "作为新版本")),
    outcomes=(
        UploadOutcome(
            "检查方案.docx",
            48_213,
            Badge("已上传", "ok"),
            href="/records/x",
            edit_href="/records/x/edit",
        ),
        UploadOutcome(
            "台账.xlsx", 182_400, Badge("已上传（与《台账》内容相同）", "info"), href="/records/h"
        ),
        UploadOutcome("空文件.txt", 0, Badge("未上传", "danger"), "文件是空的，没有上传"),
    ),
)


def _tabs(shown: str) -> tuple[Tab, ...]:
    named = {"todo": "待办", "soon": "即将到期", "overdue": "超期", "unread": "待阅",
             "done": "已办", "started": "我发起的", "followed": "跟踪"}  # fmt: skip
    counts = {"todo": 3, "unread": 2, "soon": 1, "overdue": 1}
    return tuple(
        Tab(label, f"/tasks?which={name}", current=name == shown, count=counts.get(name))
        for name, label in named.items()
    )


WORK = {
    "home": Sample(
        "home",
        HomePage(TASKS, 3, NOTICES, 2, RECENT, (
            NewKind("起草通知", "/records/new/notice", "writing"),
            NewKind("登记文件", "/records/new/library_file", "file-text"),
            NewKind("上传文件", "/upload", "upload"),
        ), tiles=TILES, post_tiles=POST_TILES, followed=TASKS[2:], followed_total=1,
           deputising=("您正在为乙二代办，至2026年12月4日。",)),
        "home",
    ),
    "home-empty": Sample("home", HomePage((), 0, (), 0, (), (
        NewKind("起草通知", "/records/new/notice", "writing"),),
        tour=("rail", "search", "new", "tasks", "bell", "account")), "home"),
    "tasks": Sample(
        "tasks",
        TasksPage(_tabs("todo"), which="todo", rows=TASKS, pager=pager(3), kinds=(
            Tab("全部类型", "/tasks", current=True), Tab("通知公告", "/tasks?kind=notice"),
            Tab("督查件", "/tasks?kind=supervision"))),
        "tasks",
        flashes=(Flash("ok", "已同意，转至 机要室 甲一", "关于调整办公用房的通知"),),
    ),
    "tasks-done-empty": Sample(
        "tasks", TasksPage(_tabs("done"), which="done", rows=(), pager=pager(0)), "tasks"),
    "notices": Sample("notices", NoticesPage(
        (Tab("未读", "/notices", current=True, count=2), Tab("全部", "/notices?all=1", count=36),
         Tab("我起草的", "/notices?mine=1")),
        NOTICES, pager(36, 2), new=(
            NewKind("新建通知公告", "/records/new/notice", "writing"),
            NewKind("新建会议通知", "/records/new/meeting_notice", "writing"))), "notices"),
    "upload": Sample("upload", UPLOAD, "upload"),
    "new-version": Sample("new_version", NewVersionPage(
        "渝州市餐饮服务食品安全操作指引（修订稿）", "操作指引.docx", 3, 7, "/records/g/files",
        "/records/g", (Crumb("检索", "/search"), Crumb("操作指引", "/records/g"),
                       Crumb("上传新版本")), 4 << 30, "sample", ending="docx")),
}  # fmt: skip
