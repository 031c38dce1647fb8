"""Samples of 消息提醒."""

from datetime import UTC, datetime

from search_ui.samples.shell import Sample
from search_ui.views.notifications import FoundPage, NotificationRow, NotificationsPage, WayForm
from search_ui.views.shell import Badge, Choice
from search_ui.views.work import RecordRow

ROWS = (
    NotificationRow("/notifications/a", Badge("待办", "info"), "“冬季检查通知”等待您办理。",
                    "丙三", datetime(2026, 11, 22, 5, 40, tzinfo=UTC), read=False),
    NotificationRow("/notifications/b", Badge("超期", "danger"), "“值班安排”已超期，请立即办理。",
                    "系统", datetime(2026, 11, 20, 1, 0, tzinfo=UTC), read=False),
    NotificationRow("/notifications/c", Badge("共享", "info"), "“值班安排”已共享给您。",
                    "乙二", datetime(2026, 11, 12, 9, 3, tzinfo=UTC), read=True),
)  # fmt: skip
MATTERS = (Choice("arrived", "待办", chosen=True), Choice("overdue", "超期"))
FOUND = FoundPage(
    "信用修复 今年",
    (RecordRow("/records/a", "关于开展信用修复工作的通知", "发文", "file-text",
               datetime(2026, 11, 22, 5, 40, tzinfo=UTC)),),
    "/notifications",
)  # fmt: skip
WAYS = (
    WayForm("mail", "电子邮箱", "留空并去掉全部勾选，即不发送。", "clerk1@example.org", MATTERS),
    WayForm("sms", "手机号码", "留空并去掉全部勾选，即不发送。", "", MATTERS),
)
NOTIFICATIONS = {
    "notifications": Sample(
        "notifications", NotificationsPage(ROWS, 2, "/notifications?after=c", WAYS)
    ),
    "notifications-found": Sample("found_records", FOUND),
    "notifications-none": Sample(
        "notifications", NotificationsPage((), 0, None, WAYS, "“1”不是可以送达的地址。")
    ),
}
